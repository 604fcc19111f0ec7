"""An account is read whole at first and nightly, in slices; what is gone then becomes a tombstone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.poll_world import KEY, PollWorld, settled
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import PosRefused
from tillbridge.domain.families.parts import ItemPart
from tillbridge.domain.ids import MemberId, PosAccountKey
from tillbridge.domain.poll_times import DAY_MS, WALKS_WITHIN_MS, is_walk_due
from tillbridge.usecases.poll_pos.changes import ASKED_BY_ID
from tillbridge.usecases.poll_pos.whole_walk import MISSED_AT_ONCE


def test_the_first_poll_reads_everything_and_tells_it_at_the_end() -> None:
    world = PollWorld()
    world.vendor.page = 2
    for number in range(7):
        world.vendor.save(f"p-{number}")
        world.vendor.level(f"p-{number}", number)
    record = world.poll()
    assert record.walked
    assert sorted(world.told()) == [("product.saved", f"p-{number}") for number in range(7)]
    assert world.product("p-3").stock[0].on_hand == 3
    world.forget()
    world.poll()
    assert world.vendor.calls == ["levels", "items"]


def test_tombstones_of_products_that_nobody_knew_are_no_news() -> None:
    world = PollWorld()
    world.vendor.save("old")
    world.vendor.delete("old")
    world.vendor.save("chair")
    world.poll()
    assert world.told() == [("product.saved", "chair")]


def test_a_walk_goes_on_by_itself_in_the_next_slice() -> None:
    world = PollWorld()
    world.vendor.page = 1
    for number in range(30):
        world.vendor.save(f"p-{number}")
    world.vendor.before = lambda _: world.clock.advance(5)
    first = world.poll()
    assert (first.goes_on, first.walked) == (True, False)
    assert world.pokes.signalled == [KEY]
    assert world.bus.told == []
    slices = 1
    while not world.poll().walked:
        slices += 1
        assert slices < 20
    assert len(world.families) == 30


def test_a_walk_leaves_half_of_the_quota_to_others() -> None:
    world = PollWorld()
    world.vendor.page = 1
    for number in range(30):
        world.vendor.save(f"p-{number}")
    world.vendor.left = Decimal("0.49")
    record = world.poll()
    assert (record.walked, record.goes_on, world.vendor.calls) == (False, False, ["outlets"])
    assert world.accounts.notes[KEY].due_ms <= world.clock.now + 60_000


def test_a_product_made_while_the_first_walk_reads_levels_is_found_by_id() -> None:
    world = PollWorld()
    world.vendor.save("chair")

    def made(call: str) -> None:
        if call == "levels" and "table" not in world.vendor.rows:
            world.vendor.save("table")
            world.vendor.level("table", 4)

    world.vendor.before = made
    world.poll()
    assert world.product("table").stock[0].on_hand == 4


def test_what_the_nightly_walk_does_not_list_is_asked_for_by_id_before_it_is_a_tombstone() -> None:
    world = settled("chair", "table", "lamp")
    del world.vendor.rows[MemberId("chair")]
    world.vendor.hidden.add(world.vendor.rows[MemberId("table")].version)
    world.clock.advance(2 * 86_400)
    record = world.poll()
    assert (record.walked, record.gone) == (True, 1)
    assert world.vendor.calls.count("item") == 2
    assert world.product("chair").deleted
    assert not world.product("table").deleted
    assert ("product.saved", "chair") in world.told()


def test_what_comes_back_after_a_tombstone_of_ours_lives_again() -> None:
    world = settled("chair", "lamp")
    del world.vendor.rows[MemberId("chair")]
    world.clock.advance(2 * 86_400)
    world.poll()
    assert world.product("chair").deleted
    world.vendor.save("chair")
    world.poll()
    assert not world.product("chair").deleted


def test_a_walk_tombstones_nothing_before_it_saw_an_end() -> None:
    world = settled("chair", "table")
    del world.vendor.rows[MemberId("chair")]
    world.vendor.before = lambda _: world.clock.advance(30)  # a slice is two calls
    world.clock.advance(2 * 86_400)
    world.poll()
    assert not world.product("chair").deleted


def test_each_account_is_walked_once_a_night_at_its_own_time() -> None:
    midnight = 1_795_219_200_000
    accounts = [PosAccountKey(f"lightspeed-{number}") for number in range(300)]
    last_night = midnight - DAY_MS + WALKS_WITHIN_MS
    due = [
        sum(is_walk_due(a, last_night, midnight + hour * 3_600_000) for a in accounts)
        for hour in range(8)
    ]
    assert due[0] == 0
    assert 20 < due[1] < 100
    assert due[6] == due[7] == 300


def test_many_products_made_while_the_first_walk_reads_levels_lose_no_level() -> None:
    world = PollWorld()
    world.vendor.save("chair")
    made = [f"made-{number}" for number in range(ASKED_BY_ID + 10)]

    def imported(call: str) -> None:
        if call == "levels" and made[0] not in world.vendor.rows:
            for each in made:
                world.vendor.save(each)
                world.vendor.level(each, 4)

    world.vendor.before = imported
    world.poll()
    world.poll()
    assert [world.product(each).stock[0].on_hand for each in made] == [4] * len(made)


def test_a_list_that_ends_before_what_was_read_before_is_no_end_of_a_walk() -> None:
    world = settled("chair", "table", "lamp")
    world.clock.advance(2 * 86_400)

    def cut(call: str) -> None:
        if world.state.walk is not None and call == "items":
            world.vendor.hidden = {row.version for row in world.vendor.rows.values()}

    world.vendor.before = cut
    record = world.poll()
    assert record.waits.startswith("The POS's list ends before")
    assert "item" not in world.vendor.calls
    world.vendor.before, world.vendor.hidden = lambda _: None, set()
    assert world.poll().walked
    assert world.told() == []


def test_a_walk_stops_at_its_share_of_the_quota_within_a_slice() -> None:
    world = PollWorld()
    world.vendor.page = 1
    for number in range(30):
        world.vendor.save(f"p-{number}")
    world.vendor.left = Decimal("0.55")

    def spends(_: str) -> None:
        world.vendor.left = (world.vendor.left or Decimal(0)) - Decimal("0.01")

    world.vendor.before = spends
    world.poll()
    assert world.vendor.left == Decimal("0.49")


def test_looking_for_missed_products_leaves_the_quota_to_others() -> None:
    world = settled(*(f"p-{number}" for number in range(3 * MISSED_AT_ONCE)))
    for number in range(3 * MISSED_AT_ONCE - 1):
        del world.vendor.rows[MemberId(f"p-{number}")]

    def spends(call: str) -> None:
        if call == "item":
            world.vendor.left = Decimal("0.3")

    world.vendor.before = spends
    world.clock.advance(2 * 86_400)
    record = world.poll()
    assert (record.walked, world.vendor.calls.count("item")) == (False, MISSED_AT_ONCE)


def test_a_product_that_the_pos_refuses_to_show_is_not_gone() -> None:
    world = settled("chair", "lamp")
    del world.vendor.rows[MemberId("chair")]

    def refuses(call: str) -> None:
        if call == "item":
            raise PosRefused("The POS refuses to be read.")

    world.vendor.before = refuses
    world.clock.advance(2 * 86_400)
    assert world.poll().walked
    assert not world.product("chair").deleted


def test_the_very_next_version_after_a_tombstone_of_ours_lives() -> None:
    world = settled("lamp", "chair")
    del world.vendor.rows[MemberId("chair")]
    world.vendor.save("lamp")  # or the list would end before what was read
    world.vendor.version -= 1
    world.vendor.rows[MemberId("lamp")] = replace(
        world.vendor.rows[MemberId("lamp")], version=world.vendor.version
    )
    world.clock.advance(2 * 86_400)
    assert world.poll().gone == 1
    world.vendor.save("chair")
    world.poll()
    assert not world.product("chair").deleted


@pytest.mark.parametrize("kind", ["rows", "levels"])
@pytest.mark.parametrize("shop", [12, 40])
def test_what_is_committed_late_during_the_first_walk_is_found_by_the_polls_behind_it(
    kind: str, shop: int
) -> None:
    world = PollWorld()
    world.vendor.page = 10
    for number in range(shop):
        world.vendor.save(f"p-{number}", price=Decimal(1))
        world.vendor.level(f"p-{number}", 1)
    late = (
        world.vendor.save("p-1", price=Decimal(9))
        if kind == "rows"
        else world.vendor.level("p-1", 9)
    )
    world.vendor.hidden.add(late)
    world.vendor.save("p-2", price=Decimal(8))
    world.vendor.level("p-2", 8)
    assert world.poll().walked
    world.forget()
    for _ in range(4):
        world.poll()
    world.vendor.hidden.clear()
    for _ in range(6):
        world.poll()
    product = world.product("p-1")
    assert (product.price == 9, product.stock[0].on_hand == 9) == (kind == "rows", kind != "rows")
    assert {name for _, name in world.told()} == {"p-1"}
    assert len(world.vendor.calls) <= 20 + 10, "an idle poll is two calls"


def test_the_polls_behind_a_first_walk_of_many_slices_do_not_read_it_again() -> None:
    world = PollWorld()
    world.vendor.page = 1
    for number in range(30):
        world.vendor.save(f"p-{number}")
    world.vendor.before = lambda _: world.clock.advance(5)
    while not world.poll().walked:
        pass
    world.vendor.before = lambda _: None
    for _ in range(12):
        world.forget()
        world.poll()
        assert len(world.vendor.calls) <= 6


def test_the_notes_of_a_walk_that_was_cut_off_are_deleted_by_the_next() -> None:
    world = PollWorld()
    world.vendor.page = 1
    for number in range(30):
        world.vendor.save(f"p-{number}")
    world.vendor.before = lambda _: world.clock.advance(5)
    world.poll()
    cut_off = world.mirror.notes(KEY)
    assert cut_off
    world.adopt()
    while not world.poll().walked:
        assert cut_off.isdisjoint(world.mirror.notes(KEY))
    assert world.mirror.notes(KEY) == frozenset()


def _one_row_went_back() -> tuple[PollWorld, ItemPart]:
    """Return a world in which a row is older than what is known of it, and another above the cursor, so that no feed ends
    below it; and the row as it was."""
    world = settled("chair")
    before = world.vendor.rows[MemberId("chair")]
    world.vendor.save("chair", price=Decimal(9))
    world.poll()
    newest = world.vendor.rows[MemberId("chair")]
    world.vendor.save("table")
    world.poll()
    world.vendor.rows[MemberId("chair")] = before
    world.clock.advance(DAY_MS / 1_000)
    return world, newest


def test_a_record_that_stays_older_than_it_was_shows_that_the_pos_went_back() -> None:
    world, _ = _one_row_went_back()
    first = world.poll()
    assert "as they were before" in first.waits
    assert not first.walked
    assert world.poll().trouble == AttentionCode.POS_WENT_BACK


def test_a_record_that_is_older_for_a_moment_is_read_again_and_no_trouble() -> None:
    world, newest = _one_row_went_back()
    assert world.poll().waits
    world.vendor.rows[MemberId("chair")] = newest
    record = world.poll()
    assert (record.walked, record.trouble) == (True, "")
    assert world.state.older_ms == 0
    assert world.product("chair").price == 9


def test_a_level_that_stays_older_shows_it_too() -> None:
    world = settled("chair", levels=["chair"])
    key = MemberId("chair"), "o-1"
    before = world.vendor.stock[key]
    world.vendor.level("chair", 9)
    world.poll()
    world.vendor.level("chair", 1, "o-2")
    world.poll()
    world.vendor.stock[key] = before
    world.clock.advance(DAY_MS / 1_000)
    while not (record := world.poll()).trouble:
        assert not record.walked
    assert record.trouble == AttentionCode.POS_WENT_BACK
