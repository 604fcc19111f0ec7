"""What the first push after a link would replace and blank in the store: the POS is the system of
record from then on, blanks included."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tillbridge.domain.connection import Settings
from tillbridge.domain.field_values import differing, values, variant_values
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.mapping import Json, content, variant_content
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.existing import linked_by_hand
from tillbridge.domain.variants import partners
from tillbridge.domain.web_product import WebProduct

_NOTHING = (None, "", 0)


@dataclass(frozen=True, slots=True)
class Effect:
    """A value in the store that the first push would replace, with a blank when `blanked`. `field`
    is its label for people."""

    field: str
    blanked: bool


def first_push(record: Product, web: WebProduct, settings: Settings) -> list[Effect]:
    """Return what the first push after a link would replace or blank in the store, except stock."""
    link = linked_by_hand(record, web)
    sent = content(record, settings.fields, link, manual=True)
    effects = list(_effects(sent, values(web)))
    there = partners(record, web)
    for variant in record.variants:
        if variant.id in there:
            sent = variant_content(variant, settings.fields, link, manual=True)
            effects += _effects(sent, variant_values(there[variant.id]))
    return effects


def counted(effects: list[Effect]) -> Counter[tuple[str, bool]]:
    """Return how many values of each field are replaced (False) or blanked (True)."""
    return Counter((effect.field, effect.blanked) for effect in effects)


def _effects(sent: Json, there: Json) -> Iterator[Effect]:
    for name in differing(sent, there):
        if there[name] not in _NOTHING:
            yield Effect(FIELDS[name].label, blanked=sent[name] in _NOTHING)
