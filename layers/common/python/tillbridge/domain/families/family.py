"""A family: one product with its variants, joined from parts that come in any order and more than once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tillbridge.domain.families.parts import ItemPart, LevelPart, MemberFields, Named, Part
from tillbridge.domain.ids import MemberId, PosProductId

type LevelKey = tuple[MemberId, str]
"""A member and an outlet."""


@dataclass(frozen=True, slots=True)
class Family:
    """Every part that is known of a product. `id` is that of the vendor's root that was seen first, for ever:
    links stand by it, whoever leads the family later."""

    id: PosProductId
    items: Mapping[MemberId, ItemPart] = field(default_factory=dict)
    levels: Mapping[LevelKey, LevelPart] = field(default_factory=dict)


def joined(family: Family, parts: Iterable[Part]) -> Family:
    """Return the family with these parts, each in the place of its like where its version is higher; the very
    same family where none is. Any order, any repetition, any overlap gives an equal family.

    Rows of one member and version are one row. Only a tombstone may share a version with what it ends: a member
    that moves to another family leaves this one with the very row that says so."""
    items, levels = dict(family.items), dict(family.levels)
    for part in parts:
        if isinstance(part, ItemPart):
            _take(items, part.member, part)
        else:
            _take(levels, (part.member, part.outlet), part)
    if items == family.items and levels == family.levels:
        return family
    return replace(family, items=items, levels=levels)


def _take[K, P: (ItemPart, LevelPart)](known: dict[K, P], key: K, part: P) -> None:
    before = known.get(key)
    if before is None or (part.version, part.deleted) > (before.version, before.deleted):
        known[key] = part


def renamed(family: Family, names: Mapping[str, str]) -> Family:
    """Return the family with the newest names of its brands, vendors and departments, given by id; the very same
    family where they are those it has. A vendor may rename one and raise no product's version."""
    changed = {
        member: replace(part, fields=_with_names(part, names))
        for member, part in family.items.items()
        if _with_names(part, names) != part.fields
    }
    return replace(family, items={**family.items, **changed}) if changed else family


def _with_names(part: ItemPart, names: Mapping[str, str]) -> MemberFields:
    fields = part.fields
    return replace(
        fields,
        department=_newest(fields.department, names),
        vendor=_newest(fields.vendor, names),
        brand=_newest(fields.brand, names),
    )


def _newest(named: Named | None, names: Mapping[str, str]) -> Named | None:
    return named and Named(named.id, names.get(named.id, named.name))
