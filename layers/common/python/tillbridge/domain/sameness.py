"""When two values of a field are one to BigCommerce, and where each field stands in its products.

Drift, held values, the first push after a link and an undo ask here. The rules, and what
BigCommerce's documentation says for each:

- *Name*: "a unique product name", of which nothing is said but its length. Blanks at the ends do not
  count; anything else does. An HTML entity in it is five or six characters like any others (only of
  the description it is said that it "can include HTML formatting"): `Salt &amp; Pepper` is not
  `Salt & Pepper`.
- *Description*: "can include HTML formatting". HTML knows one line end, however it is written, and
  no blanks around a text.
- *SKU, UPC, GTIN*: texts; blanks at their ends do not count.
- *Price, cost*: four decimals are kept: 10.99999 becomes 11, 10.99994 becomes 10.9999.
- *Cost*: "displays as null in the control panel when cost_price equals zero": no cost is a cost of 0.
- *Brand*: "not case-sensitive; 'Common Good' and 'Common good' are the same".
- *A variant's price of null*: "the product's default price will be used". A price of its own is
  another thing, even where the two amounts are equal: it no longer follows the product."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any

from tillbridge.domain.mapping import Json
from tillbridge.domain.web_product import NOT_READ, WebProduct, WebVariant

_KEPT_PLACES = Decimal("0.0001")


def _exactly(ours: Any, theirs: Any) -> bool:
    return bool(ours == theirs)


def _text(ours: Any, theirs: Any) -> bool:
    return str(ours or "").strip() == str(theirs or "").strip()


def _html(ours: Any, theirs: Any) -> bool:
    return _one_line_end(ours) == _one_line_end(theirs)


def _without_case(ours: Any, theirs: Any) -> bool:
    return str(ours or "").strip().casefold() == str(theirs or "").strip().casefold()


def _price(ours: Any, theirs: Any) -> bool:
    return _kept(ours) == _kept(theirs)


def _cost(ours: Any, theirs: Any) -> bool:
    return (_kept(ours) or 0) == (_kept(theirs) or 0)


def _one_line_end(value: Any) -> str:
    return str(value or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _kept(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(_KEPT_PLACES, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Compared:
    """A field that a push sends and BigCommerce shows: `label` for people, `word` as findings and
    settings call it, its attributes of WebProduct and WebVariant ('' where a variant has none), and
    its equality. `kept`: the store's own value may stand against the POS's; visibility and how stock
    is counted never do."""

    label: str
    word: str
    product: str
    variant: str
    same: Callable[[Any, Any], bool]
    kept: bool = True


FIELDS: Mapping[str, Compared] = MappingProxyType(
    {
        "name": Compared("name", "name", "name", "", _text),
        "description": Compared("description", "description", "description", "", _html),
        "sku": Compared("SKU", "sku", "sku", "sku", _text),
        "price": Compared("price", "price", "price", "price", _price),
        "cost_price": Compared("cost", "cost", "cost", "cost", _cost),
        "brand_name": Compared("brand", "brand", "brand", "", _without_case),
        "brand_id": Compared("brand", "brand", "brand_id", "", _exactly),
        "upc": Compared("UPC", "upc", "upc", "upc", _text),
        "gtin": Compared("GTIN", "gtin", "gtin", "gtin", _text),
        "is_visible": Compared("visibility", "visibility", "visible", "", _exactly, kept=False),
        "inventory_tracking": Compared(
            "stock tracking", "tracking", "tracking", "", _exactly, kept=False
        ),
    }
)
"""By the name under which BigCommerce takes a field. A brand is sent by name, and cleared by an id of
0: of two POS values only one of the two names is ever sent."""


def values(web: WebProduct) -> Json:
    """Return what BigCommerce shows of each field, under the name a push sends it by; fields that
    were not read are left out."""
    shown = {name: getattr(web, field.product) for name, field in FIELDS.items()}
    return {name: value for name, value in shown.items() if value is not NOT_READ}


def variant_values(web: WebVariant) -> Json:
    """Return the same of a variant."""
    return {name: getattr(web, field.variant) for name, field in FIELDS.items() if field.variant}


def differing(sent: Json, there: Json) -> list[str]:
    """Return the fields of `sent` that `there` shows with another value to BigCommerce; what was not
    read does not differ."""
    fields = ((name, FIELDS[name]) for name in sent)
    return [
        name for name, field in fields if name in there and not field.same(sent[name], there[name])
    ]
