"""Where a poll reads on, what it reads again, and when it stops."""

from decimal import Decimal

import pytest

from tests.poll_world import KEY, STORES, PollWorld, settled
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention, PosDown, PosRefused, RetryLater
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.poll_times import gap_ms
from tillbridge.domain.polling import Cursor, Cursors
from tillbridge.domain.pos_trouble import PosTrouble
from tillbridge.domain.run import GOES_ON
from tillbridge.usecases.poll_pos.accounts_due import PollingDeps, start_polls
from tillbridge.usecases.poll_pos.changes import ASKED_BY_ID, MOST_COUNTED


def test_a_level_whose_product_is_made_between_the_two_calls_waits_for_it() -> None:
    world = settled("chair")
    hidden = world.vendor.save("table")
    world.vendor.hidden.add(hidden)  # the items answer before it is committed
    world.vendor.level("table", 4)
    world.poll()
    assert "table" not in world.families
    world.vendor.hidden.clear()
    world.vendor.save("table")
    world.poll()
    assert world.product("table").stock[0].on_hand == 4


def test_a_level_of_a_product_that_nobody_lists_is_asked_for_by_id_and_then_left_out() -> None:
    world = settled("chair")
    world.vendor.level("ghost", 4)
    records = [world.poll() for _ in range(3)]
    assert [each.dropped for each in records] == [0, 0, 1]
    assert world.vendor.calls.count("item") == 1
    for _ in range(6):  # an overlap meets it again
        assert world.poll().dropped == 0
    assert world.state.unplaced == {}


def test_a_level_whose_product_is_found_by_id_only_is_kept() -> None:
    world = settled("chair")
    world.vendor.hidden.add(world.vendor.save("table"))
    world.vendor.level("table", 4)
    for _ in range(3):
        world.poll()
    assert world.product("table").stock[0].on_hand == 4


def test_a_change_that_is_committed_late_is_found_by_the_overlap() -> None:
    world = settled("chair", "table")
    late = world.vendor.save("chair", price=Decimal(9))
    world.vendor.hidden.add(late)
    world.vendor.save("table", price=Decimal(8))
    world.poll()
    world.vendor.hidden.clear()
    for _ in range(5):
        world.poll()
    assert world.product("chair").price == 9
    assert ("product.saved", "chair") in world.told()


def test_a_vendor_that_caps_its_pages_is_read_on() -> None:
    world = settled("chair")
    world.vendor.page = 3
    for number in range(10):
        world.vendor.save(f"p-{number}")
    world.poll()
    assert len(world.families) == 11


def test_a_feed_that_ends_below_the_cursor_for_a_moment_is_no_trouble() -> None:
    world = settled("chair", "table")
    newest = max(each.version for each in world.vendor.rows.values())
    world.vendor.hidden.add(newest)
    while not world.state.short_ms:
        world.poll()
    world.vendor.hidden.clear()
    assert world.poll().trouble == ""
    assert world.state.short_ms == 0


def test_a_feed_that_ends_below_the_cursor_twice_has_gone_back() -> None:
    world = settled("chair", "table")
    world.vendor.rows.pop(max(world.vendor.rows, key=lambda row: world.vendor.rows[row].version))
    records = [world.poll() for _ in range(5)]
    assert AttentionCode.POS_WENT_BACK in [each.trouble for each in records]
    assert "reconcile --adopt" in world.state.words
    world.accounts.told.clear()  # a store that was connected since is told, too
    calls = len(world.vendor.calls)
    world.vendor.save("chair")  # it counts on, and is no better for it
    assert world.poll().trouble == AttentionCode.POS_WENT_BACK
    assert len(world.vendor.calls) == calls
    assert {each.code for each in world.accounts.told.values() if each} == {"pos_went_back"}
    assert set(world.accounts.told) == set(STORES)


def test_a_store_that_was_not_told_that_its_pos_is_well_again_is_told_by_the_next_poll(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = settled("chair")

    def refuse(name: str) -> None:
        raise NeedsAttention(AttentionCode.POS_TOKEN_DEAD, "Make a new token.")

    world.vendor.before = refuse
    world.poll()
    world.vendor.before = lambda _: None

    def busy(*_: object) -> None:
        raise RetryLater("The table is busy.")

    with monkeypatch.context() as patch:
        patch.setattr(world.accounts, "tell", busy)
        assert "busy" in world.poll().waits
    world.poll()
    assert world.accounts.told == dict.fromkeys(STORES)


def test_a_pos_that_is_adopted_is_read_whole_in_its_new_epoch() -> None:
    world = settled("chair", "table")
    minted = world.mirror.newest(KEY)
    world.vendor.version = 0  # restored from a backup, it counts again
    world.vendor.rows.clear()
    world.vendor.save("chair", price=Decimal(5))
    while world.poll().trouble != AttentionCode.POS_WENT_BACK:
        pass
    world.forget()
    world.runs.sent.clear()
    world.adopt()
    world.poll()
    world.poll()
    assert world.state.trouble == ""
    assert world.product("chair").price == 5
    assert world.product("chair").version > minted
    assert world.product("table").deleted  # the restored POS does not have it
    assert set(world.signals.signalled) == {"north", "south"}
    assert ("product.saved", "chair") in world.told()
    assert world.runs.sent == [(store, GOES_ON) for store in STORES], "they waited for it"
    for _ in range(6):
        world.poll()
    assert len(world.runs.sent) == len(STORES)


def test_a_source_that_fails_keeps_what_was_read_and_the_mark() -> None:
    world = settled("chair", "table", levels=["chair"])
    world.vendor.level("chair", 8)
    world.pokes.poke(KEY)

    def down(call: str) -> None:
        if call == "items":
            raise PosDown("The POS is out of reach.", 30)

    world.vendor.before = down
    record = world.poll()
    assert record.waits == "The POS is out of reach."
    assert world.told() == [("stock.changed", "chair")]
    assert world.pokes.marked(KEY) is not None
    assert world.accounts.notes[KEY].not_before_ms == world.clock.now + 30_000
    world.vendor.before = lambda _: None
    world.poll()
    assert world.pokes.marked(KEY) is None


def test_nobody_calls_a_pos_that_wants_to_be_left_alone() -> None:
    world = settled("chair")

    def throttled(call: str) -> None:
        raise PosDown("The quota is used up.", 300)

    world.vendor.before = throttled
    world.poll()
    world.vendor.before = lambda _: None
    world.pokes.poke(KEY)
    assert world.poll().spent
    assert world.vendor.calls == []


@pytest.mark.parametrize("call", ["levels", "items"])
def test_a_refused_token_is_trouble_in_words_until_a_poll_succeeds(call: str) -> None:
    world = settled("chair")

    def refuse(name: str) -> None:
        if name == call:
            raise NeedsAttention(AttentionCode.POS_TOKEN_DEAD, "Make a new token.")

    world.vendor.before = refuse
    assert world.poll().trouble == AttentionCode.POS_TOKEN_DEAD
    assert (world.state.words, world.signals.signalled) == ("Make a new token.", [])
    assert world.accounts.notes[KEY].trouble == AttentionCode.POS_TOKEN_DEAD
    trouble = PosTrouble(KEY, AttentionCode.POS_TOKEN_DEAD, "Make a new token.")
    assert world.accounts.told == dict.fromkeys(STORES, trouble)
    world.vendor.before = lambda _: None
    assert world.poll().trouble == ""
    assert world.accounts.told == dict.fromkeys(STORES)
    assert world.state.trouble == world.accounts.notes[KEY].trouble == ""
    assert world.signals.signalled == ["north", "south"]


def test_a_signal_that_nobody_waits_for_costs_no_call() -> None:
    world = settled("chair")
    world.clock.advance(-30)
    assert world.poll().spent
    assert world.vendor.calls == []


def test_pokes_close_together_are_one_poll_after_a_gap() -> None:
    world = settled("chair")
    world.clock.advance(-59)
    world.pokes.poke(KEY)
    world.poll()
    assert world.clock.slept == [3.286], "of the 4.286 s that 350 calls in five minutes allow"
    assert world.vendor.calls == ["levels", "items"]


def test_a_poke_during_a_poll_is_not_cleared_by_it() -> None:
    world = settled("chair")
    world.pokes.poke(KEY)
    world.vendor.before = lambda _: world.pokes.poke(KEY)
    world.poll()
    assert world.pokes.marked(KEY) is not None


def test_cursors_rise_to_the_newest_rows() -> None:
    world = settled("chair", levels=["chair"])
    assert world.state.cursors == Cursors(Cursor(2), Cursor(1))


def test_an_account_that_is_not_there_is_left_alone() -> None:
    world = PollWorld()
    world.accounts.accounts.clear()
    assert world.poll().spent


def test_any_number_of_levels_that_nobody_lists_holds_the_cursor_up_for_a_while_only() -> None:
    world = settled("chair")
    ghosts = 4 * ASKED_BY_ID + 5
    for outlet in ("o-1", "o-2"):
        for number in range(ghosts):
            world.vendor.level(f"ghost-{number}", 4, outlet)
    dropped = sum(world.poll().dropped for _ in range(9))
    assert dropped == world.vendor.calls.count("item") == ghosts
    assert world.state.cursors.levels == world.vendor.version
    world.poll()
    assert world.state.unplaced == {}


def test_as_many_members_are_counted_as_the_row_of_the_state_holds() -> None:
    world = settled("chair")
    lowest = world.vendor.level("ghost", 1)
    for number in range(MOST_COUNTED + 50):
        world.vendor.level(f"ghost-{number}", 4)
    world.poll()
    assert len(world.state.unplaced) == MOST_COUNTED
    assert world.state.cursors.levels == lowest - 1, "the others wait, too"


def test_a_product_that_the_pos_refuses_to_show_holds_up_no_other() -> None:
    world = settled("chair", "table")
    world.vendor.level("ghost", 4)
    world.vendor.level("chair", 7)

    def refuses(call: str) -> None:
        if call == "item":
            raise PosRefused("The POS refuses to be read.")

    world.vendor.before = refuses
    records = [world.poll() for _ in range(3)]
    assert [each.waits for each in records] == ["", "", ""]
    assert world.product("chair").stock[0].on_hand == 7
    assert world.state.cursors.levels == world.vendor.version


def test_a_clock_that_was_put_back_stretches_no_wait() -> None:
    world = settled("chair")
    world.clock.advance(-7_200)
    world.pokes.poke(KEY)
    before = world.clock.now
    world.poll()
    assert world.clock.now - before <= 60_000 + gap_ms(350)


def test_an_account_whose_row_was_restored_from_before_it_was_adopted_says_so() -> None:
    world = settled("chair")
    before = world.accounts.accounts[KEY]
    world.adopt()
    world.poll()
    world.accounts.accounts[KEY] = before
    world.forget()
    world.vendor.save("chair", price=Decimal(9))
    assert world.poll().trouble == AttentionCode.POS_WENT_BACK
    assert world.vendor.calls == [], "what it tells would be refused as older, without a word"
    with pytest.raises(NeedsAttention, match="--adopt"):
        world.mirror.products(KEY, [PosProductId("chair")])
    for _ in range(2):  # once to the epoch that was, and once beyond
        world.adopt()
    world.poll()
    assert world.product("chair").price == 9


def test_nobody_calls_an_account_whose_last_store_was_removed_until_it_has_one_again() -> None:
    world = settled("chair")
    world.accounts.stores[KEY] = []
    world.vendor.save("chair", price=Decimal(9))
    world.pokes.poke(KEY)
    assert world.poll().spent
    assert (world.vendor.calls, world.pokes.marked(KEY)) == ([], None)
    note = world.accounts.notes[KEY]
    assert (note.good_ms, note.trouble) == (0, ""), "it is neither late nor in trouble"
    polling = start_polls(PollingDeps(world.accounts, world.pokes, world.clock))
    assert (polling.signalled, polling.good_ms) == (0, None)

    world.accounts.stores[KEY] = [STORES[1]]
    world.pokes.poke(KEY)
    world.poll()
    assert [(each.store, each.type) for each in world.bus.told] == [(STORES[1], "product.saved")]


def test_an_account_that_never_had_a_store_is_read_for_those_to_come() -> None:
    world = PollWorld()
    del world.accounts.stores[KEY]
    world.vendor.save("chair")
    assert world.poll().walked
