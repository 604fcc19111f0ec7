"""`make knife`: every story, killed after every port call, in memory and on real tables."""

import logging
import sys
import time
from collections.abc import Iterable, Sequence

from tests.knife.loop import REDELIVERY_S, play, play_twice
from tests.knife.stories import REAL, STORIES, TWICE, told_in
from tests.knife.tables import real_tables


def main(names: list[str]) -> int:
    """Plays the stories named, or all; the exit status tells whether all ends were equal."""
    logging.disable()
    chosen = [name for name in STORIES if not names or name in names]
    bad = _once("in memory", chosen, REDELIVERY_S)
    for name in chosen:
        if name in TWICE:
            bad += _say("killed twice", name, play_twice(STORIES[name]), 0)
    with real_tables() as tables, told_in(tables.world):
        bad += _once("real tables", [n for n in chosen if n in REAL], (61,))
    return 1 if bad else 0


def _once(where: str, names: Iterable[str], redelivery_s: Sequence[int]) -> int:
    bad = 0
    for name in names:
        started = time.monotonic()
        bad += _say(where, name, play(STORIES[name], redelivery_s), time.monotonic() - started)
    return bad


def _say(where: str, name: str, outcome: object, seconds: float) -> int:
    print(f"{where:13} {name:28} {outcome}  {seconds:.1f} s", flush=True)
    differing: list[str] = getattr(outcome, "differing", [])
    for words in differing[:3]:
        print(f"    {words[:700]}")
    return len(differing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
