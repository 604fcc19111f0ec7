"""Push checks a store's webhooks hourly, after all else, and is never held up by them."""

from dataclasses import replace

import pytest

from tests.builders import STORE, a_connection, a_product
from tests.fakes.hook_keeper import FakeHookKeeper
from tests.fakes.hook_secrets import FakeHookSecrets
from tests.world import World
from tillbridge.domain.connection import Settings, StoreState, WebOrderMode
from tillbridge.domain.errors import NeedsAttention, Refused, StoreDown, TillbridgeError
from tillbridge.domain.hook_access import SECRET_HEADER, HookAccess, header_secret, rotated
from tillbridge.domain.hooks.care import wanted_scopes
from tillbridge.domain.lanes import Lane
from tillbridge.domain.slices import SliceRecord
from tillbridge.usecases.hooks_in_slice import HookCareDeps

LEDGER = Settings(web_orders=WebOrderMode.LEDGER)
AN_HOUR = 3_600


class Shop(World):
    """A world whose store keeps webhooks."""

    def __init__(self, settings: Settings = LEDGER, address: str = "https://x.example") -> None:
        super().__init__(connection=a_connection(settings=settings, hooks=HookAccess("k3y")))
        self.keeper, self.secrets = FakeHookKeeper(), FakeHookSecrets()
        care = HookCareDeps(lambda *_: self.keeper, self.secrets, address)
        self.deps = replace(self.deps, hooks=care)

    def change(self, **changes: object) -> None:
        there = self.stores.find(STORE)
        assert there is not None
        self.stores.save_connection(replace(there, **changes))  # type: ignore[arg-type]  # a test's own

    def calls(self) -> int:
        return self.keeper.record.calls.total()

    def web_rows(self) -> list[str]:
        return [row.product for row in self.pending.rows if row.lane is Lane.WEB]


def test_the_first_slice_makes_the_hooks_with_address_and_secret() -> None:
    shop = Shop()
    done = shop.push()
    hooks = shop.keeper.hooks.values()
    assert {hook.scope for hook in hooks} == set(wanted_scopes(LEDGER))
    secret = header_secret(shop.secrets.key, STORE, 1)
    assert {hook.destination for hook in hooks} == {
        f"https://x.example/hooks/bigcommerce/{STORE}/k3y"
    }
    assert all(hook.headers == {SECRET_HEADER: secret} for hook in hooks)
    assert (done.hooks_rearmed, done.calls["GET /hooks"]) == (0, 1)


def test_a_check_costs_one_call_an_hour() -> None:
    shop = Shop()
    shop.push()
    made = shop.calls()
    shop.push()
    shop.clock.advance(AN_HOUR - 1)
    shop.push()
    assert shop.calls() == made
    shop.clock.advance(1)
    shop.push()
    assert shop.calls() == made + 1


def test_a_store_that_wants_none_costs_no_call() -> None:
    shop = Shop(Settings())
    shop.push()
    shop.clock.advance(AN_HOUR)
    shop.push()
    assert shop.calls() == 0


@pytest.mark.parametrize("lacks", ["address", "key"])
def test_without_an_address_or_a_key_no_hook_is_made(lacks: str) -> None:
    shop = Shop(address="" if lacks == "address" else "https://x.example")
    if lacks == "key":
        shop.change(hooks=HookAccess())
    shop.push()
    assert shop.keeper.hooks == {}


def test_hooks_that_were_switched_off_are_switched_on_and_orders_read_from_then() -> None:
    shop = Shop()
    shop.push()
    for number, hook in shop.keeper.hooks.items():
        shop.keeper.hooks[number] = replace(hook, is_active=False)
    shop.clock.advance(AN_HOUR)
    signals = len(shop.signals.signalled)
    done = shop.push()
    assert all(hook.is_active for hook in shop.keeper.hooks.values())
    assert (done.hooks_rearmed, shop.web_rows()) == (1, ["all"])
    assert len(shop.signals.signalled) == signals + 1


@pytest.mark.parametrize(("hours", "again"), [(2, 1), (23, 1), (25, 0)])
def test_hooks_that_told_nothing_twice_within_a_day_are_told_of(hours: int, again: int) -> None:
    shop = Shop()
    shop.push()
    assert rearmed(shop, 30).hooks_rearmed_again == 0, "once may be somebody who deleted them"
    shop.push()
    assert rearmed(shop, hours).hooks_rearmed_again == again


def rearmed(shop: Shop, hours: int) -> SliceRecord:
    """Switch all hooks off, and push so many hours later."""
    for number, hook in shop.keeper.hooks.items():
        shop.keeper.hooks[number] = replace(hook, is_active=False)
    shop.clock.advance(hours * AN_HOUR)
    return shop.push()


def test_a_new_secret_reaches_bigcommerce_with_the_next_check() -> None:
    shop = Shop()
    shop.push()
    shop.change(hooks=rotated(HookAccess("k3y"), shop.clock.now_ms()))
    shop.clock.advance(AN_HOUR)
    shop.push()
    secret = header_secret(shop.secrets.key, STORE, 2)
    assert {hook.headers[SECRET_HEADER] for hook in shop.keeper.hooks.values()} == {secret}


def test_hooks_go_when_none_is_wanted_any_longer_and_then_no_call_is_made() -> None:
    shop = Shop()
    shop.push()
    shop.change(settings=Settings())
    shop.clock.advance(AN_HOUR)
    shop.push()
    assert shop.keeper.hooks == {}
    calls = shop.calls()
    shop.clock.advance(AN_HOUR)
    shop.push()
    assert shop.calls() == calls


def test_a_sale_goes_before_the_check() -> None:
    shop = Shop()
    shop.ask(a_product())
    shop.push_until_quiet()
    order = list(shop.keeper.record.calls)
    assert order[0] == "GET /hooks"
    assert [called.method for called in shop.web.log].count("create") == 1


@pytest.mark.parametrize(
    "trouble",
    [
        StoreDown("it is down"),
        Refused(500, "odd"),
        NeedsAttention("forbidden", "scope_missing"),
    ],
)
def test_trouble_with_hooks_is_no_trouble_of_the_store(trouble: TillbridgeError) -> None:
    shop = Shop()
    shop.keeper.broken = trouble
    shop.push()
    there = shop.stores.find(STORE)
    assert there is not None
    assert (there.state, there.failures) == (StoreState.ACTIVE, 0)
    calls = shop.calls()
    shop.push()
    assert shop.calls() == calls
    shop.keeper.broken = None
    shop.clock.advance(AN_HOUR)
    shop.push()
    assert shop.keeper.hooks


def test_secrets_that_cannot_be_read_are_no_trouble_of_the_store() -> None:
    shop = Shop()
    shop.secrets.unreadable = True
    shop.push()
    there = shop.stores.find(STORE)
    assert there is not None
    assert there.failures == 0


def test_a_store_in_trouble_is_asked_for_nothing_more() -> None:
    shop = Shop()
    shop.ask(a_product())
    shop.web.script.fail_next("highest_id", StoreDown("it is down"))
    shop.push()
    assert shop.calls() == 0
