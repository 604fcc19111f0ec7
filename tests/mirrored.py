"""A mirror that is fed page by page, as polls feed it."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tillbridge.domain.families.parts import ItemPart, LevelPart, MemberFields, Part
from tillbridge.domain.families.placing import asked_of, placed, with_placed
from tillbridge.domain.ids import MemberId, PosAccountKey
from tillbridge.domain.polling import Told
from tillbridge.ports.pos_mirror import KeptFamily, PosMirror

ACCOUNT = PosAccountKey("lightspeed-harbour")
ITEMS = Told(items=True)


def an_item(
    member: str,
    version: int = 1,
    parent: str | None = None,
    *,
    deleted: bool = False,
    **fields: Any,
) -> ItemPart:
    """Return a row of a catalogue, with a price unless the test names another."""
    known: dict[str, Any] = {"name": "Chair", "sku": f"SKU-{member}", "price": Decimal("9.50")}
    under = MemberId(parent) if parent else None
    return ItemPart(MemberId(member), version, under, deleted, MemberFields(**(known | fields)))


def a_variant(member: str, parent: str | None, colour: str, version: int = 1) -> ItemPart:
    """Return a row of a catalogue that is a variant of a colour."""
    return an_item(member, version, parent, options=(("Colour", colour),))


def a_level(member: str, units: str = "4", version: int = 1, outlet: str = "o-1") -> LevelPart:
    """Return a row of stock."""
    return LevelPart(MemberId(member), outlet, version, Decimal(units))


def take_page(mirror: PosMirror, parts: Iterable[Part], told: Told = ITEMS) -> list[KeptFamily]:
    """Join a page into the mirror, and return what was put."""
    page = list(parts)
    placement = placed(page, mirror.families_of(ACCOUNT, asked_of(page)))
    there = mirror.read(ACCOUNT, placement.families)
    changed = [replace(kept, told=told) for kept in with_placed(there, placement)]
    return list(mirror.put(ACCOUNT, changed))


def walked(mirror: PosMirror) -> PosMirror:
    """Return the mirror of an account whose first walk is over, and of which everything was told."""
    state = mirror.state(ACCOUNT)
    mirror.keep_state(ACCOUNT, replace(state, walked_ms=1, emitted=mirror.newest(ACCOUNT)))
    return mirror
