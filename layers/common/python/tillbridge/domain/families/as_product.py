"""The product that a family is, as pushes read it."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from tillbridge.domain.families.family import Family
from tillbridge.domain.families.mismatch import why_unreadable
from tillbridge.domain.families.parts import ItemPart, MemberFields, Named
from tillbridge.domain.ids import MemberId, PosVariantId
from tillbridge.domain.product import Barcodes, Product, StockLevel, Variant

type _Stock = Mapping[MemberId, Sequence[StockLevel]]

_OF_VARIANTS = frozenset({"product_number", "barcodes"})
"""What members have and a family does not: that of the web's own product is neither blanked nor replaced by one
variant's. Its SKU is blank, not unknown: a simple product that became a family gives its SKU to a variant, and
BigCommerce takes each once."""


def as_product(
    family: Family,
    version: int,
    unreadable: str = "",
    closed: Collection[str] = (),
    *,
    any_open: bool = False,
) -> Product:
    """Return the family as a product of this version: a tombstone where no member is left, a product without
    variants where one member without options is left, else one with a variant for each member that has options.

    Its fields are those of the member that leads it, and it is active and tracked where anything is that is sold.
    Stock that no row tells of is unknown, not 0, and so is that of outlets that are `closed`: their units are not
    offered. What has rows of such outlets alone has nothing to offer where `any_open` outlet sells; where all are closed,
    levels stay as they are. `unreadable`: why nothing but its stock may be used."""
    living = _living(family)
    if not living:
        return _tombstone(family, version)
    lead, stock = living[0], _stock(family, closed, any_open=any_open)
    sold = [each for each in living if each.fields.options]
    options = tuple(name for name, _ in sold[0].fields.options) if sold else ()
    fields, sellers = lead.fields, sold or [lead]
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
        # A variant has a price of its own, so that of a leader which is not sold itself is nobody's.
        price=sellers[0].fields.price or Decimal(0),
        cost=_cost(lead, sellers),
        barcodes=Barcodes() if sold else fields.barcodes,
        track_stock=any(each.fields.track_stock for each in sellers),
        stock=() if sold else tuple(stock.get(lead.member, ())),
        weight=fields.weight,
        images=fields.images,
        options=options,
        variants=tuple(_variant(each, options, stock) for each in sold),
        active=any(each.fields.active for each in sellers),
        unreadable=unreadable or why_unreadable(living, sold),
        unknown=fields.unknown | _nameless(fields) | (_OF_VARIANTS if sold else frozenset()),
    )


def leader(family: Family) -> ItemPart | None:
    """Return the member whose fields are the product's, None of a tombstone."""
    return next(iter(_living(family)), None)


def _living(family: Family) -> Sequence[ItemPart]:
    living = (each for each in family.items.values() if not each.deleted)
    return sorted(living, key=lambda part: _place(family, part))


def _tombstone(family: Family, version: int) -> Product:
    names = (each.fields.name for _, each in sorted(family.items.items()) if each.fields.name)
    return Product(family.id, version, next(names, ""), deleted=True)


def _place(family: Family, part: ItemPart) -> tuple[bool, bool, MemberId]:
    """Return what the members of a family are sorted by: whom the vendor puts under nobody comes first, of these the
    member that gave the family its id."""
    return part.parent is not None, part.member != MemberId(family.id), part.member


def _cost(lead: ItemPart, sellers: Sequence[ItemPart]) -> Decimal | None:
    """Return the cost of the product: a variant without one follows it, and a blank must stay one."""
    blank = any(each.fields.cost is None and "cost" not in each.fields.unknown for each in sellers)
    return None if blank else lead.fields.cost


def _variant(part: ItemPart, options: tuple[str, ...], stock: _Stock) -> Variant:
    fields, values = part.fields, dict(part.fields.options)
    return Variant(
        id=PosVariantId(part.member),
        sku=fields.sku,
        option_values=tuple((name, values[name]) for name in options if name in values),
        product_number=fields.product_number,
        price=fields.price,
        cost=fields.cost,
        barcodes=fields.barcodes,
        stock=tuple(stock.get(part.member, ())),
        unknown=fields.unknown,
    )


def _stock(family: Family, closed: Collection[str], *, any_open: bool) -> _Stock:
    found: dict[MemberId, list[StockLevel]] = {}
    shut: dict[MemberId, list[StockLevel]] = {}
    for (member, outlet), level in sorted(family.levels.items()):
        if level.deleted:
            continue
        if outlet in closed:
            shut.setdefault(member, []).append(StockLevel(outlet, Decimal(0)))
        else:
            found.setdefault(member, []).append(StockLevel(outlet, level.on_hand))
    return {**shut, **found} if any_open else found


def _nameless(fields: MemberFields) -> frozenset[str]:
    """Return what the product has and nobody could tell the name of: it is not blank."""
    named = {"department": fields.department, "vendor": fields.vendor, "brand": fields.brand}
    return frozenset(name for name, each in named.items() if each and not each.name.strip())


def _name(named: Named | None) -> str:
    return named.name if named else ""
