"""Each hazard of orders and hooks ruins what a client would believe that does the obvious: nothing here is
ours."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from sandbox.bigcommerce.state.hazards import PARAMETERS
from tests.sandbox.bigcommerce.hooks.conftest import Told
from tests.sandbox.bigcommerce.hooks.receiver import Receiver
from tests.sandbox.bigcommerce.orders.conftest import Sold

ON_SALE = 10
LINES = "include=consignments.line_items&consignment_structure=object"


@pytest.fixture
def told(sold: Sold) -> Iterator[Told]:
    receiver = Receiver()
    yield Told(sold, receiver)
    receiver.close()


def ends_at_a_page_that_is_not_full(sold: Sold) -> bool:
    """Ask for 250 orders; fewer are all there are."""
    bought = [sold.buy() for _ in range(3)]
    sold.shop.set_hazard("orders-capped", most=2)
    return sold.listed("limit=250") == bought


def goes_on_from_its_own_clock(sold: Sold) -> bool:
    """Read what changed, then go on from the time of the reading."""
    bought = sold.buy(seconds_ago=3)
    sold.shop.set_hazard("orders-late", ms=60_000)
    seen = sold.listed()
    cursor = datetime.now(UTC).isoformat().replace("+", "%2B")
    sold.shop.clear_hazards()
    seen += sold.listed(f"min_date_modified={cursor}")
    return bought in seen


def believes_the_lines_in_the_list(sold: Sold) -> bool:
    """Count the units of the lines that come with the list."""
    sold.shop.pay([*sold.mugs(2), {"product_id": sold.shirt, "variant_id": sold.small}])
    sold.shop.set_hazard("lines-missing")
    (order,) = sold.api.get(f"/v2/orders?{LINES}").json()
    (shipping,) = order["consignments"]["shipping"]
    return bool(sum(line["quantity"] for line in shipping["line_items"]) == 3)


def reads_what_was_modified_since(sold: Sold) -> bool:
    """Ask only for the orders whose time of change is news."""
    order_id = sold.buy(seconds_ago=600)
    since = datetime.fromtimestamp(datetime.now(UTC).timestamp() - 300, UTC).isoformat()
    sold.shop.set_hazard("modified-unmoved")
    sold.shop.cancel(order_id)
    return order_id in sold.listed("min_date_modified=" + since.replace("+", "%2B"))


def subtracts_each_order_from_its_own_level(sold: Sold) -> bool:
    """Take it that an order takes its units off the level."""
    sold.shop.set_hazard("stock-not-taken")
    sold.buy(3)
    return sold.level() == ON_SALE - 3


def adds_each_cancelled_order(sold: Sold) -> bool:
    """Take it that a cancelled order gives back what it took."""
    order_id = sold.buy(3)
    sold.shop.set_hazard("restocked-twice")
    sold.shop.cancel(order_id)
    return sold.level() == ON_SALE


def reads_the_stores_settings_alone(sold: Sold) -> bool:
    """Take the store's settings for those of the channel that sells."""
    sold.shop.set_hazard("settings-by-channel")
    shown = sold.api.get("/settings/inventory").json()["data"]
    sold.buy(3)
    taken = ON_SALE - 3 if shown["update_stock_behavior"] == "order_placed" else ON_SALE
    return sold.level() == taken


def believes_that_nobody_else_writes_stock(sold: Sold) -> bool:
    """Add the units of orders to the level that was there."""
    sold.shop.set_hazard("stock-moved-by-others", by=3)
    sold.buy(2)
    return sold.level() == ON_SALE - 2


def _by_events(told: Told) -> int:
    """Return the level of a client that adds up what hooks say of stock."""
    moved = told.receiver.bodies("store/product/inventory/order/updated")
    return ON_SALE + int(sum(body["data"]["inventory"]["value"] for body in moved))


def _stock_hook(told: Told) -> None:
    told.hook("store/product/inventory/order/updated")


def adds_up_hooks_that_come_twice(told: Told) -> bool:
    """Add what each hook says."""
    _stock_hook(told)
    told.sold.shop.set_hazard("hook-duplicate")
    told.sold.buy(2)
    told.until(lambda state: len(state["attempts"]) == 2)
    return _by_events(told) == told.sold.level()


def adds_up_hooks_that_are_lost(told: Told) -> bool:
    """Add what each hook says, and never read an order."""
    _stock_hook(told)
    told.sold.shop.set_hazard("hook-lost", remaining=1)
    told.sold.buy(2)
    told.wait(86_400)
    return _by_events(told) == told.sold.level()


def waits_for_a_late_hook(told: Told) -> bool:
    """Take a level for right while no hook says otherwise."""
    _stock_hook(told)
    told.sold.shop.set_hazard("hook-late", seconds=0.3)
    told.sold.buy(2)
    believed, level = _by_events(told), told.sold.level()
    told.until(lambda state: len(state["attempts"]) == 1)
    return believed == level


def keeps_the_status_that_was_told_last(told: Told) -> bool:
    """Believe whichever status a hook tells last."""
    told.hook("store/order/statusUpdated")
    told.sold.shop.set_hazard("hook-reordered", seconds=0.5)
    orders = [told.sold.buy() for _ in range(6)]
    for order_id in orders:
        told.sold.shop.ship(order_id)
    told.until(lambda state: len(state["attempts"]) == len(orders))
    return [body["data"]["id"] for body in told.receiver.bodies()] == orders


def never_looks_whether_its_hook_lives(told: Told) -> bool:
    """Create a hook once and rely on it."""
    _stock_hook(told)
    told.sold.shop.set_hazard("hook-off", remaining=1)
    told.sold.buy(1)
    told.sold.buy(1)
    told.wait(86_400)
    return _by_events(told) == told.sold.level()


def believes_whoever_knows_the_address(told: Told) -> bool:
    """Take every order that a hook names for one of the store."""
    told.hook("store/order/created", headers={"x-secret": "s"})
    told.sold.shop.set_hazard("hook-forged")
    order_id = told.sold.buy()
    told.until(lambda state: state["due"] == 0)
    told.wait()
    return {body["data"]["id"] for body in told.receiver.bodies()} == {order_id}


def demands_a_signature(told: Told) -> bool:
    """Refuse what has no signature, though the hook's own secret is there."""
    told.hook("store/order/created", headers={"x-secret": "s"})
    told.receiver.status = lambda heard: 200 if "webhook-signature" in heard.headers else 401
    told.sold.shop.set_hazard("hook-unsigned")
    told.sold.buy()
    state = told.wait()
    return bool(state["later"] == 0)


OF_ORDERS: dict[str, Callable[[Sold], bool]] = {
    "lines-missing": believes_the_lines_in_the_list,
    "modified-unmoved": reads_what_was_modified_since,
    "orders-capped": ends_at_a_page_that_is_not_full,
    "orders-late": goes_on_from_its_own_clock,
    "restocked-twice": adds_each_cancelled_order,
    "settings-by-channel": reads_the_stores_settings_alone,
    "stock-moved-by-others": believes_that_nobody_else_writes_stock,
    "stock-not-taken": subtracts_each_order_from_its_own_level,
}
OF_HOOKS: dict[str, Callable[[Told], bool]] = {
    "hook-duplicate": adds_up_hooks_that_come_twice,
    "hook-forged": believes_whoever_knows_the_address,
    "hook-late": waits_for_a_late_hook,
    "hook-lost": adds_up_hooks_that_are_lost,
    "hook-off": never_looks_whether_its_hook_lives,
    "hook-reordered": keeps_the_status_that_was_told_last,
    "hook-unsigned": demands_a_signature,
}


@pytest.mark.parametrize("naive", OF_ORDERS.values(), ids=OF_ORDERS)
def test_a_naive_reader_of_orders_is_wrong(sold: Sold, naive: Callable[[Sold], bool]) -> None:
    assert not naive(sold)


@pytest.mark.parametrize("naive", OF_HOOKS.values(), ids=OF_HOOKS)
def test_a_naive_listener_is_wrong(told: Told, naive: Callable[[Told], bool]) -> None:
    assert not naive(told)


@pytest.mark.parametrize("naive", OF_ORDERS.values(), ids=OF_ORDERS)
def test_without_its_hazard_the_same_reader_is_right(
    sold: Sold, naive: Callable[[Sold], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is the hazard that the reader fails at."""
    monkeypatch.setattr(type(sold.shop), "set_hazard", lambda *_, **__: None)
    if naive is goes_on_from_its_own_clock:
        monkeypatch.setattr(type(sold.shop), "clear_hazards", lambda *_: None)
    assert naive(sold)


def test_no_hazard_of_orders_or_hooks_lacks_a_naive_client() -> None:
    kinds = ("orders-", "hook-", "lines-", "modified-", "restocked-", "settings-")
    moved = {"stock-not-taken", "stock-moved-by-others"}
    named = {name for name in PARAMETERS if name.startswith(kinds)} | moved
    assert named == OF_ORDERS.keys() | OF_HOOKS.keys()
