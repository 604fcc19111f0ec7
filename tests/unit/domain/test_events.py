"""Which lanes an event goes to, and which rows it marks."""

from itertools import count

import pytest

from tests.builders import STORE
from tillbridge.domain.events import Event, changes, received
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import (
    ASKED_LIMIT,
    CONTENT_TRIGGERS,
    POS_TRIGGERS,
    PUSH_REQUESTED,
    STOCK_CHANGED,
    STOCK_TRIGGERS,
    Lane,
    lanes_for,
)


def an_event(trigger: str, products: int = 1, *, total: int = 0, offset: int = 0) -> Event:
    named = tuple((PosProductId(f"p-{n}"), n + 7) for n in range(products))
    return Event("e-1", STORE, trigger, 1_000, named, total, offset)


def test_there_are_nine_triggers_and_one_of_a_pos_that_does_not_say_why() -> None:
    assert len(POS_TRIGGERS - {STOCK_CHANGED}) == 9
    assert STOCK_CHANGED in STOCK_TRIGGERS
    assert not STOCK_TRIGGERS & CONTENT_TRIGGERS


@pytest.mark.parametrize("trigger", sorted(STOCK_TRIGGERS))
def test_a_stock_trigger_writes_stock_at_once_and_then_the_content(trigger: str) -> None:
    assert lanes_for(trigger, 1) == (Lane.STOCK, Lane.CONTENT)


@pytest.mark.parametrize("trigger", sorted(CONTENT_TRIGGERS))
def test_a_content_trigger_over_the_limit_goes_in_bulk(trigger: str) -> None:
    assert lanes_for(trigger, ASKED_LIMIT) == (Lane.CONTENT,)
    assert lanes_for(trigger, ASKED_LIMIT + 1) == (Lane.BULK,)


def test_a_persons_request_goes_first_unless_it_is_large() -> None:
    assert lanes_for(PUSH_REQUESTED, ASKED_LIMIT) == (Lane.ASKED,)
    assert lanes_for(PUSH_REQUESTED, ASKED_LIMIT + 1) == (Lane.BULK,)


def test_an_unknown_trigger_is_a_bug_and_says_so() -> None:
    with pytest.raises(ValueError, match=r"'product\.sneezed' is not a trigger"):
        lanes_for("product.sneezed", 1)


def test_a_part_of_a_large_request_goes_where_the_whole_goes() -> None:
    part = an_event(PUSH_REQUESTED, products=100, total=5_000)
    assert {change.lane for change in changes(part, count(70))} == {Lane.BULK}


def test_what_a_person_asked_for_is_forced_and_keeps_the_order_of_arrival() -> None:
    asked = changes(an_event(PUSH_REQUESTED, products=3, total=150, offset=100), count(70))
    assert [change.order for change in asked] == [70, 71, 72]
    assert all(change.force and change.manual for change in asked)


def test_what_the_pos_says_forces_nothing_and_goes_as_it_arrives() -> None:
    told = changes(an_event("product.saved", products=2), count(70))
    assert [(c.version, c.order) for c in told] == [(7, 70), (8, 71)]
    assert not any(change.force or change.manual for change in told)


def test_every_product_of_a_sale_gets_a_row_in_both_lanes() -> None:
    told = changes(an_event("sale.completed", products=3), count(70))
    assert len(told) == 6
    assert {change.queued_ms for change in told} == {1_000}


@pytest.mark.parametrize(
    ("ago_ms", "told"),
    [(0, True), (86_400_000, True), (-1, False), (-(10**15), False), (10**14, False)],
)
def test_an_event_measures_no_delay_from_a_time_that_cannot_be(ago_ms: int, told: bool) -> None:
    now = 1_795_262_400_000
    event = Event("e" * 16, STORE, "sale.completed", now - ago_ms, ())
    assert received(event, now).occurred_ms == (now - ago_ms if told else now)


def test_what_comes_from_the_archive_occurred_when_it_came() -> None:
    assert received(Event("e" * 16, STORE, "sale.completed", -1, ()), 5_000).occurred_ms == 5_000
