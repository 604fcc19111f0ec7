"""A poll has the POS call here, once a day and after it was connected; and webhooks that come let polls be rare."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.poll_world import KEY, PollWorld, settled
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention, PosDown, Refused, TillbridgeError
from tillbridge.domain.hooks.pos_access import PosDoor, PosHookKeys
from tillbridge.domain.poll_times import DAY_MS, EVERY_HOOKED_MS, EVERY_MS, SLACK_MS, gap_ms
from tillbridge.domain.polling import PosHookCare
from tillbridge.domain.pos_account import PosKind
from tillbridge.usecases.poll_pos.poll_account import poll_account

BASE = "https://hooks.example"
FIRST, SECOND = "1" * 22, "2" * 22
BOTH = ("product.update", "inventory.update")


def connected(path: str, world: PollWorld, *, earlier: str = "") -> None:
    """Have the account connected with these path keys."""
    world.hook_secrets.kept[KEY] = PosHookKeys((path, *([earlier] if earlier else [])))
    account = world.accounts.accounts[KEY]
    world.accounts.accounts[KEY] = replace(account, facts={**account.facts, "hooks": path})


@pytest.fixture
def world() -> PollWorld:
    world = settled("chair")
    world.address = BASE
    connected(FIRST, world)
    return world


def subscribed(world: PollWorld) -> set[tuple[str, str]]:
    return {(hook.topic, hook.address.rpartition("/")[2]) for hook in world.hooks.hooks}


def test_a_poll_subscribes_and_has_the_path_lead_to_the_account(world: PollWorld) -> None:
    world.poll()
    assert subscribed(world) == {(topic, FIRST) for topic in BOTH}
    assert world.doors.find(FIRST) == PosDoor(KEY, PosKind.LIGHTSPEED_X)
    assert world.state.hooks.topics == BOTH
    assert world.hooks.calls == ["all", "create", "create"]


def test_it_looks_once_a_day_and_mends(world: PollWorld) -> None:
    world.poll()
    world.hooks.calls.clear()
    del world.hooks.hooks[0]
    for _ in range(3):
        world.poll()
    assert world.hooks.calls == []
    world.clock.advance(DAY_MS // 1_000)
    world.poll()
    assert world.hooks.calls == ["all", "create"]


def test_the_poll_after_a_new_connection_moves_them_at_once(world: PollWorld) -> None:
    world.poll()
    connected(SECOND, world, earlier=FIRST)
    world.poll()
    assert subscribed(world) == {(topic, SECOND) for topic in BOTH}
    assert {FIRST, SECOND} <= world.doors.doors.keys()


def test_another_public_address_moves_them_too(world: PollWorld) -> None:
    world.poll()
    world.address = "https://new.example"
    world.poll()
    assert {hook.address.partition("/hooks")[0] for hook in world.hooks.hooks} == {world.address}


def test_a_store_that_comes_back_to_an_account_has_its_webhooks_made_anew_at_once(
    world: PollWorld,
) -> None:
    world.poll()
    stores, world.accounts.stores[KEY] = world.accounts.stores[KEY], []
    world.hooks.hooks.clear()  # they went with the last store
    world.hooks.calls.clear()
    world.clock.advance(3_600)
    world.poll()
    assert (world.hooks.calls, world.state.hooks) == ([], PosHookCare())
    world.accounts.stores[KEY] = stores
    world.pokes.poke(KEY)
    world.poll()
    assert subscribed(world) == {(topic, FIRST) for topic in BOTH}


def test_without_a_public_address_nothing_is_asked(world: PollWorld) -> None:
    world.address = ""
    world.poll()
    assert (world.hooks.calls, world.state.hooks) == ([], PosHookCare())


def test_webhooks_that_are_no_longer_subscribed_to_let_no_poll_be_rare(world: PollWorld) -> None:
    world.poll()
    world.pokes.poke(KEY, hooked_ms=world.clock.now_ms())
    world.hook_secrets.kept.clear()
    connected_anew = replace(world.accounts.accounts[KEY], facts={"hooks": "other"})
    world.accounts.accounts[KEY] = connected_anew
    world.poll()
    assert due_in(world) == EVERY_MS


@pytest.mark.parametrize(
    "trouble",
    [
        NeedsAttention(AttentionCode.POS_SCOPE_MISSING, "It lacks the scope webhooks."),
        Refused(422, "No such address."),
        PosDown("Out of reach."),
    ],
)
def test_trouble_with_webhooks_is_told_and_stops_no_poll(
    world: PollWorld, trouble: TillbridgeError
) -> None:
    def refuse(_: str) -> None:
        raise trouble

    world.hooks.before = refuse
    world.vendor.save("table")
    record = world.poll()
    assert (record.trouble, record.waits) == ("", "")
    assert "table" in world.families
    assert world.state.hooks.trouble == str(trouble)
    world.hooks.before = lambda _: None
    world.poll()
    assert not world.state.hooks.topics, "not before an hour"
    world.clock.advance(3_600)
    world.poll()
    assert world.state.hooks.topics == BOTH


def test_keys_that_are_gone_are_said(world: PollWorld) -> None:
    world.hook_secrets.kept.clear()
    world.poll()
    assert "connect it again" in world.state.hooks.trouble


def test_a_dead_token_is_the_accounts_trouble(world: PollWorld) -> None:
    def refuse(_: str) -> None:
        raise NeedsAttention(AttentionCode.POS_TOKEN_DEAD, "The token is dead.")

    world.hooks.before = refuse
    assert world.poll().trouble == AttentionCode.POS_TOKEN_DEAD


def due_in(world: PollWorld) -> int:
    return world.accounts.notes[KEY].due_ms - world.clock.now_ms() + SLACK_MS


def test_webhooks_that_come_make_polls_rare_and_a_day_without_any_frequent_again(
    world: PollWorld,
) -> None:
    world.poll()
    assert due_in(world) == EVERY_MS
    world.pokes.poke(KEY, hooked_ms=world.clock.now_ms())
    came = world.clock.now_ms()
    world.poll()
    assert (world.state.hooked_ms, due_in(world)) == (came, EVERY_HOOKED_MS)
    world.clock.advance(DAY_MS // 1_000)
    world.poll()
    assert due_in(world) == EVERY_MS


def test_a_poke_for_which_no_quota_is_left_is_served_by_the_poll_of_the_next_minute(
    world: PollWorld,
) -> None:
    world.vendor.left = Decimal("0.39")
    world.pokes.poke(KEY, hooked_ms=world.clock.now_ms())
    world.poll()
    world.vendor.save("table")
    world.pokes.poke(KEY, hooked_ms=world.clock.now_ms())
    world.clock.advance(10)
    assert poll_account(KEY, world.deps()).spent
    assert due_in(world) <= EVERY_MS
    world.poll()
    assert "table" in world.families


def test_a_flood_of_webhooks_is_a_poll_per_least_gap(world: PollWorld) -> None:
    account = world.accounts.accounts[KEY]
    world.accounts.accounts[KEY] = replace(account, facts={**account.facts, "quota": "350"})
    world.poll()
    world.forget()
    began = world.clock.now_ms()
    for _ in range(50):  # whenever a poll began, the next webhook is there
        world.pokes.poke(KEY, hooked_ms=began)
        poll_account(KEY, world.deps())
    taken = world.clock.now_ms() - began
    polls = world.vendor.calls.count("levels")
    assert 1 < polls <= 1 + taken / gap_ms(350)


def test_many_webhooks_before_a_poll_are_one_poll(world: PollWorld) -> None:
    world.poll()
    world.forget()
    for _ in range(50):
        world.pokes.poke(KEY, hooked_ms=world.clock.now_ms())
    spent = [poll_account(KEY, world.deps()).spent for _ in range(50)]
    assert (spent.count(False), world.vendor.calls) == (1, ["levels", "items"])
