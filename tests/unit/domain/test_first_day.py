"""Each step of a first day is told by what exists, and a step that is undone is open again."""

from dataclasses import replace

import pytest

from tests.builders import STORE, a_connection
from tests.console.catalogue import NOW_MS
from tests.console.first_days import a_run
from tillbridge.domain.first_day import FirstDay, first_day_of, has_first_day
from tillbridge.domain.jobs import Job
from tillbridge.domain.run import Result, Run, Stage
from tillbridge.domain.selection import Do

FOUND = {"candidate": 9, "only_in_pos": 40, "only_online": 21}
READING = replace(a_run(), stage=Stage.POS, result=Result.UNDER_WAY, ended_ms=0)


def a_job(do: Do, *, asked_ms: int = NOW_MS, ended_ms: int = 0) -> Job:
    return Job("j", STORE, do, "Sam", asked_ms, 9, ended_ms=ended_ms)


def day(runs: list[Run], *jobs: Job) -> FirstDay:
    return first_day_of(runs, jobs)


@pytest.mark.parametrize(
    ("runs", "jobs", "step"),
    [
        ([], [], 2),
        ([READING], [], 2),
        ([replace(a_run(), full=False)], [], 2),
        ([a_run(FOUND)], [], 3),
        ([a_run(FOUND)], [a_job(Do.LINK)], 4),
        ([a_run(FOUND)], [a_job(Do.LINK, ended_ms=NOW_MS)], 5),
        ([a_run(FOUND)], [a_job(Do.PUSH), a_job(Do.LINK, ended_ms=NOW_MS)], 6),
        ([a_run(FOUND)], [a_job(Do.IMPORT), a_job(Do.LINK, ended_ms=NOW_MS)], 6),
        ([a_run(FOUND)], [a_job(Do.UNLINK)], 3),
        ([a_run({"only_in_pos": 3})], [], 5),
        ([a_run()], [], 6),
    ],
)
def test_the_step_is_the_first_that_is_not_done(
    runs: list[Run], jobs: list[Job], step: int
) -> None:
    assert day(runs, *jobs).step == step


def test_a_comparison_under_way_hides_none_that_ended() -> None:
    again = replace(READING, id="2-again", started_ms=NOW_MS)
    found = day([again, a_run(FOUND)])
    assert (found.step, found.run, found.candidates) == (3, again, 9)


def test_what_was_linked_before_the_newest_comparison_is_looked_at_anew() -> None:
    before = a_job(Do.LINK, asked_ms=a_run().started_ms - 1, ended_ms=NOW_MS)
    assert day([a_run(FOUND)], before).step == 3
    assert day([a_run({"only_in_pos": 0})], before).step == 6


def test_products_of_a_pair_are_not_counted_as_on_one_side_alone() -> None:
    found = day([a_run(FOUND)])
    assert (found.only_in_pos, found.only_online) == (31, 12)


def test_only_a_store_that_was_connected_by_this_release_has_one() -> None:
    assert not has_first_day(a_connection())
    assert has_first_day(a_connection(connected_ms=1))
    assert not has_first_day(a_connection(connected_ms=1, first_day_over=True))
