"""Webhooks are made, mended and deleted: by the fake, and by the client on the sandbox store."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import StoreConfig
from tests.beside import Beside
from tests.contract.bigcommerce_openapi import validate_traffic
from tests.fakes.hook_keeper import FakeHookKeeper
from tillbridge.adapters.bigcommerce.hooks import BigCommerceHooks
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.errors import NeedsAttention, Refused
from tillbridge.domain.hooks.care import StoreHook, WantedHooks
from tillbridge.ports.hook_keeper import HookKeeper
from tillbridge.usecases.keep_hooks import keep_hooks

OURS = "https://x.example/hooks/bigcommerce/shop/"
ORDERS = "store/order/created"
A_HOOK = StoreHook(0, ORDERS, OURS + "k3y", {"x-tillbridge-hook": "s3cret"})
WANTED = WantedHooks((ORDERS, "store/product/deleted"), A_HOOK.destination, "s3cret", OURS)


def client(server: StoreServer) -> BigCommerceHooks:
    return BigCommerceHooks(
        server.api_url, server.store_hash, lambda _: server.token, SystemClock(), 2**62
    )


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "traffic.jsonl"


@pytest.fixture
def server(record: Path) -> Iterator[StoreServer]:
    with StoreServer(quota="none", stock_delay_ms=0, record=record) as opened:
        yield opened


@pytest.fixture(params=["fake", "sandbox"])
def keeper(request: pytest.FixtureRequest) -> HookKeeper:
    if request.param == "fake":
        return FakeHookKeeper()
    return client(request.getfixturevalue("server"))


def test_a_store_begins_without_hooks(keeper: HookKeeper) -> None:
    assert list(keeper.all()) == []


def test_a_hook_that_was_made_is_there(keeper: HookKeeper) -> None:
    keeper.create(A_HOOK)
    (found,) = keeper.all()
    assert found == replace(A_HOOK, id=found.id)
    assert found.id > 0


def test_a_hook_is_changed_in_every_part(keeper: HookKeeper) -> None:
    keeper.create(A_HOOK)
    (there,) = keeper.all()
    changed = replace(there, destination=OURS + "new", headers={"x-tillbridge-hook": "n"})
    keeper.change(replace(changed, is_active=False))
    assert list(keeper.all()) == [replace(changed, is_active=False)]
    keeper.change(changed)
    assert list(keeper.all()) == [changed]


def test_a_hook_is_deleted_and_a_second_time_does_no_harm(keeper: HookKeeper) -> None:
    keeper.create(A_HOOK)
    (there,) = keeper.all()
    keeper.delete(there)
    keeper.delete(there)
    assert list(keeper.all()) == []


def test_a_second_hook_to_one_address_is_refused(keeper: HookKeeper) -> None:
    keeper.create(A_HOOK)
    with pytest.raises(Refused):
        keeper.create(A_HOOK)


def test_what_is_said_of_hooks_is_as_bigcommerce_specifies(
    server: StoreServer, record: Path, beside: Beside
) -> None:
    keeper = client(server)
    keep_hooks(keeper, WANTED)
    there, _ = keeper.all()
    keeper.change(replace(there, is_active=False))
    keep_hooks(keeper, WANTED)
    keep_hooks(keeper, replace(WANTED, scopes=()))
    problems = validate_traffic(record, beside("spec", "bigcommerce"))
    assert {(problem.operation, problem.message) for problem in problems} == set()


def test_a_scope_has_ten_hooks_at_most(keeper: HookKeeper) -> None:
    for number in range(10):
        keeper.create(replace(A_HOOK, destination=f"https://{number}.example/"))
    with pytest.raises(Refused):
        keeper.create(A_HOOK)


def test_every_call_is_counted(keeper: HookKeeper) -> None:
    keeper.create(A_HOOK)
    (there,) = keeper.all()
    keeper.change(there)
    keeper.delete(there)
    assert dict(keeper.record.calls) == {
        "POST /hooks": 1,
        "GET /hooks": 1,
        "PUT /hooks/{webhook_id}": 1,
        "DELETE /hooks/{webhook_id}": 1,
    }


def test_care_makes_what_is_wanted_and_then_costs_one_call(keeper: HookKeeper) -> None:
    first = keep_hooks(keeper, WANTED)
    assert (first.refused, first.rearmed) == ([], False)
    assert {hook.scope for hook in keeper.all()} == set(WANTED.scopes)
    calls = keeper.record.calls.total()
    assert not keep_hooks(keeper, WANTED).rearmed
    assert keeper.record.calls.total() == calls + 1


def test_care_switches_on_and_deletes_and_moves(keeper: HookKeeper) -> None:
    keep_hooks(keeper, WANTED)
    first, second = keeper.all()
    keeper.change(replace(first, is_active=False))
    keeper.change(replace(second, destination=OURS + "old"))
    keeper.create(replace(A_HOOK, scope="store/sku/updated"))
    assert keep_hooks(keeper, WANTED).rearmed
    assert sorted(keeper.all(), key=lambda hook: hook.id) == [first, second]
    keep_hooks(keeper, replace(WANTED, scopes=()))
    assert list(keeper.all()) == []


def test_more_than_a_page_of_hooks_is_seen_whole(server: StoreServer) -> None:
    keeper = client(server)
    scopes = [f"store/{kind}/{what}" for kind in ("product", "sku") for what in PARTS]
    for scope in [*scopes, "store/order/created", "store/order/updated", "store/order/archived"]:
        for number in range(10):
            made = f"https://{number}.example/"
            keeper.create(StoreHook(0, scope, made))
    assert len(keeper.all()) == 150


PARTS = ("created", "updated", "deleted", "inventory/updated", "inventory/order/updated", "*")


def test_without_the_scope_of_orders_products_are_told_all_the_same() -> None:
    config = StoreConfig(quota="none", scopes=frozenset({"store_v2_products"}))
    with StoreServer(config=config) as server:
        keeper = client(server)
        check = keep_hooks(keeper, WANTED)
        assert len(check.refused) == 1
        assert "store_v2_orders_read_only" in check.refused[0]
        assert [hook.scope for hook in keeper.all()] == ["store/product/deleted"]
        with pytest.raises(NeedsAttention):
            keeper.create(A_HOOK)


def test_what_one_hook_is_refused_holds_up_no_other() -> None:
    keeper = FakeHookKeeper()
    keeper.refuses = {ORDERS}
    check = keep_hooks(keeper, WANTED)
    assert [words.split(":")[0] for words in check.refused] == [ORDERS]
    assert [hook.scope for hook in keeper.hooks.values()] == ["store/product/deleted"]
