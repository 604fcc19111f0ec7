"""An account is read whole at first and nightly, in slices; what is gone then becomes a tombstone."""

from decimal import Decimal

from tests.poll_world import KEY, PollWorld, settled
from tillbridge.domain.ids import MemberId, PosAccountKey
from tillbridge.domain.poll_times import DAY_MS, WALKS_WITHIN_MS, is_walk_due


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
    assert (record.walked, record.goes_on, len(world.vendor.calls)) == (False, False, 0)
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
