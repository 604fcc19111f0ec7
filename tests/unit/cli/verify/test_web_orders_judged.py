"""A web order is in the book, and the POS holds it booked once, or verify says what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cli.verify.order_model import PATIENCE_MS, Kept, Listed, OrderFinding, Shown
from cli.verify.orders import BROKEN, judge
from tests.unit.cli.verify.an_order import (
    LONG_AGO,
    MINUTE,
    NOW,
    SHIRT,
    kept,
    kept_line,
    listed,
    mugs,
    off,
    seen,
    shirts,
    shown,
)

CANCELLED = shown(status=5)
FREE_AGAIN = kept(kept_line(mugs(), 0), revision=2)


def said(
    by_store: Shown | None, by_book: Kept | None, *by_pos: Listed, mode: str = "pos", patience: int = PATIENCE_MS
) -> OrderFinding | None:  # fmt: skip
    return judge(seen(by_store, by_book, *by_pos), mode, NOW, patience)


def broken(
    by_store: Shown | None, by_book: Kept | None, *by_pos: Listed, mode: str = "pos"
) -> OrderFinding:
    found = said(by_store, by_book, *by_pos, mode=mode)
    assert found is not None
    assert found.kind in BROKEN, found
    assert found.words.startswith("Web order 1041: ")
    return found


def named(by_store: Shown | None, by_book: Kept | None, *by_pos: Listed, mode: str = "pos") -> OrderFinding:  # fmt: skip
    found = said(by_store, by_book, *by_pos, mode=mode)
    assert found is not None
    assert found.kind not in BROKEN, found
    return found


def test_an_order_that_is_booked_once_at_what_it_owes_is_right() -> None:
    assert said(shown(), kept(), listed(off(2))) is None


def test_an_order_that_the_book_does_not_have_is_missing() -> None:
    found = broken(shown(), None)
    assert found.kind == "not_counted"
    assert "owes 2 and Tillbridge does not count it" in found.words
    assert "`tillbridge orders take 1041`" in found.words
    assert broken(shown(), None, mode="ledger").kind == "not_counted"


def test_an_order_that_was_placed_a_moment_ago_may_not_be_read_yet() -> None:
    lately = shown(at_ms=NOW - MINUTE)
    assert named(lately, None).kind == "not_read_yet"
    at_rest = said(lately, None, patience=0)
    assert at_rest is not None
    assert at_rest.kind == "not_counted"


@pytest.mark.parametrize(
    "order",
    [
        shown(status=0),
        shown(status=5),
        shown(source="POS"),
        shown(mugs(physical=False)),
        shown(replace(mugs(), product=0)),
        shown(status=1, at_ms=NOW - 25 * 60 * MINUTE),
    ],
    ids=["never paid", "cancelled", "of a till", "digital", "a custom line", "pending too long"],
)
def test_an_order_that_owes_nothing_need_not_be_in_the_book(order: Shown) -> None:
    assert said(order, None) is None


def test_an_order_that_was_not_paid_yet_is_counted_and_not_booked() -> None:
    held = kept(state="held", revision=0)
    assert said(shown(status=1), held) is None
    assert broken(shown(status=1), None).kind == "not_counted"


@pytest.mark.parametrize("units", [0, 1, 2])
def test_an_order_that_was_booked_and_is_pending_again_may_stay_booked(units: int) -> None:
    assert said(shown(status=1), kept(), listed(off(units))) is None
    assert broken(shown(status=1), kept(), listed(off(3))).kind == "wrong_units"


def test_an_order_that_the_book_takes_for_booked_and_the_pos_does_not_have_is_missing_there() -> (
    None
):
    found = broken(shown(), kept())
    assert found.kind == "not_in_pos"
    assert "`tillbridge reconcile --adopt`" in found.words


def test_twice_the_units_are_a_second_booking() -> None:
    found = broken(shown(), kept(), listed(off(4)))
    assert found.kind == "booked_twice"
    assert (
        "taken off 4 of “Mug, blue” (SKU MUG), and it owes 2: it is booked 2 times" in found.words
    )


def test_two_names_of_one_order_are_a_second_booking() -> None:
    again = listed(off(2), name="bigcommerce:abc:01041")
    assert broken(shown(), kept(), listed(off(2)), again).kind == "booked_twice"


def test_too_few_units_are_wrong() -> None:
    found = broken(shown(), kept(), listed(off(1)))
    assert found.kind == "wrong_units"
    assert "taken off 1 of “Mug, blue” (SKU MUG), and it owes 2" in found.words


def test_too_many_units_are_wrong() -> None:
    assert broken(shown(), kept(), listed(off(3))).kind == "wrong_units"


def test_the_units_of_another_variant_are_wrong_though_the_sum_is_right() -> None:
    lines = shirts(1, 81, 1), shirts(2, 82, 2)
    book = kept(kept_line(lines[0], 1), kept_line(lines[1], 2))
    exact = listed(off(1, SHIRT, "v-s"), off(2, SHIRT, "v-l"))
    swapped = listed(off(2, SHIRT, "v-s"), off(1, SHIRT, "v-l"))
    assert said(shown(*lines), book, exact) is None
    assert broken(shown(*lines), book, swapped).kind in ("wrong_units", "booked_twice")


def test_a_pos_that_tells_only_the_sum_of_a_product_is_judged_by_the_sum() -> None:
    lines = shirts(1, 81, 1), shirts(2, 82, 2)
    book = kept(kept_line(lines[0], 1), kept_line(lines[1], 2))
    assert said(shown(*lines), book, listed(off(3, SHIRT))) is None
    assert broken(shown(*lines), book, listed(off(2, SHIRT))).kind == "wrong_units"


def test_lines_of_one_variant_count_together() -> None:
    """An order that was edited may have the same goods under a new line id."""
    book = kept(kept_line(mugs(), 0), kept_line(replace(mugs(), id=9), 2))
    edited = shown(replace(mugs(), id=9))
    assert said(edited, book, listed(off(2), off(0))) is None


def test_a_cancelled_order_may_not_stay_booked() -> None:
    found = broken(CANCELLED, FREE_AGAIN, listed(off(2), revision=2))
    assert found.kind == "still_booked"
    assert "owes nothing of “Mug, blue” (SKU MUG) any more, and 2 are still booked" in found.words


def test_a_cancelled_order_whose_booking_was_taken_back_is_right() -> None:
    assert said(CANCELLED, FREE_AGAIN, listed(off(0), revision=2)) is None


def test_what_was_shipped_stays_booked_when_the_order_is_cancelled() -> None:
    shipped = shown(mugs(shipped=1), status=5)
    book = kept(kept_line(mugs(), 1), revision=2)
    assert said(shipped, book, listed(off(1), revision=2)) is None
    assert broken(shipped, book, listed(off(0), revision=2)).kind == "wrong_units"


def test_an_order_that_changed_lately_may_still_be_on_its_way_to_the_pos() -> None:
    lately = shown(status=5, at_ms=NOW - MINUTE)
    assert named(lately, FREE_AGAIN, listed(off(2))).kind == "waiting"
    assert named(lately, kept(), listed(off(2))).kind == "not_read_yet"


def test_an_order_that_changed_long_ago_and_is_counted_as_before_is_wrong() -> None:
    found = broken(CANCELLED, kept(), listed(off(2)))
    assert found.kind == "not_as_shown"
    assert "owes 0 as BigCommerce shows it, and is counted with 2" in found.words


def test_a_day_that_has_just_passed_frees_a_pending_order_at_the_next_look() -> None:
    held = kept(state="held", revision=0)
    just = shown(status=1, at_ms=NOW - 24 * 60 * MINUTE - MINUTE)
    assert said(just, held) is None
    long_past = shown(status=1, at_ms=NOW - 25 * 60 * MINUTE)
    assert broken(long_past, held).kind == "not_as_shown"


@pytest.mark.parametrize("state", ["seen", "asked", "received", "waiting"])
def test_an_order_on_its_way_is_named_with_how_far_it_is_and_what_to_do(state: str) -> None:
    words = named(shown(), kept(state=state)).words
    assert words == "Web order 1041: Not booked. See that the POS answers."


def test_an_order_that_waits_for_too_long_is_overdue() -> None:
    assert named(shown(), kept(state="seen", late=True)).kind == "overdue"


def test_an_order_that_the_pos_refuses_is_named_with_its_reason() -> None:
    refused = kept(state="failed", says="the POS refuses it", remedy="The outlet is closed.")
    assert named(shown(), refused).words.endswith("The POS refuses it. The outlet is closed.")
    assert named(shown(), refused, mode="ledger").kind == "failed"


def test_a_line_that_is_not_linked_is_named() -> None:
    stranger = replace(mugs(), id=2, product=99, sku="VASE", name="Vase")
    book = kept(kept_line(mugs(), 2), kept_line(stranger, 2, holder=None))
    found = named(shown(mugs(), stranger), book, listed(off(2)))
    assert found.kind == "not_linked"
    assert "“Vase” (SKU VASE) is not linked" in found.words


def test_an_order_that_was_booked_by_hand_need_not_be_in_the_pos_under_its_name() -> None:
    by_hand = kept(state="by_hand", by_hand=True)
    assert said(shown(), by_hand) is None
    assert named(shown(), by_hand, listed(off(2))).kind == "by_hand_too"


def test_in_mode_ledger_nobody_asks_what_the_pos_holds() -> None:
    assert said(shown(), kept(state="seen"), mode="ledger") is None


def test_a_booking_of_an_order_that_nobody_knows_is_wrong() -> None:
    assert broken(None, None, listed(off(2))).kind == "unknown_order"
    assert broken(CANCELLED, None, listed(off(2))).kind == "still_booked"


def test_an_order_that_bigcommerce_does_not_list_is_judged_by_what_was_last_seen() -> None:
    """It is archived, or was placed before orders counted."""
    assert said(None, kept(settled=True), listed(off(2))) is None
    assert broken(None, kept(settled=True), listed(off(4))).kind == "booked_twice"


def test_another_revision_than_the_pos_was_told_is_wrong() -> None:
    older = broken(shown(), kept(revision=3), listed(off(2), revision=2))
    assert older.kind == "other_revision"
    assert "restored from a backup" in older.words
    newer = broken(shown(), kept(revision=3), listed(off(2), revision=4))
    assert "another installation" in newer.words


def test_what_is_kept_of_an_order_and_cannot_be_read_counts_for_nothing() -> None:
    assert broken(shown(), Kept(1041, readable=False)).kind == "unreadable"


def test_an_order_is_young_by_bigcommerces_change_and_by_ours() -> None:
    known_since = kept(changed_ms=NOW - MINUTE)
    assert LONG_AGO < NOW - PATIENCE_MS
    assert named(shown(), known_since).kind == "waiting"
