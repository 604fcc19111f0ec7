"""The kill loop of `make knife`: every story is killed after every port call, in memory and on real
tables. Then a second drain meets the first at every port call, or runs beside it in a thread. And
after every death, every lost answer and every write that comes late the POS takes its change back,
moves on, or leaves it."""

import logging
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from tests.knife.at_once import play_at_once
from tests.knife.claim_check import play_claim_check
from tests.knife.importing import play_import
from tests.knife.inverse import ALL, play_inverse, play_late
from tests.knife.loop import OVER_S, Outcome, play, play_twice
from tests.knife.meeting import meet
from tests.knife.stories import ALONE, REAL, STORIES, TWICE, played_in
from tests.knife.tables import real_tables
from tillbridge.domain.connection import PushContent

CLAIM_CHECK = "claim check"
IMPORT = "import"
INVERSE_ON_REAL = ("price", "stock", "variant added", "create with changing variants")
"""Changes that are also played on real tables, where every call takes its time."""

REAL_EVERY = 9
"""Of how many places one is played there."""


def main(names: list[str]) -> int:
    """Play the stories named, or all of them. Return 0 when all of them ended alike."""
    logging.disable()

    def chosen(some: Iterable[str]) -> list[str]:
        return [name for name in some if not names or name in names]

    bad = _forward(chosen(STORIES), chosen(TWICE))
    if chosen([CLAIM_CHECK]):
        bad += _play("in memory", CLAIM_CHECK, play_claim_check)
    bad += _inverse(chosen(ALL), imports=bool(chosen([IMPORT])))
    with real_tables() as tables, played_in(tables.world):
        bad += _on_real_tables(chosen(REAL), chosen(INVERSE_ON_REAL))
    return 1 if bad else 0


def _forward(stories: Sequence[str], twice: Sequence[str]) -> int:
    bad = 0
    for name in stories:
        bad += _play("in memory", name, partial(play, STORIES[name]))
    for name in twice:
        bad += _play("killed twice", name, partial(play_twice, STORIES[name]))
    for name in stories:
        bad += _play("drains meet", name, partial(meet, STORIES[name]))
        outlived = partial(meet, STORIES[name], stopped_s=OVER_S)
        bad += _play("outlived", name, outlived)
        if name not in ALONE:
            bad += _play("two threads", name, partial(play_at_once, STORIES[name]))
    return bad


def _inverse(changes: Sequence[str], *, imports: bool) -> int:
    bad = 0
    for name in changes:
        for mode in PushContent:
            bad += _play(f"inverse, {mode}", name, partial(play_inverse, name, mode))
            bad += _play(f"late, {mode}", name, partial(play_late, name, mode))
    for mode in PushContent if imports else ():
        bad += _play(f"inverse, {mode}", IMPORT, partial(play_import, mode))
    return bad


def _on_real_tables(stories: Sequence[str], changes: Sequence[str]) -> int:
    bad = 0
    for name in stories:
        bad += _play("real tables", name, partial(play, STORIES[name], (OVER_S,)))
    for name in changes:
        inverse = partial(play_inverse, name, PushContent.WHEN_CHANGED, REAL_EVERY)
        bad += _play("real tables, inverse", name, inverse)
        late = partial(play_late, name, PushContent.WHEN_CHANGED, REAL_EVERY)
        bad += _play("real tables, late", name, late)
    return bad


def _play(where: str, name: str, played: Callable[[], Outcome]) -> int:
    started = time.monotonic()
    outcome = played()
    print(f"{where:21} {name:28} {outcome}  {time.monotonic() - started:.1f} s", flush=True)
    for words in outcome.differing[:3]:
        print(f"    {words[:700]}")
    return len(outcome.differing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
