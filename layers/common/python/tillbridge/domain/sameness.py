"""When two values of a field are the same to BigCommerce. Drift, held values, the first push after
a link and undo use these rules; `domain/fields.py` says which field has which. What BigCommerce's
documentation says of each:

- *Name*: "a unique product name"; only its length has a rule. What means nothing at the ends
  (blanks, characters that print nothing) does not count, nor whether an accent is one character or
  two; anything else does. An HTML entity in it is five or six characters like any others, because only
  the description "can include HTML formatting": `Salt &amp; Pepper` is not `Salt & Pepper`.
- *Description*: "can include HTML formatting". HTML knows one line end, however it is written, and
  no blanks around a text.
- *SKU, UPC, GTIN* and every other text without a rule here: like a name.
- *Price, cost*: four decimals are kept: 10.99999 becomes 11, 10.99994 becomes 10.9999.
- *Cost*: "displays as null in the control panel when cost_price equals zero": no cost is a cost
  of 0.
- *Brand*: "not case-sensitive; 'Common Good' and 'Common good' are the same". No more is said of how
  brands are found, so two that only look the same are the same (`domain/names.py`).
- *Condition*: one of "New, Used, Refurbished"; a POS may write them in another case.
- *A variant's price of null*: "the product's default price will be used". A price of its own is
  another thing, even where the two amounts are equal: it no longer follows the product."""

import unicodedata
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tillbridge.domain.names import folded, trimmed

type Rule = Callable[[Any, Any], bool]
"""Takes the POS's value and BigCommerce's."""

_KEPT_PLACES = Decimal("0.0001")


def exactly(ours: Any, theirs: Any) -> bool:
    """Return whether two values are equal."""
    return bool(ours == theirs)


def text(ours: Any, theirs: Any) -> bool:
    """Return whether two texts are the same; what means nothing at their ends, and whether an
    accent is composed, do not count."""
    return _composed(ours) == _composed(theirs)


def html(ours: Any, theirs: Any) -> bool:
    """Return whether two texts are the same HTML, however their line ends are written; blanks at
    their ends do not count."""
    return html_form(ours) == html_form(theirs)


def html_form(value: Any) -> str:
    """Return an HTML text in the form in which two that are the same are equal."""
    return str(value or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def without_case(ours: Any, theirs: Any) -> bool:
    """Return whether two texts are one to BigCommerce where case does not count."""
    return folded(str(ours or "")) == folded(str(theirs or ""))


def price(ours: Any, theirs: Any) -> bool:
    """Return whether two prices are the same to four decimals, which are kept; none is not 0."""
    return _kept(ours) == _kept(theirs)


def cost(ours: Any, theirs: Any) -> bool:
    """Return whether two costs are the same to four decimals, which are kept; none is 0."""
    return (_kept(ours) or 0) == (_kept(theirs) or 0)


def _composed(value: Any) -> str:
    return trimmed(unicodedata.normalize("NFC", str(value or "")))


def _kept(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(_KEPT_PLACES, ROUND_HALF_UP)
