"""Who is heard at a POS account's address, and what becomes of the webhooks that are there."""

import pytest

from tillbridge.domain.hooks.pos_access import (
    PosHookKeys,
    can_be_path_key,
    digest_of,
    mark_of,
    next_keys,
)
from tillbridge.domain.hooks.pos_care import AGAIN_MS, PosHook, is_care_due, plan_of
from tillbridge.domain.poll_times import DAY_MS, GAP_MS, gap_ms
from tillbridge.domain.polling import PosHookCare
from tillbridge.domain.pos_account import PosKind

KIND = PosKind.LIGHTSPEED_X
TOPICS = ("product.update", "inventory.update")
BASE = "https://hooks.example"
NOW, BEFORE = "n" * 22, "b" * 22
KEYS = PosHookKeys((NOW, BEFORE))
HERE = f"{BASE}/hooks/pos/lightspeed-x/{NOW}"


def hook(topic: str, address: str = HERE, *, active: bool = True) -> PosHook:
    return PosHook(f"{topic} {address} {active}", topic, address, active)


def test_an_account_that_is_connected_anew_is_heard_at_both_addresses_and_by_both_secrets() -> None:
    first = next_keys(None, "one", "a")
    second = next_keys(first, "two", "b")
    assert second == PosHookKeys(("b", "a"), ("two", "one"))
    assert next_keys(second, "three", "c") == PosHookKeys(("c", "b"), ("three", "two"))
    assert next_keys(second, "two", "c") == PosHookKeys(("c", "b"), ("two", "one"))


def test_a_token_without_an_app_ends_signatures_and_an_app_begins_them() -> None:
    signed = PosHookKeys(("a",), ("one",))
    assert next_keys(signed, "", "b").signing == ()
    assert next_keys(PosHookKeys(("a",)), "one", "b").signing == ("one",)


def test_the_mark_of_keys_differs_and_shows_none_of_them() -> None:
    keys = [KEYS, PosHookKeys((NOW,)), PosHookKeys((NOW,), ("s",)), PosHookKeys((NOW, "s"))]
    marks = {mark_of(each) for each in keys}
    assert len(marks) == len(keys)
    assert not any(NOW in mark or BEFORE in mark for mark in marks)
    assert NOW not in digest_of(NOW)
    assert NOW not in repr(KEYS)


@pytest.mark.parametrize(
    "text", ["", "short", "a" * 65, "a/" * 11, "#" * 22, "ä" * 22, "a" * 22 + "\n"]
)
def test_what_is_no_path_key_is_asked_of_no_table(text: str) -> None:
    assert not can_be_path_key(text)
    assert can_be_path_key(NOW)


def test_what_is_missing_is_made_and_what_is_right_stays() -> None:
    plan = plan_of([hook("product.update")], TOPICS, BASE, KIND, KEYS)
    assert (plan.address, plan.delete, plan.create) == (HERE, (), ("inventory.update",))
    assert not plan_of([hook(topic) for topic in TOPICS], TOPICS, BASE, KIND, KEYS).create


@pytest.mark.parametrize(
    "wrong",
    [
        hook("product.update", f"{BASE}/hooks/pos/lightspeed-x/{BEFORE}"),
        hook("product.update", f"{BASE}/hooks/pos/lightspeed-x/{'x' * 22}"),
        hook("product.update", f"https://old.example/hooks/pos/lightspeed-x/{NOW}"),
        hook("product.update", active=False),
        hook("sale.update"),
    ],
)
def test_of_ours_what_is_wrong_goes(wrong: PosHook) -> None:
    plan = plan_of([wrong], TOPICS, BASE + "/", KIND, KEYS)
    assert (plan.delete, plan.create) == ((wrong,), TOPICS)


def test_of_two_that_are_right_one_goes() -> None:
    one = hook("product.update")
    assert plan_of([one, one], TOPICS, BASE, KIND, KEYS).delete == (one,)


def test_webhooks_of_others_are_never_touched() -> None:
    others = [
        hook("product.update", "https://app.example/in"),
        hook("sale.update", f"https://staging.example/hooks/pos/lightspeed-x/{'s' * 22}"),
    ]
    assert plan_of(others, TOPICS, BASE, KIND, KEYS).delete == ()


def test_webhooks_are_looked_after_daily_and_when_keys_or_address_change() -> None:
    care = PosHookCare(DAY_MS, "as of", TOPICS)
    assert not is_care_due(care, "as of", 2 * DAY_MS - 1)
    assert is_care_due(care, "as of", 2 * DAY_MS)
    assert is_care_due(care, "other", DAY_MS + 1)
    ill = PosHookCare(DAY_MS, "as of", (), "No scope.")
    assert not is_care_due(ill, "as of", DAY_MS + AGAIN_MS - 1)
    assert is_care_due(ill, "as of", DAY_MS + AGAIN_MS)


@pytest.mark.parametrize(
    ("quota", "gap"), [(350, 4_286), (650, GAP_MS), (3_050, GAP_MS), (50, 30_000), (None, GAP_MS)]
)
def test_polls_that_are_asked_for_keep_to_their_share(quota: int | None, gap: int) -> None:
    assert gap_ms(quota) == gap
    if quota:
        assert 300_000 / gap_ms(quota) * 2 <= 0.4 * quota
