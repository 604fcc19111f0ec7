"""What ports.pos_mirror promises of polls and whole walks: the fake and DynamoDB keep it."""

from dataclasses import replace

import pytest

from tests.mirrored import ACCOUNT, an_item, take_page
from tillbridge.domain.errors import Conflict
from tillbridge.domain.ids import MemberId, PosAccountKey, PosProductId
from tillbridge.domain.polling import Cursor, Cursors, PollState, Walk
from tillbridge.domain.versions import version_of
from tillbridge.ports.pos_mirror import PosMirror


def members(*names: str) -> list[MemberId]:
    return [MemberId(name) for name in names]


def test_a_new_account_was_polled_nowhere(mirror: PosMirror) -> None:
    assert mirror.state(ACCOUNT) == PollState()


def test_a_state_is_read_as_it_was_kept(mirror: PosMirror) -> None:
    far = Cursors(Cursor(version_of(3, 2**62)), Cursor(version_of(3, 7)))
    state = PollState(
        epoch=3,
        cursors=far,
        earlier=((1, Cursors()), (2, far)),
        walk=Walk(4, 99, far, True, 8, Cursors(Cursor(1)), (PosProductId("chair"),)),
        walked_ms=5,
        named_ms=6,
        polled_ms=7,
        hooked_ms=8,
        polls=9,
        emitted=10,
        unplaced={MemberId("m-1"): 2},
        page_sizes={"items": 200},
        at_once=3,
        outlets_ms=11,
        outlets=("o-1", "o-4"),
        closed=("o-2",),
        doubted=("o-4",),
        to_retell=("o-3",),
        places={"names": PosProductId("chair")},
        quota_left=40,
        trouble="pos_went_back",
        words="The POS went back.",
    )
    kept = mirror.keep_state(ACCOUNT, state)
    assert kept.rev
    assert kept == replace(state, rev=kept.rev)
    assert mirror.state(ACCOUNT) == kept
    assert mirror.state(PosAccountKey("other")) == PollState()


def test_a_state_that_was_written_since_is_a_conflict(mirror: PosMirror) -> None:
    first = mirror.keep_state(ACCOUNT, PollState(polls=1))
    second = mirror.keep_state(ACCOUNT, replace(first, polls=2))
    for old in (first, PollState()):
        with pytest.raises(Conflict):
            mirror.keep_state(ACCOUNT, replace(old, polls=3))
    assert mirror.state(ACCOUNT) == second


def test_a_walk_tells_whom_no_page_listed_without_those_that_are_deleted(
    mirror: PosMirror,
) -> None:
    take_page(mirror, [an_item("a"), an_item("b"), an_item("b-1", 1, "b"), an_item("c")])
    take_page(mirror, [an_item("gone", 2, deleted=True)])
    mirror.note_seen(ACCOUNT, 1, 0, members("a", "stranger"))
    mirror.note_seen(ACCOUNT, 1, 5, members("b"))
    mirror.note_seen(ACCOUNT, 2, 0, members("c"))
    assert sorted(mirror.unseen(ACCOUNT, 1)) == ["b-1", "c"]
    assert sorted(mirror.unseen(ACCOUNT, 2)) == ["a", "b", "b-1"]


def test_a_page_that_is_noted_again_counts_as_it_was_read_last(mirror: PosMirror) -> None:
    take_page(mirror, [an_item("a"), an_item("b")])
    mirror.note_seen(ACCOUNT, 1, 0, members("a"))
    mirror.note_seen(ACCOUNT, 1, 0, members("b"))
    assert list(mirror.unseen(ACCOUNT, 1)) == ["a"]


def test_the_notes_of_walks_up_to_one_are_forgotten_and_those_of_later_ones_stay(
    mirror: PosMirror,
) -> None:
    take_page(mirror, [an_item("a")])
    for walk in (1, 2, 10):
        for page in range(30):
            mirror.note_seen(ACCOUNT, walk, page, members("a"))
    mirror.forget_walks(ACCOUNT, 2)
    for walk in (1, 2):
        assert list(mirror.unseen(ACCOUNT, walk)) == ["a"]
    assert list(mirror.unseen(ACCOUNT, 10)) == []


def test_families_are_told_from_any_of_them_on(mirror: PosMirror) -> None:
    take_page(mirror, [an_item(f"p-{n}") for n in range(9)])
    told = [kept.family.id for kept in mirror.families(ACCOUNT)]
    assert sorted(told) == [f"p-{n}" for n in range(9)]
    for place, each in enumerate(told):
        behind = [kept.family.id for kept in mirror.families(ACCOUNT, each)]
        assert behind == told[place + 1 :]
    take_page(mirror, [an_item("p-3", 2, deleted=True), an_item("p-31")])
    some = [kept.family.id for kept in mirror.families(ACCOUNT, told[2])]
    assert some == [each for each in [*told[3:4], "p-31", *told[4:]] if each > told[2]]


def test_hundreds_that_no_page_listed_are_all_told(mirror: PosMirror) -> None:
    take_page(mirror, [an_item(f"p-{n:03d}") for n in range(230)])
    assert sorted(mirror.unseen(ACCOUNT, 1)) == [f"p-{n:03d}" for n in range(230)]
