"""Looks at the POS: what waits, for which version, and how long."""

from dataclasses import replace

import pytest

from tests.builders import a_row
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.pos_looks import (
    ABSENT,
    NONE,
    gave_up,
    late,
    look_again_ms,
    looked_at,
)
from tillbridge.domain.waiting import STALE_PATIENCE_MS

NOW = 10_000_000


def _look(*rows: PendingRow, shown: int, pushed: int = 1, at: int = NOW) -> list[PendingRow]:
    return list(looked_at(rows, shown, pushed, at))


def test_a_row_whose_version_shows_waits_for_nothing() -> None:
    (row,) = _look(a_row(version=3), shown=3)
    assert (row.awaits, row.seen_stale_ms) == (NONE, 0)
    assert late([row], 3) == ()


def test_the_wait_begins_anew_with_each_newer_version() -> None:
    (first,) = _look(a_row(version=3), shown=2)
    assert (first.awaits, first.seen_stale_ms) == (3, NOW)
    (same,) = _look(first, shown=2, at=NOW + 5_000)
    assert (same.awaits, same.seen_stale_ms) == (3, NOW)
    (newer,) = _look(replace(same, version=4), shown=2, at=NOW + 9_000)
    assert (newer.awaits, newer.seen_stale_ms) == (4, NOW + 9_000)


def test_a_version_announced_a_moment_ago_is_never_given_up_for_an_older_one() -> None:
    (waiting,) = _look(a_row(version=3), shown=2)
    later = NOW + STALE_PATIENCE_MS
    (newer,) = _look(replace(waiting, version=4), shown=2, at=later)
    assert late([newer], 2) == (newer,)
    (given_up,) = _look(waiting, shown=2, at=later)
    assert late([given_up], 2) == ()
    assert gave_up([waiting], [given_up], 2)
    assert not gave_up([waiting], [newer], 2)


def test_what_a_person_asked_waits_for_what_was_announced_then_and_for_nothing_later() -> None:
    asked, event = a_row(version=0, force=True, manual=True), a_row(version=3)
    asked, event = _look(asked, event, shown=2)
    assert asked.awaits == event.awaits == 3
    asked, event = _look(asked, replace(event, version=4), shown=3, at=NOW + 1_000)
    assert late([asked, event], 3) == (event,)


def test_a_person_who_names_no_version_waits_for_none() -> None:
    (row,) = _look(a_row(version=0, force=True), shown=ABSENT)
    assert late([row], ABSENT) == ()
    (named,) = _look(a_row(version=0), shown=ABSENT)  # an event may name version 0
    assert late([named], ABSENT) == (named,)


@pytest.mark.parametrize(
    ("shown", "absent", "older"), [(ABSENT, True, False), (1, False, True), (2, False, False)]
)
def test_a_look_notes_since_when_a_product_is_missing_or_older(
    shown: int, absent: bool, older: bool
) -> None:
    seen = replace(a_row(version=0, force=True), absent_ms=5, older_ms=5)
    (row,) = _look(seen, shown=shown, pushed=2)
    assert (row.absent_ms, row.older_ms) == (5 * absent, 5 * older)


def test_the_next_look_is_that_of_the_newest_version() -> None:
    old = replace(a_row(version=3), awaits=3, seen_stale_ms=NOW - 400_000)
    new = replace(a_row(version=4), awaits=4, seen_stale_ms=NOW)
    assert look_again_ms([old, new], 2, NOW) == NOW + 1_000
