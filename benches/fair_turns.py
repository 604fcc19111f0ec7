"""Everybody wants something at once, for half an hour in which a call takes 0.4 s, one at a time, on a
clock that nobody waits for. Every change is pushed literally. Usage: fair_turns.py [SECONDS]"""

import logging
import statistics
import sys

from benches.helpers.numbers import p95
from benches.helpers.results import Figure, finish
from tests.everybody import Waits, everybody

ALL_SECONDS = 1_800
SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_SECONDS
PRODUCTS = (2_000, 1_000, 200)
"""In half an hour: saved, imported, undone; in less time, fewer."""

ASKED_WITHIN_S = 5.0
SALE_WITHIN_S = 1.25
"""A stock call under way, a wave of one call (0.4 s each), and reads of the POS between two looks."""


def main() -> int:
    """Play it and print what each lane waited and its share of the calls. Return 0 when people's pushes
    began within 5 s, content had half of the calls, no sale waited for more than a stock call and a
    wave, and nothing is left."""
    logging.disable()
    played = everybody(SECONDS, *(each * SECONDS // ALL_SECONDS for each in PRODUCTS))
    for lane, waits in played.waits.items():
        print(f"{lane:8} {_told(waits)}")
    for kind, calls in played.calls.items():
        print(f"{kind:8} {calls} calls, {100 * calls / sum(played.calls.values()):.0f} %")
    figures = [
        Figure("a push by a person, longest wait", max(played.waits["asked"]), ASKED_WITHIN_S, "s"),
        Figure("a sale, longest wait", max(played.waits["stock"]), SALE_WITHIN_S, "s"),
        Figure("stock calls ÷ content calls", played.calls["stock"] / played.calls["content"], 1),
        Figure("rows left", played.left, 0),
    ]
    return finish("fair_turns", figures, whole=SECONDS >= ALL_SECONDS)


def _told(waits: Waits) -> str:
    ordered = sorted(waits)
    return (
        f"{len(ordered):5} waited: p50 {statistics.median(ordered):7.1f} s, "
        f"p95 {p95(ordered):7.1f} s, longest {ordered[-1]:7.1f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
