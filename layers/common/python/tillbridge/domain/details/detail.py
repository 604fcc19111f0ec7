"""The content of one side of a product, as it is kept for its page. Nothing is decided from it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

from tillbridge.domain.product import Barcodes
from tillbridge.domain.sameness import html_form

LONGEST_VALUE = 300
"""Characters of a value: BigCommerce takes 250 of a name and 255 of a SKU."""

LONGEST_DESCRIPTION = 2_000

MOST_VARIANTS = 250

CUT = "…"
"""What a value ends with that is not whole."""

MONEY = ("price", "cost")

DESCRIPTION = "description"

_TAG = re.compile(r"<[A-Za-z/!][^>]*>|&(?:[A-Za-z]+|#\d+);")


@dataclass(frozen=True, slots=True)
class Detail:
    """The content of a product of one side, 'pos' or 'web', by the names of its record's attributes; what was
    not read, or the POS leaves out, is not there (`no_variants`: it leaves these out). Money is text, a description is as `described` says.
    `variants`: as many as are kept, each with its 'id'; `left`: how many are not. `seen_ms`: when this content
    was first seen (epoch ms). `cut`: there was no room for all of it."""

    side: str
    id: str
    values: Mapping[str, Any]
    variants: tuple[Mapping[str, Any], ...] = ()
    left: int = 0
    seen_ms: int = field(default=0, compare=False)
    cut: bool = False

    @property
    def digest(self) -> str:
        """Return a digest of the content: while it is the same, nothing is written."""
        text = json.dumps([self.values, self.variants, self.left], sort_keys=True)
        return sha256(text.encode()).hexdigest()[:16]


def described(text: str) -> Mapping[str, Any]:
    """Return a description as it is kept: its beginning; digests of the whole as it is (`whole`) and as
    BigCommerce compares it (`form`); whether it is `formatted`; and its `length`."""
    return {
        "text": text[:LONGEST_DESCRIPTION],
        "form": form_digest(text),
        "whole": sha256(text.encode(errors="replace")).hexdigest()[:8],
        "formatted": _TAG.search(text) is not None,
        "length": len(text),
    }


def form_digest(text: str) -> str:
    """Return a digest that two descriptions share which are the same to BigCommerce."""
    return sha256(html_form(text).encode(errors="replace")).hexdigest()[:16]


def kept_value(name: str, value: Any) -> Any:
    """Return the value of an attribute in the form in which it is kept."""
    if name == DESCRIPTION:
        return described(str(value or ""))
    if isinstance(value, Barcodes):
        return {"upc": shortened(value.upc), "gtin": shortened(value.gtin)}
    if name in MONEY:
        return None if value is None else money_kept(value)
    return shortened(value) if isinstance(value, str) else value


def money_kept(value: Any) -> str:
    """Return an amount as text: 5 and 5.00 are one."""
    return format(Decimal(str(value)).normalize(), "f")


def shortened(text: str, longest: int = LONGEST_VALUE) -> str:
    """Return a text, cut to so many characters and then marked."""
    return text if len(text) <= longest else text[:longest] + CUT
