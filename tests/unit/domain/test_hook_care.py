"""Which webhooks a store is to have, and what there is to do about those that it has."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.hook_access import SECRET_HEADER
from tillbridge.domain.hooks.care import (
    CHECKED_EVERY_MS,
    HookPlan,
    StoreHook,
    WantedHooks,
    is_due,
    plan,
    wanted_scopes,
    words_of,
)

ORDERS, REFUNDS = "store/order/created", "store/order/refund/created"
OURS = "https://x.example/hooks/bigcommerce/shop/"
HERE, SECRET = OURS + "k3y", "s3cret"
WANTED = WantedHooks((ORDERS, REFUNDS), HERE, SECRET, OURS, known=(SECRET, "before"))


def a_hook(number: int = 1, scope: str = ORDERS, at: str = HERE, secret: str = SECRET) -> StoreHook:
    return StoreHook(number, scope, at, {SECRET_HEADER: secret})


BOTH = (a_hook(1), a_hook(2, REFUNDS))


def test_a_store_that_wants_nothing_told_has_no_hooks() -> None:
    assert wanted_scopes(Settings()) == ()


@pytest.mark.parametrize("mode", [WebOrderMode.LEDGER, WebOrderMode.POS])
def test_orders_are_told_where_they_are_read(mode: WebOrderMode) -> None:
    scopes = set(wanted_scopes(Settings(web_orders=mode)))
    assert {ORDERS, REFUNDS, "store/product/deleted"} <= scopes
    assert scopes.isdisjoint({"store/product/updated", "store/sku/updated"})


def test_no_scope_fires_for_what_we_write() -> None:
    scopes = wanted_scopes(Settings(web_orders=WebOrderMode.POS))
    assert not [s for s in scopes if s.endswith(("/inventory/updated", "/*"))]
    assert len(scopes) == len(set(scopes))


def test_what_is_as_wanted_is_left_alone() -> None:
    assert plan(BOTH, WANTED) == HookPlan(kept=2)


def test_what_is_missing_is_made_with_address_and_secret() -> None:
    found = plan([BOTH[0]], WANTED)
    assert found.create == (StoreHook(0, REFUNDS, HERE, {SECRET_HEADER: SECRET}),)
    assert (found.change, found.delete, found.kept) == ((), (), 1)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(BOTH[0], is_active=False),
        replace(BOTH[0], headers={}),
        a_hook(secret="before"),
        a_hook(at=OURS + "another-key"),
        a_hook(at="https://old.example/hooks/bigcommerce/shop/k3y"),
    ],
)
def test_what_is_not_as_wanted_is_mended_and_not_made_anew(wrong: StoreHook) -> None:
    found = plan([wrong, BOTH[1]], WANTED)
    assert found.change == (BOTH[0],)
    assert (found.create, found.delete) == ((), ())


def test_a_header_may_be_written_in_any_way() -> None:
    shouted = replace(BOTH[0], headers={"X-Tillbridge-Hook": SECRET, "x-other": "kept"})
    assert plan([shouted, BOTH[1]], WANTED) == HookPlan(kept=2)


@pytest.mark.parametrize(
    "others",
    [
        StoreHook(9, ORDERS, "https://erp.example/orders"),
        StoreHook(9, ORDERS, "https://x.example/hooks/bigcommerce/shop-2/k", {SECRET_HEADER: "x"}),
        StoreHook(9, ORDERS, "https://staging.example/hooks/bigcommerce/shop/k"),
        StoreHook(9, "", ""),
    ],
)
def test_what_others_made_is_not_touched(others: StoreHook) -> None:
    assert plan([*BOTH, others], WANTED) == HookPlan(kept=2)


def test_what_is_wanted_no_longer_is_deleted() -> None:
    nothing = replace(WANTED, scopes=())
    assert plan(BOTH, nothing) == HookPlan(delete=BOTH)


def test_of_two_with_one_scope_the_one_at_the_right_address_stays() -> None:
    moved = a_hook(0, at=OURS + "old")
    found = plan([moved, *BOTH], WANTED)
    assert found == HookPlan(delete=(moved,), kept=2)


def test_words_name_each_hook_and_no_secret() -> None:
    found = plan([replace(BOTH[0], is_active=False), a_hook(5, "store/cart/created")], WANTED)
    words = list(words_of(found))
    assert words == [
        "store/cart/created: one too many",
        f"{ORDERS}: inactive, or not as it was made",
        f"{REFUNDS}: missing",
    ]
    assert SECRET not in repr(found)
    assert SECRET not in repr(WANTED)


SCOPES = st.sampled_from([ORDERS, REFUNDS, "store/cart/created"])
PLACES = st.sampled_from([HERE, OURS + "old", "https://other.example/x"])
HOOKS = st.builds(
    StoreHook,
    st.integers(1, 99),
    SCOPES,
    PLACES,
    st.sampled_from([{}, {SECRET_HEADER: SECRET}, {SECRET_HEADER: "before"}]),
    st.booleans(),
)


@given(st.lists(HOOKS, unique_by=lambda hook: hook.id, max_size=12))
def test_whatever_is_there_one_round_makes_it_right_and_a_second_does_nothing(
    found: list[StoreHook],
) -> None:
    first = plan(found, WANTED)
    gone = {hook.id for hook in (*first.delete, *first.change)}
    made = [replace(hook, id=100 + number) for number, hook in enumerate(first.create)]
    after = [*(h for h in found if h.id not in gone), *first.change, *made]
    assert plan(after, WANTED) == HookPlan(kept=2)
    others = [h for h in found if not h.destination.startswith(OURS) and not h.headers]
    assert all(hook in after for hook in others)


@pytest.mark.parametrize(
    ("settings", "checked_ms", "due"),
    [
        (Settings(), 0, False),
        (Settings(web_orders=WebOrderMode.POS), 0, True),
        (Settings(web_orders=WebOrderMode.POS), 10**12 - CHECKED_EVERY_MS + 1, False),
        (Settings(web_orders=WebOrderMode.POS), 10**12 - CHECKED_EVERY_MS, True),
        (Settings(), 10**12 - CHECKED_EVERY_MS, True),
    ],
)
def test_hooks_are_checked_hourly_and_once_more_when_none_is_wanted_any_longer(
    settings: Settings, checked_ms: int, due: bool
) -> None:
    assert is_due(settings, checked_ms, 10**12) is due
