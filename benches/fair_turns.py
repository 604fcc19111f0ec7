"""Everybody wants something at once, for half an hour in which a call takes 0.4 s, one at a time, on a
clock that nobody waits for. Every change is pushed literally."""

import logging
import statistics
import sys

from tests.everybody import Waits, everybody

ASKED_WITHIN_S = 5.0
SALE_WITHIN_S = 1.25
"""A stock call under way, a wave of one call (0.4 s each), and reads of the POS between two looks."""


def main() -> int:
    """Play it and print what each lane waited and its share of the calls. Return 0 when people's pushes
    began within 5 s, content had half of the calls, no sale waited for more than a stock call and a
    wave, and nothing is left."""
    logging.disable()
    played = everybody()
    for lane, waits in played.waits.items():
        print(f"{lane:8} {_told(waits)}")
    for kind, calls in played.calls.items():
        print(f"{kind:8} {calls} calls, {100 * calls / sum(played.calls.values()):.0f} %")
    fair = (
        max(played.waits["asked"]) <= ASKED_WITHIN_S
        and max(played.waits["stock"]) <= SALE_WITHIN_S
        and played.calls["content"] >= played.calls["stock"]
        and not played.left
    )
    return 0 if fair else 1


def _told(waits: Waits) -> str:
    ordered = sorted(waits)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return (
        f"{len(ordered):5} waited: p50 {statistics.median(ordered):7.1f} s, "
        f"p95 {p95:7.1f} s, longest {ordered[-1]:7.1f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
