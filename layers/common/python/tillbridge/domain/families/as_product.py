"""The product that a family is, as pushes read it."""

from collections.abc import Sequence
from decimal import Decimal

from tillbridge.domain.families.family import Family
from tillbridge.domain.families.parts import ItemPart, Named
from tillbridge.domain.ids import MemberId, PosVariantId
from tillbridge.domain.product import Product, StockLevel, Variant


def as_product(family: Family, version: int) -> Product:
    """Return the family as a product of this version: a tombstone where no member is left, a product without
    variants where one member without options is left, else one with a variant for each member that has options.
    Its fields are those of the member that leads it; stock that no row tells of is unknown, not 0."""
    living = sorted((each for each in family.items.values() if not each.deleted), key=_place)
    if not living:
        name = next((each.fields.name for each in family.items.values()), "")
        return Product(family.id, version, name, deleted=True)
    root = _root(family, living)
    why = next((each.fields.unreadable for each in living if each.fields.unreadable), "")
    sold = [each for each in living if each.fields.options]
    if root.fields.price is None and not why:
        why = "The POS tells no price of it."
    fields = root.fields
    return Product(
        id=family.id,
        version=version,
        name=fields.name,
        sku="" if sold else fields.sku,
        product_number="" if sold else fields.product_number,
        description=fields.description,
        department=_name(fields.department),
        vendor=_name(fields.vendor),
        brand=_name(fields.brand),
        price=fields.price or Decimal(0),
        cost=fields.cost,
        barcodes=fields.barcodes,
        track_stock=fields.track_stock,
        stock=() if sold else _levels(family, root.member),
        weight=fields.weight,
        images=fields.images,
        options=tuple(name for name, _ in sold[0].fields.options) if sold else (),
        variants=tuple(_variant(family, each) for each in sold),
        active=any(each.fields.active for each in living),
        unreadable=why,
        unknown=fields.unknown,
    )


def _place(part: ItemPart) -> tuple[bool, MemberId]:
    return part.parent is not None, part.member


def _root(family: Family, living: Sequence[ItemPart]) -> ItemPart:
    """Return the member that leads: the family's own where it is left, else the first that has no parent."""
    return next((each for each in living if each.member == MemberId(family.id)), living[0])


def _variant(family: Family, part: ItemPart) -> Variant:
    fields = part.fields
    return Variant(
        id=PosVariantId(part.member),
        sku=fields.sku,
        option_values=fields.options,
        product_number=fields.product_number,
        price=fields.price,
        cost=fields.cost,
        barcodes=fields.barcodes,
        stock=_levels(family, part.member),
        unknown=fields.unknown,
    )


def _levels(family: Family, member: MemberId) -> tuple[StockLevel, ...]:
    known = sorted(family.levels.items())
    return tuple(
        StockLevel(outlet, level.on_hand)
        for (of, outlet), level in known
        if of == member and not level.deleted
    )


def _name(named: Named | None) -> str:
    return named.name if named else ""
