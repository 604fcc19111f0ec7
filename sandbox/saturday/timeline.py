"""What was free and what was on sale of one unit, at every moment of a Saturday."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sandbox.saturday.goods import Pairs, Unit, place_of
from sandbox.saturday.notes import Booked, Held, Notes, OfOrder, Owes

ONE_REQUEST_S = 0.5
"""What the store notes of an order's placing within so long is of one request."""


@dataclass(frozen=True, slots=True)
class Write:
    """A level that was set online: when it was accepted and applied (seconds)."""

    unit: Unit
    level: int
    accepted: float
    applied: float


@dataclass(frozen=True, slots=True)
class Step:
    """From `at` on: units online, and units truly free: those of the POS, less what orders keep and the POS
    has not off its stock. `of`: what moved them: `pos`, `adjustment`, `order` (a level that BigCommerce moved
    itself), `order N` (an order that keeps more), `undone` (one that keeps less)."""

    at: float
    online: int
    free: int
    of: frozenset[str]


def unit_of(pairs: Pairs, move: dict[str, Any], products: dict[int, int]) -> Unit | None:
    """Return the unit whose level a move of the store's stock ledger changed. `products`: the product of
    each variant."""
    if move["kind"] == "p":
        place = place_of(pairs, move["item_id"], 0)
    else:
        place = place_of(pairs, products.get(move["item_id"], 0), move["item_id"])
    return None if place is None else pairs[place]


def writes(moves: Iterable[dict[str, Any]], pairs: Pairs, products: dict[int, int]) -> list[Write]:
    """Return the levels that were set, in the order in which they were applied."""
    found = []
    for move in moves:
        unit = unit_of(pairs, move, products)
        if unit is not None and move["by"] == "adjustment" and move["level"] is not None:
            found.append(Write(unit, move["level"], move["accepted_at"], move["at"]))
    return found


def booked_in(booked: Sequence[Booked], version: int) -> int:
    """Return the units that a record of a version has off the stock."""
    return next((each.units for each in reversed(booked) if each.version <= version), 0)


def owed_at(owes: Sequence[Owes], at: float) -> int:
    """Return the units that an order kept at a time."""
    return next((each.units for each in reversed(owes) if each.at <= at), 0)


def open_in(notes: Notes, unit: Unit, version: int, at: float) -> int:
    """Return the units that orders placed by `at` keep and that a record of `version` does not contain."""
    keys = [key for key in notes.owes if key[1] == unit]
    return sum(
        max(0, owed_at(notes.owes[key], at) - booked_in(notes.booked.get(key, ()), version))
        for key in keys
    )


def steps(notes: Notes, unit: Unit, begun: int, moves: Sequence[dict[str, Any]]) -> Iterator[Step]:
    """Yield the unit's steps. `begun`: the level online before the first of `moves`, the unit's own."""
    held, online, version = 0, begun, 0
    now: dict[OfOrder, int] = {}
    for at, _, happened in sorted(_happened(notes, unit, moves), key=lambda each: each[:2]):
        of = "pos"
        match happened:
            case Held():
                held, version = happened.free, happened.version
            case (key, Owes(units=units)):
                grew = now.get(key, 0) < units
                now[key] = units
                of = f"order {key[0]}" if grew else "undone"
            case dict():
                level = happened["level"]
                online = level if level is not None else online + happened["units"]
                of = happened["by"]
        kept = sum(
            max(0, units - booked_in(notes.booked.get(key, ()), version))
            for key, units in now.items()
        )
        yield Step(at, online, held - kept, frozenset({of}))


def moments(found: Iterable[Step]) -> list[Step]:
    """Return one step for each time: what happens at once is seen at once."""
    line: list[Step] = []
    for step in found:
        of = step.of
        if line and line[-1].at == step.at:
            of |= line.pop().of
        line.append(replace(step, of=of))
    return line


def _happened(
    notes: Notes, unit: Unit, moves: Iterable[dict[str, Any]]
) -> Iterator[tuple[float, int, Any]]:
    for held in notes.held.get(unit, ()):
        yield held.at, 0, held
    for key, owes in notes.owes.items():
        if key[1] == unit:
            yield from ((each.at, 1, (key, each)) for each in owes)
    for move in moves:
        yield _seen_at(notes, unit, move), 2, move


def _seen_at(notes: Notes, unit: Unit, move: dict[str, Any]) -> float:
    # The store takes units off some milliseconds before it notes the order: to shoppers both are one.
    at: float = move["at"]
    owes = notes.owes.get((move["order_id"], unit), ()) if move["by"] == "order" else ()
    return next((each.at for each in owes if 0 <= each.at - at < ONE_REQUEST_S), at)
