"""A poll keeps its account's access alive, and says in words when only a person can."""

import pytest

from tests.fakes.pos_grants import DAY_MS
from tests.poll_world import KEY, STORES, PollWorld, settled
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention, PosDown
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.domain.problems import attention_for

HOUR_MS = 3_600_000


def let_in(*, left_ms: int = DAY_MS) -> PollWorld:
    """Return a world that was read whole by an app that a person let in."""
    world = settled("chair")
    ends = world.clock.now_ms() + left_ms
    world.grants.kept[KEY] = PosGrant("access-0", "refresh-0", ends, "app", "secret")
    return world


def refuse_until_renewed(world: PollWorld) -> None:
    """Have the vendor refuse every access token but a renewed one."""

    def before(_: str) -> None:
        if world.grants.kept[KEY].access_token == "access-0":
            raise attention_for(AttentionCode.POS_TOKEN_DEAD)

    world.vendor.before = before


def test_access_is_renewed_before_it_ends_and_the_poll_goes_on() -> None:
    world = let_in(left_ms=5 * HOUR_MS)
    world.vendor.save("table")
    world.poll()
    assert world.grants.kept[KEY].access_token == "access-1"
    assert "table" in world.families
    world.poll()
    assert world.access.asked == 1


def test_a_refused_token_is_renewed_within_the_poll_that_meets_it() -> None:
    world = let_in()
    refuse_until_renewed(world)
    world.vendor.save("table")
    record = world.poll()
    assert record.trouble == ""
    assert "table" in world.families
    assert ("product.saved", "table") in world.told()


def test_a_refused_token_that_a_person_made_needs_a_person() -> None:
    world = settled("chair")

    def before(_: str) -> None:
        raise attention_for(AttentionCode.POS_TOKEN_DEAD)

    world.vendor.before = before
    assert world.poll().trouble == "pos_token_dead"
    assert world.access.asked == 0


def test_a_dead_refresh_token_is_what_the_stores_read_until_the_pos_is_connected_again() -> None:
    world = let_in(left_ms=5 * HOUR_MS)
    world.access.live = "of nobody"
    for _ in range(3):
        assert world.poll().trouble == "pos_token_dead"
    assert world.access.asked == 1, "its token endpoint has a small limit"
    with pytest.raises(NeedsAttention, match="tillbridge pos connect"):
        world.mirror.products(KEY, [next(iter(world.families.values())).family.id])
    world.vendor.save("table")
    ends = world.clock.now_ms() + DAY_MS
    world.grants.kept[KEY] = PosGrant("new", "new-refresh", ends, "app", "secret")
    world.forget()
    assert world.poll().trouble == ""
    assert "table" in world.families
    assert set(world.signals.signalled) >= set(STORES), "what waited goes on"


def test_a_vendor_that_renews_nothing_just_now_stops_no_poll_while_the_old_token_lives() -> None:
    world = let_in(left_ms=5 * HOUR_MS)
    world.access.trouble = [PosDown("down")]
    world.vendor.save("table")
    record = world.poll()
    assert (record.trouble, record.waits) == ("", "")
    assert "table" in world.families


def test_without_any_living_token_the_poll_waits_and_nobody_is_called_to_act() -> None:
    world = let_in(left_ms=-HOUR_MS)
    world.access.trouble = [PosDown("down")]
    record = world.poll()
    assert record.trouble == ""
    assert record.waits == "down"
    assert world.poll().waits == ""
