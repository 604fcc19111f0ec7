"""What a push would lose of what BigCommerce shows: a value that becomes nothing, and a price that falls by more
than half. One rule for the plan, which shows it, and for the push, which asks whether the plan named it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import ceil
from typing import Any

from tillbridge.domain.breaker import PRICE_DOWN_PERCENT
from tillbridge.domain.connection import Settings
from tillbridge.domain.field_values import values, variant_values
from tillbridge.domain.fields import FIELDS, Field
from tillbridge.domain.findings import text
from tillbridge.domain.link import Link
from tillbridge.domain.mapping import content, variant_content
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct

_NOTHING = (None, "", 0)
_NEVER_LOST = frozenset({"is_visible", "inventory_tracking", "sku"})
"""Hiding is told apart; tracking and SKUs have no blank that a push sends."""


class LossKind(StrEnum):
    """`blanks`: a text, a brand or a cost becomes nothing; `zeroes`: a price becomes 0; `lowers`: it falls by more
    than PRICE_DOWN_PERCENT."""

    BLANKS = "blanks"
    ZEROES = "zeroes"
    LOWERS = "lowers"


@dataclass(frozen=True, slots=True)
class Loss:
    """One value that would be lost. `place`: the field's name in BigCommerce's API and, of a variant, '@' and its
    id. `field`: its label for people. `old` is what BigCommerce shows, `new` what it would show, '' for nothing.
    `percent`: by how much a price falls, in whole percent."""

    kind: LossKind
    place: str
    field: str
    old: str
    new: str = ""
    percent: int = 0

    @property
    def wire(self) -> str:
        """Return the field's name in BigCommerce's API: the place, whichever variant it is of."""
        return self.place.partition("@")[0]


def sent_values(record: Product, link: Link, settings: Settings) -> dict[str, Any]:
    """Return what a push that a person asked for would send, by place."""
    found = content(record, settings.fields, link, manual=True)
    for variant in record.variants:
        sent = variant_content(variant, settings.fields, link, manual=True)
        found |= {_place(wire, variant.id): value for wire, value in sent.items()}
    return found


def worth(web: WebProduct, link: Link) -> dict[str, str]:
    """Return, by place, the values that BigCommerce shows and a push could lose, as texts: none that is blank."""
    found = dict(_worth(values(web), ""))
    there = {variant.id: variant for variant in web.variants}
    for product, linked in link.variants.items():
        if linked.id in there:
            found |= dict(_worth(variant_values(there[linked.id]), product))
    if found.get("brand_id"):
        found["brand_id"] = found.pop("brand_name", "") or f"#{found['brand_id']}"
    return found


def losses(sent: Mapping[str, Any], there: Mapping[str, str]) -> Iterator[Loss]:
    """Yield what is lost when `sent` replaces what is `there`, both by place."""
    for place, old in there.items():
        wire, at, _ = place.partition("@")
        if place not in sent or (at and wire == "price" and sent[place] is None):
            continue  # not sent, or a variant that follows its product's price, which has a place of its own
        new, entry = sent[place], FIELDS[wire]
        if entry.field is Field.PRICE:
            percent = _fall(Decimal(old), Decimal(new or 0))
            if not new:
                yield Loss(LossKind.ZEROES, place, entry.label, old, "0", 100)
            elif percent > PRICE_DOWN_PERCENT:
                yield Loss(LossKind.LOWERS, place, entry.label, old, text(new), percent)
        elif new in _NOTHING:
            yield Loss(LossKind.BLANKS, place, entry.label, old)


def _worth(shown: Mapping[str, Any], variant: str) -> Iterator[tuple[str, str]]:
    for wire, value in shown.items():
        entry = FIELDS[wire]
        shows_nothing = entry.blank is not None and entry.same(entry.blank, value)
        if wire in _NEVER_LOST or value in _NOTHING or shows_nothing:
            continue
        yield _place(wire, variant), text(value)


def _place(wire: str, variant: str) -> str:
    return f"{wire}@{variant}" if variant else wire


def _fall(before: Decimal, after: Decimal) -> int:
    return ceil((before - after) * 100 / before) if 0 <= after < before else 0
