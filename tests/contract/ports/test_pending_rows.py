"""What the port of pending rows promises, kept by the fake and by DynamoDB."""

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.builders import JUMPER, LANTERN, STORE, a_change
from tests.contract.ports.races import race
from tests.examples import examples
from tests.fakes.pending import FakePending
from tests.property.drains import drains_of
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.domain.history.product_line import Because, EventSeen
from tillbridge.domain.ids import PosProductId, Rev, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import PendingRow, arrival
from tillbridge.ports.pending import PendingRows

NOW = 1_795_262_400_000


@pytest.fixture(params=["fake", "dynamodb"])
def pending(request: pytest.FixtureRequest) -> PendingRows:
    if request.param == "fake":
        return FakePending()
    make_table = request.getfixturevalue("make_table")
    return DynamoPending(request.getfixturevalue("dynamodb"), make_table("PendingTable"))


def the_row(pending: PendingRows, lane: Lane = Lane.CONTENT) -> PendingRow:
    (row,) = pending.of(STORE, lane, [LANTERN])
    return row


def test_a_marked_product_is_due_with_all_that_was_said_of_it(pending: PendingRows) -> None:
    pending.mark([a_change(version=7, order=42, queued_ms=1_234)])

    (row,) = pending.due(STORE, Lane.CONTENT, NOW, 10)

    assert row == PendingRow(
        store=STORE,
        lane=Lane.CONTENT,
        product=LANTERN,
        rev=row.rev,
        version=7,
        queued_ms=1_234,
        order=42,
    )


SALE: dict[str, Any] = {"trigger": "sale.completed", "event": "e-1", "version": 3, "queued_ms": 900}


def test_a_row_says_which_events_marked_it_first_and_last_and_how_many(
    pending: PendingRows,
) -> None:
    for number in range(3):
        pending.mark([a_change(**SALE | {"event": f"e-{number}", "order": arrival(NOW + number)})])
    pending.mark([a_change(trigger="follow-up")])

    assert the_row(pending).because == Because(
        EventSeen("e-0", "sale.completed", 900, NOW, 3),
        EventSeen("e-2", "sale.completed", 900, NOW + 2, 3),
        3,
    )


def test_a_row_of_a_large_batch_says_so_too(pending: PendingRows) -> None:
    def batch(event: str) -> None:
        products = (LANTERN, *(f"p-{number}" for number in range(30)))
        pending.mark([a_change(product, **SALE | {"event": event}) for product in products])

    batch("e-1")
    batch("e-2")

    because = the_row(pending).because
    assert because is not None
    assert (because.first.id, because.last.id) == ("e-1", "e-2")


ASKED: dict[str, Any] = {"trigger": "push.requested", "event": "e-2", "by": "mina", "force": True}


def test_a_row_is_of_the_newest_request_that_asked_for_it_whatever_marks_it_since(
    pending: PendingRows,
) -> None:
    pending.mark([a_change(**SALE)])
    assert (the_row(pending).job, the_row(pending).by) == ("", "")
    pending.mark([a_change(**ASKED, job="j-1")])
    pending.mark([a_change(**SALE)])
    assert (the_row(pending).job, the_row(pending).by) == ("j-1", "")
    pending.mark([a_change(**ASKED, job="j-2"), a_change(**SALE)])
    pending.mark([a_change(**ASKED, job="j-3")])
    assert (the_row(pending).job, the_row(pending).by) == ("j-3", "mina")


def test_of_a_large_request_each_row_is_of_its_job(pending: PendingRows) -> None:
    products = [PosProductId(f"p-{number}") for number in range(30)]
    pending.mark([a_change(products[3], **SALE)])
    pending.mark([a_change(product, **ASKED, job="j-1") for product in products])
    assert {row.job for row in pending.of(STORE, Lane.CONTENT, products)} == {"j-1"}


def test_a_row_that_no_event_marked_says_none(pending: PendingRows) -> None:
    pending.mark([a_change()])

    assert the_row(pending).because is None


def test_a_second_mark_raises_the_version_and_keeps_the_first_time_and_place(
    pending: PendingRows,
) -> None:
    pending.mark([a_change(version=3, order=5, queued_ms=100)])
    first = the_row(pending)
    pending.mark([a_change(version=9, order=8, queued_ms=200)])

    assert the_row(pending) == replace(first, version=9, rev=the_row(pending).rev)


def test_a_row_says_when_its_newest_mark_arrived_whatever_the_sender_says(
    pending: PendingRows,
) -> None:
    for second in (1, 2):
        pending.mark([a_change(order=arrival(1_000 * second), queued_ms=9_000_000 // second)])
    row = the_row(pending)
    assert (row.order, row.marked_ms) == (arrival(1_000), 2_000)


def test_a_late_mark_of_an_older_version_never_lowers_it(pending: PendingRows) -> None:
    pending.mark([a_change(version=9)])
    first = the_row(pending)
    pending.mark([a_change(version=3)])

    assert the_row(pending).version == 9
    assert the_row(pending).rev != first.rev, "even old news is a mark"


def test_each_mark_gives_a_new_rev_even_after_the_row_was_cleared(pending: PendingRows) -> None:
    revs = set()
    for _ in range(3):
        pending.mark([a_change()])
        row = the_row(pending)
        revs.add(row.rev)
        pending.clear([row])

    assert len(revs) == 3


def test_force_and_manual_once_said_are_not_unsaid(pending: PendingRows) -> None:
    pending.mark([a_change(force=True, manual=True)])
    pending.mark([a_change(force=False, manual=False)])

    assert (the_row(pending).force, the_row(pending).manual) == (True, True)


def test_force_and_manual_can_be_said_of_a_row_that_waits(pending: PendingRows) -> None:
    pending.mark([a_change()])
    assert (the_row(pending).force, the_row(pending).manual) == (False, False)
    pending.mark([a_change(manual=True)])
    assert (the_row(pending).force, the_row(pending).manual) == (False, True)
    pending.mark([a_change(force=True)])

    assert (the_row(pending).force, the_row(pending).manual) == (True, True)


def test_rows_are_due_in_the_order_they_were_asked_for(pending: PendingRows) -> None:
    # Orders of one, two and twenty digits: they sort as numbers, not as words.
    orders = {"p-9": 9, "p-10": 10, "p-2": 2, "p-huge": 10**19}
    pending.mark([a_change(product, order=order) for product, order in orders.items()])

    due = [row.product for row in pending.due(STORE, Lane.CONTENT, NOW, 10)]

    assert due == ["p-2", "p-9", "p-10", "p-huge"]


def test_no_more_rows_than_asked_for_are_due_at_once(pending: PendingRows) -> None:
    pending.mark([a_change(f"p-{number}", order=number) for number in range(30)])

    assert [row.order for row in pending.due(STORE, Lane.CONTENT, NOW, 7)] == list(range(7))


def test_the_bulk_lane_is_read_as_one_queue_in_order(pending: PendingRows) -> None:
    pending.mark(
        [a_change(f"p-{number}", lane=Lane.BULK, order=number) for number in reversed(range(60))]
    )

    due = pending.due(STORE, Lane.BULK, NOW, 50)

    assert [row.order for row in due] == list(range(50))
    pending.clear(due)
    assert [row.order for row in pending.due(STORE, Lane.BULK, NOW, 50)] == list(range(50, 60))


def test_a_postponed_row_is_not_due_until_its_time(pending: PendingRows) -> None:
    pending.mark([a_change()])
    waiting = replace(
        the_row(pending),
        attempts=2,
        not_before_ms=NOW + 1,
        queued_ms=NOW - 5,
        awaits=9,
        seen_stale_ms=NOW,
        done_version=8,
        absent_ms=NOW - 1,
        older_ms=NOW - 2,
    )
    pending.postpone([waiting])

    assert pending.due(STORE, Lane.CONTENT, NOW, 10) == []
    assert pending.due(STORE, Lane.CONTENT, NOW + 1, 10) == [waiting]
    assert list(pending.of(STORE, Lane.CONTENT, [LANTERN])) == [waiting]


def test_an_unsure_row_stays_unsure_whatever_is_marked(pending: PendingRows) -> None:
    pending.mark([a_change(version=3)])
    read = the_row(pending)
    pending.mark([a_change(version=4)])
    pending.postpone([replace(read, not_before_ms=NOW, unsure=True)])
    assert (the_row(pending).unsure, the_row(pending).not_before_ms) == (True, 0)

    pending.mark([a_change(version=5, force=True)])
    assert the_row(pending).unsure


def test_a_doubt_about_a_row_changes_nothing_else_and_makes_no_row(pending: PendingRows) -> None:
    pending.mark([a_change(version=3)])
    row = the_row(pending)
    pending.doubt([row])
    assert the_row(pending) == replace(row, unsure=True)

    pending.clear([row])
    pending.doubt([row])
    assert list(pending.of(STORE, Lane.CONTENT, [LANTERN])) == []


def test_a_row_whose_wait_is_over_comes_after_those_that_never_waited(
    pending: PendingRows,
) -> None:
    pending.mark([a_change(LANTERN, order=1)])
    pending.postpone([replace(the_row(pending), not_before_ms=NOW - 1)])
    pending.mark([a_change(JUMPER, order=2)])

    assert [row.product for row in pending.due(STORE, Lane.CONTENT, NOW, 10)] == [JUMPER, LANTERN]


def test_news_of_a_row_that_waits_does_not_end_its_wait(pending: PendingRows) -> None:
    pending.mark([a_change(version=1)])
    waiting = replace(the_row(pending), attempts=3, not_before_ms=NOW + 60_000, seen_stale_ms=5)
    pending.postpone([waiting])
    pending.mark([a_change(version=2)])

    assert the_row(pending) == replace(waiting, version=2, rev=the_row(pending).rev)
    assert pending.due(STORE, Lane.CONTENT, NOW, 10) == []


def test_a_forced_change_is_tried_anew_and_what_was_seen_of_the_pos_stays(
    pending: PendingRows,
) -> None:
    pending.mark([a_change(version=3)])
    seen = replace(
        the_row(pending), awaits=3, seen_stale_ms=7, done_version=2, absent_ms=8, older_ms=9
    )
    pending.postpone([seen])
    pending.mark([a_change(version=0, force=True)])

    there = the_row(pending)
    assert there == replace(seen, force=True, done_version=-1, rev=there.rev)


def test_a_new_row_waits_for_no_version(pending: PendingRows) -> None:
    pending.mark([a_change(version=3)])
    row = the_row(pending)
    assert (row.awaits, row.done_version, row.absent_ms, row.older_ms) == (-1, -1, 0, 0)


def test_a_forced_change_ends_the_wait_and_keeps_the_first_place(pending: PendingRows) -> None:
    pending.mark([a_change(LANTERN, order=1), a_change(JUMPER, order=2)])
    pending.postpone([replace(the_row(pending), attempts=3, not_before_ms=NOW + 60_000)])
    pending.mark([a_change(LANTERN, order=99, force=True)])

    due = pending.due(STORE, Lane.CONTENT, NOW, 10)

    assert [(row.product, row.order) for row in due] == [(LANTERN, 1), (JUMPER, 2)]
    assert (due[0].attempts, due[0].not_before_ms, due[0].force) == (0, 0, True)


def test_a_forced_change_without_a_version_keeps_the_announced_one(pending: PendingRows) -> None:
    pending.mark([a_change(version=7, order=3)])
    pending.mark([a_change(version=0, order=0, force=True)])

    assert (the_row(pending).version, the_row(pending).order) == (7, 3)


def test_a_row_marked_after_it_was_read_is_neither_cleared_nor_postponed(
    pending: PendingRows,
) -> None:
    pending.mark([a_change(version=1)])
    read = the_row(pending)
    pending.mark([a_change(version=2)])
    pending.postpone([replace(read, attempts=1, not_before_ms=NOW + 60_000)])
    pending.clear([read])

    (row,) = pending.due(STORE, Lane.CONTENT, NOW, 10)
    assert (row.version, row.attempts) == (2, 0)


def test_a_cleared_row_is_gone_and_clearing_it_again_does_no_harm(pending: PendingRows) -> None:
    pending.mark([a_change()])
    row = the_row(pending)
    pending.clear([row])
    pending.clear([row])
    pending.postpone([replace(row, not_before_ms=NOW)])

    assert list(pending.of(STORE, Lane.CONTENT, [LANTERN])) == []
    assert pending.due(STORE, Lane.CONTENT, NOW * 2, 10) == []


def test_clearing_a_row_that_never_was_leaves_others_alone(pending: PendingRows) -> None:
    pending.mark([a_change()])
    pending.clear([replace(the_row(pending), rev=Rev("never-given"))])

    assert the_row(pending).version == 1


def test_lanes_and_stores_are_apart(pending: PendingRows) -> None:
    other = StoreId("lighthouse")
    pending.mark([a_change(lane=Lane.STOCK, version=1), a_change(lane=Lane.ASKED, version=2)])
    pending.mark([a_change(store=other, lane=Lane.STOCK, version=3)])

    assert [row.version for row in pending.due(STORE, Lane.STOCK, NOW, 10)] == [1]
    assert [row.version for row in pending.due(STORE, Lane.ASKED, NOW, 10)] == [2]
    assert [row.version for row in pending.due(other, Lane.STOCK, NOW, 10)] == [3]
    assert pending.due(other, Lane.ASKED, NOW, 10) == []


def test_rows_of_named_products_come_once_each_due_or_not(pending: PendingRows) -> None:
    names = [f"p-{number}" for number in range(130)]
    pending.mark([a_change(name, lane=Lane.BULK) for name in names])
    pending.postpone(
        [
            replace(row, not_before_ms=NOW * 2)
            for row in pending.of(STORE, Lane.BULK, ["p-1", "p-2"])
        ]
    )

    found = pending.of(STORE, Lane.BULK, [*names, "p-1", "p-unknown"])

    assert sorted(row.product for row in found) == sorted(names)


def test_one_event_may_mark_the_same_product_twice(pending: PendingRows) -> None:
    pending.mark([a_change(version=2), a_change(version=5), a_change(version=3)])

    assert the_row(pending).version == 5


def test_a_burst_of_sales_of_one_product_is_one_row_with_the_newest_version(
    pending: PendingRows,
) -> None:
    outcomes = race(
        [
            partial(
                pending.mark,
                [a_change(version=first + step, order=first) for step in range(0, 40, 8)],
            )
            for first in range(8)
        ]
    )

    assert outcomes == [None] * 8
    (row,) = pending.due(STORE, Lane.CONTENT, NOW, 10)
    assert row.version == 39


def test_a_mark_that_races_a_clear_is_never_lost(pending: PendingRows) -> None:
    for version in range(2, 42):
        pending.mark([a_change(version=1)])
        read = the_row(pending)
        outcomes = race(
            [
                partial(pending.clear, [read]),
                partial(pending.mark, [a_change(version=version, force=version % 2 == 0)]),
            ]
        )

        assert outcomes == [None, None]
        row = the_row(pending)
        assert row.version == version, "the mark was lost"
        pending.clear([row])


def test_two_drains_that_clear_what_they_read_leave_every_newer_mark(pending: PendingRows) -> None:
    products = [PosProductId(f"p-{number}") for number in range(20)]
    pending.mark([a_change(product, version=1) for product in products])
    read = pending.due(STORE, Lane.CONTENT, NOW, 100)
    newer = products[::2]
    race(
        [
            lambda: pending.clear(read),
            lambda: pending.clear(read),
            lambda: pending.mark([a_change(product, version=2) for product in newer]),
        ]
    )

    left = Counter(row.product for row in pending.due(STORE, Lane.CONTENT, NOW, 100))
    assert set(newer) <= set(left)
    assert not set(left) & (set(products) - set(newer))


def test_no_interleaving_of_marks_and_drains_loses_a_mark(pending: PendingRows) -> None:
    run_state_machine_as_test(
        drains_of(pending),
        settings=settings(max_examples=examples(15), stateful_step_count=20),
    )
