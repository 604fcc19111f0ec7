"""The kill loop of `make knife`: every story is killed after every port call, in memory and on real
tables. Then a second drain meets the first at every port call, or runs beside it in a thread. And
after every death, every lost answer and every write that comes late the POS takes its change back,
moves on, or leaves it."""

import logging
import sys
import time
from collections.abc import Callable
from functools import partial

from tests.knife.at_once import play_at_once
from tests.knife.claim_check import play_claim_check
from tests.knife.inverse import play_inverse, play_late
from tests.knife.loop import OVER_S, Outcome, play, play_twice
from tests.knife.meeting import meet
from tests.knife.stories import ALONE, REAL, STORIES, TWICE, played_in
from tests.knife.tables import real_tables
from tests.knife.taken_back import ALL
from tillbridge.domain.connection import PushContent

CLAIM_CHECK = "claim check"


def main(names: list[str]) -> int:
    """Play the stories named, or all of them. Return 0 when all of them ended alike."""
    logging.disable()
    chosen = [name for name in (*STORIES, CLAIM_CHECK) if not names or name in names]
    bad = 0
    for name in chosen:
        played = play_claim_check if name == CLAIM_CHECK else partial(play, STORIES[name])
        bad += _play("in memory", name, played)
    for name in (n for n in chosen if n in TWICE):
        bad += _play("killed twice", name, partial(play_twice, STORIES[name]))
    for name in (n for n in chosen if n != CLAIM_CHECK):
        bad += _play("drains meet", name, partial(meet, STORIES[name]))
        outlived = partial(meet, STORIES[name], stopped_s=OVER_S)
        bad += _play("outlived", name, outlived)
        if name not in ALONE:
            bad += _play("two threads", name, partial(play_at_once, STORIES[name]))
    for name in (n for n in ALL if not names or n in names):
        for mode in PushContent:
            bad += _play(f"inverse, {mode}", name, partial(play_inverse, name, mode))
            bad += _play(f"late, {mode}", name, partial(play_late, name, mode))
    with real_tables() as tables, played_in(tables.world):
        for name in (n for n in chosen if n in REAL):
            bad += _play("real tables", name, partial(play, STORIES[name], (OVER_S,)))
    return 1 if bad else 0


def _play(where: str, name: str, played: Callable[[], Outcome]) -> int:
    started = time.monotonic()
    outcome = played()
    print(f"{where:21} {name:28} {outcome}  {time.monotonic() - started:.1f} s", flush=True)
    for words in outcome.differing[:3]:
        print(f"    {words[:700]}")
    return len(outcome.differing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
