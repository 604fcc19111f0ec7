"""What the first push after a link would replace and blank in the store: the POS is the system of
record from then on, blanks included."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tillbridge.domain.connection import Settings
from tillbridge.domain.link import Link, LinkedVariant, LinkStatus
from tillbridge.domain.mapping import Json, content, variant_content
from tillbridge.domain.names import sku_key
from tillbridge.domain.product import Product
from tillbridge.domain.sameness import FIELDS, differing, values, variant_values
from tillbridge.domain.sku import counter_of
from tillbridge.domain.variants import shape
from tillbridge.domain.web_product import WebProduct, known

_NOTHING = (None, "", 0)


@dataclass(frozen=True, slots=True)
class Effect:
    """One value of the store that goes; `blanked`: nothing comes in its place."""

    field: str
    blanked: bool


def first_push(record: Product, web: WebProduct, settings: Settings) -> list[Effect]:
    """Return everything that the push which follows a link would replace or blank, but for stock."""
    link = link_by_hand(record, web)
    sent = content(record, settings.fields, link, manual=True)
    effects = list(_effects(sent, values(web)))
    theirs = {shape(variant.options): variant for variant in web.variants}
    for variant in record.variants:
        online = theirs.get(shape(variant.option_values))
        if online is not None:
            sent = variant_content(variant, settings.fields, link, manual=True)
            effects += _effects(sent, variant_values(online))
    return effects


def counted(effects: list[Effect]) -> Counter[tuple[str, bool]]:
    """Return how often each field is replaced (False) or blanked (True)."""
    return Counter((effect.field, effect.blanked) for effect in effects)


def link_by_hand(record: Product, web: WebProduct) -> Link:
    """Return the link of two products that exist. It says that nothing was sent yet, so that everything
    will be."""
    theirs = {shape(variant.options): variant for variant in web.variants}
    return Link(
        product=record.id,
        status=LinkStatus.LINKED,
        id=web.id,
        variants={
            variant.id: LinkedVariant(
                id=theirs[shape(variant.option_values)].id,
                sku=theirs[shape(variant.option_values)].sku,
                options=variant.option_values,
            )
            for variant in record.variants
            if shape(variant.option_values) in theirs
        },
        name=web.name,
        sku=web.sku,
        visible=known(web.visible),
        tracking=known(web.tracking),
        assigned=True,  # it was there before: which storefront shows it is their business
        came_with_sku=_came_in(record, web),
    )


def _came_in(record: Product, web: WebProduct) -> bool:
    """Whether the POS product once came in from such a product, and was unlinked or belongs to
    another store too: its SKU is ours, and the store's is its product number. Then too the
    generated SKU must not replace BigCommerce's (docs/import.md, What becomes of a product)."""
    ours = [(record.sku, record.product_number)]
    ours += [(variant.sku, variant.product_number) for variant in record.variants]
    theirs = {sku_key(sku) for sku in web.skus}
    return any(
        counter_of(sku) is not None and number.strip() and sku_key(number) in theirs
        for sku, number in ours
    )


def _effects(sent: Json, there: Json) -> Iterator[Effect]:
    for name in differing(sent, there):
        if there[name] not in _NOTHING:
            yield Effect(FIELDS[name].label, blanked=sent[name] in _NOTHING)
