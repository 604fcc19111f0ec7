"""What goes wrong at X-Series, in words for whoever must act."""

import pytest

from tests.lightspeed_lab import Lab, item_pages
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention, PosDown
from tillbridge.domain.polling import Cursor
from tillbridge.domain.went_back import account_note
from tillbridge.ports.pos_source import PosSource

START = Cursor(0)


def each_read(source: PosSource) -> list[tuple[str, object]]:
    calls = {
        "levels": lambda: source.levels(START),
        "items": lambda: source.items(START),
        "names": source.names,
        "outlets": source.outlets,
        "facts": source.facts,
    }
    return list(calls.items())


@pytest.mark.parametrize("read", ["levels", "items", "names", "outlets", "facts"])
def test_a_revoked_token_says_how_to_connect_again(lab: Lab, read: str) -> None:
    lab.control.revoke()
    with pytest.raises(NeedsAttention, match="tillbridge pos connect lightspeed") as dead:
        dict(each_read(lab.source()))[read]()  # type: ignore[operator]  # one of the calls above
    assert dead.value.code == AttentionCode.POS_TOKEN_DEAD
    assert lab.account.config.token not in str(dead.value)
    assert sum(lab.asked().values()) == 2, "the token is read anew once"


@pytest.mark.parametrize(
    ("read", "scope"),
    [
        ("levels", "inventory:read"),
        ("items", "products:read"),
        ("names", "suppliers:read"),
        ("outlets", "outlets:read"),
        ("facts", "retailer:read"),
    ],
)
def test_a_missing_scope_is_named(lab: Lab, read: str, scope: str) -> None:
    lab.control.grant(sorted(set(lab.account.config.scopes) - {scope}))
    with pytest.raises(NeedsAttention, match=f"lacks the scope {scope}") as refused:
        dict(each_read(lab.source()))[read]()  # type: ignore[operator]  # one of the calls above
    assert refused.value.code == AttentionCode.POS_SCOPE_MISSING


def test_a_version_that_expired_is_noticed_at_the_first_page(lab: Lab) -> None:
    lab.control.expire("2026-07")
    with pytest.raises(NeedsAttention, match="version 2026-07 of its API") as expired:
        lab.source().items(START)
    assert expired.value.code == AttentionCode.POS_API_EXPIRED
    assert "deploy the newest release" in str(expired.value)


def test_a_version_that_expired_blanks_nothing_where_only_one_product_changed(lab: Lab) -> None:
    end = lab.source().items(START).next
    lab.control.expire("2026-07")
    lab.cloud.save_product("p-lamp", name="Desk lamp")
    (part,) = lab.source().items(end).parts
    assert part.fields.unreadable == "sku is missing"
    with pytest.raises(NeedsAttention) as expired:
        lab.source().names()
    assert expired.value.code == AttentionCode.POS_API_EXPIRED


def test_an_account_that_was_restored_has_nothing_above_the_cursor(lab: Lab) -> None:
    items, levels = lab.source().items(START).next, lab.source().levels(START).next
    lab.control.restore_backup()
    source = lab.source()
    # The poll asks from just below: then only a POS that went back has nothing to say.
    assert source.items(Cursor(items - 1)).rows == 0
    assert source.levels(Cursor(levels - 1)).rows == 0
    assert source.items(START).rows > 0
    assert "tillbridge reconcile --adopt" in account_note()


def test_a_walk_that_is_throttled_waits_as_long_as_it_is_told(lab: Lab) -> None:
    lab.control.hazards(refuse_after=1, retry_after_s=40)
    source = lab.source()
    source.levels(START)
    with pytest.raises(PosDown) as throttled:
        source.items(START)
    assert 39 <= throttled.value.wait <= 41
    assert len(list(item_pages(source))) == 1


def test_an_outage_is_tried_again_and_then_left_to_a_later_poll(lab: Lab) -> None:
    lab.control.hazards(down=2)
    assert lab.source().items(START).rows > 0
    lab.control.hazards(down=3)
    with pytest.raises(PosDown, match="cannot be reached"):
        lab.source().items(START)


def test_the_level_of_a_product_that_no_list_shows_is_told(lab: Lab) -> None:
    end = lab.source().levels(START).next
    stray = lab.control.stray_level()
    (level,) = lab.source().levels(end).parts
    assert level.member == stray["product_id"]
    assert lab.source().item(level.member) is None
