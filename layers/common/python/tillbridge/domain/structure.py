"""What must change about a product's options and variants. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tillbridge.domain.ids import PosVariantId, StoreVariantId
from tillbridge.domain.link import Link
from tillbridge.domain.mapping import Json
from tillbridge.domain.names import clean_name, name_key, sku_key
from tillbridge.domain.product import Product, Variant
from tillbridge.domain.sent_skus import variant_sku
from tillbridge.domain.variants import Shape, shape
from tillbridge.domain.web_product import WebVariant


@dataclass(frozen=True, slots=True)
class Structure:
    """The changes to make. `rebuild`: the options themselves changed, so all variants must be
    deleted before any is created. `keep`: the variants that stay, with their ids. `create`: new
    variants, each with what it inherits, by BigCommerce's names. `park`: variants to be deleted
    that first need a temporary SKU, because a new variant needs theirs. `drop`: those to delete."""

    rebuild: bool
    keep: Mapping[PosVariantId, StoreVariantId]
    create: tuple[tuple[Variant, Json], ...]
    park: tuple[StoreVariantId, ...]
    drop: tuple[StoreVariantId, ...]


def structure(record: Product, link: Link, there: Sequence[WebVariant]) -> Structure:
    """Return how to get from the variants that are there to the record's."""
    real = [variant for variant in there if variant.options]
    rebuild = _option_names(record) != _option_names_of(real) and bool(real)
    by_shape = {} if rebuild else {shape(variant.options): variant for variant in real}
    wanted = {shape(variant.option_values) for variant in record.variants}
    new = [v for v in record.variants if shape(v.option_values) not in by_shape]
    going = real if rebuild else [v for v in real if shape(v.options) not in wanted]
    needed = {sku_key(variant_sku(variant, link)) for variant in new}
    return Structure(
        rebuild=rebuild,
        keep={
            variant.id: by_shape[shape(variant.option_values)].id
            for variant in record.variants
            if shape(variant.option_values) in by_shape
        },
        create=tuple((variant, _owned(variant, link, there)) for variant in new),
        park=() if rebuild else tuple(v.id for v in going if sku_key(v.sku) in needed),
        drop=(*(variant.id for variant in going), *_unlisted(link, there, wanted, rebuild=rebuild)),
    )


def _unlisted(
    link: Link, there: Sequence[WebVariant], wanted: set[Shape], *, rebuild: bool
) -> list[StoreVariantId]:
    # Lists lag behind: a variant that we created and the list does not show yet must go as well.
    listed = {variant.id for variant in there}
    return [
        known.id
        for known in link.variants.values()
        if known.id not in listed and (rebuild or shape(known.options) not in wanted)
    ]


def parked_sku(variant: StoreVariantId) -> str:
    """Return a temporary SKU for a variant that is about to be deleted."""
    return f"tb-old-{variant}"


def labels(record: Product) -> Mapping[str, Mapping[str, str]]:
    """Return, by option name, the labels of its values as they are sent, by the key of the label."""
    found: dict[str, dict[str, str]] = {}
    for variant in record.variants:
        for name, value in variant.option_values:
            found.setdefault(clean_name(name), {})[name_key(value)] = clean_name(value)
    return found


def _owned(variant: Variant, link: Link, there: Sequence[WebVariant]) -> Json:
    # Weight, sizes and the like belong to the web: a first real variant takes them from the base
    # variant it replaces, one whose options changed from the variant it was.
    before = link.variants.get(variant.id)
    heirs = [v for v in there if not v.options] or [
        v for v in there if before is not None and v.id == before.id
    ]
    return {k: value for v in heirs[:1] for k, value in v.owned.items()}


def _option_names(record: Product) -> set[str]:
    return {name_key(name) for v in record.variants for name, _ in v.option_values}


def _option_names_of(there: Sequence[WebVariant]) -> set[str]:
    return {name_key(name) for v in there for name, _ in v.options}


def matching(record: Product, made: Sequence[WebVariant]) -> Mapping[PosVariantId, StoreVariantId]:
    """Return the ids of created variants, taken from the create's answer and never from a later
    listing."""
    by_shape: dict[Shape, StoreVariantId] = {shape(v.options): v.id for v in made}
    by_sku = {sku_key(v.sku): v.id for v in made if v.sku}
    found: dict[PosVariantId, StoreVariantId] = {}
    for variant in record.variants:
        number = by_shape.get(shape(variant.option_values)) or by_sku.get(sku_key(variant.sku))
        if number is not None:
            found[variant.id] = number
    return found
