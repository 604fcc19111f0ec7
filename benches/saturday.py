"""What small Saturdays come to with web orders off and on: the code itself, on both sandboxes, in a time of its own,
the same seeds for each. Judged by the logs of both sides."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest

from benches.helpers.results import Figure, finish
from sandbox.saturday.plan import SMALL
from tests.saturday_house import NONE, Hooks, SaturdayHouse
from tillbridge.domain.connection import WebOrderMode

SEEDS = 6
BY_HAND = frozenset({"order_by_hand", "order_grew"})
"""Causes that nobody can prevent who is not asked first."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How the days of a row are played. `kills`: two slices a day die."""

    mode: WebOrderMode
    hooks: Hooks | None = None
    kills: bool = False


KINDS = {
    "off": Kind(WebOrderMode.OFF),
    "ledger": Kind(WebOrderMode.LEDGER),
    "pos": Kind(WebOrderMode.POS),
    "pos, all hooks lost": Kind(WebOrderMode.POS, NONE),
    "pos, two slices killed a day": Kind(WebOrderMode.POS, kills=True),
}


@dataclass(slots=True)
class Row:
    """What the days of one kind came to, together. `by_hand`: units of orders placed or enlarged without
    asking how many there are, which `sold_twice` leaves out; `healed`: units that were there again before
    anybody could read it; `broken`: promises, and units of which judge and autopsy say otherwise."""

    orders: int = 0
    sold_twice: int = 0
    by_hand: int = 0
    too_high: float = 0.0
    healed: int = 0
    broken: int = 0


def played(kind: Kind, seeds: Sequence[int]) -> Row:
    """Return what these days came to."""
    row = Row()
    for seed in seeds:
        with (
            pytest.MonkeyPatch.context() as patch,
            SaturdayHouse(
                seed, SMALL, patch, mode=kind.mode, hooks=kind.hooks, kills=kind.kills
            ) as house,
        ):
            verdict = house.play()
            autopsies = house.autopsies(verdict)
        by_hand = sum(each.cause in BY_HAND for each in verdict.sold_twice)
        row.orders += verdict.placed
        row.sold_twice += len(verdict.sold_twice) - by_hand
        row.by_hand += by_hand
        row.too_high += verdict.too_high
        row.healed += len(autopsies.healed)
        row.broken += len(verdict.broken) + len(autopsies.broken)
    return row


def main(seeds: int) -> int:
    """Print the table, and the goals: with orders in the POS, hooks or none, a tenth of what is sold twice and
    too high without; and no promise broken, slices killed or not."""
    rows: dict[str, Row] = {}
    print(f"{seeds} Saturdays: orders, sold twice, by hand, unit-seconds too high, unread, broken")
    for name, kind in KINDS.items():
        row = rows[name] = played(kind, range(1, seeds + 1))
        print(
            f"{name:30} {row.orders:6} {row.sold_twice:6} {row.by_hand:6} {row.too_high:10,.0f}"
            f" {row.healed:6} {row.broken:6}",
            flush=True,
        )
    return finish("saturday", list(_goals(rows)), whole=seeds >= SEEDS)


def _goals(rows: Mapping[str, Row]) -> Iterator[Figure]:
    off = rows["off"]
    for name in ("pos", "pos, all hooks lost"):
        row = rows[name]
        yield Figure(
            f"sold twice, {name}, beside a tenth of off",
            row.sold_twice,
            off.sold_twice / 10,
            "units",
        )
        yield Figure(f"too high, {name}, beside a tenth of off", row.too_high, off.too_high / 10, "unit-seconds")  # fmt: skip
    for name in ("pos", "pos, all hooks lost", "pos, two slices killed a day"):
        yield Figure(f"promises broken, {name}", rows[name].broken, 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS))
