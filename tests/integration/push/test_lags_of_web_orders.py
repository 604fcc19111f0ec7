"""How long a web order took is told: until it was found, and until its level was seen online."""

from tests.order_house import OrderHouse, a_mug
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lag_histogram import LagPath, merged

MUG = PosProductId("p-mug")


def _counts(house: OrderHouse) -> dict[LagPath, tuple[int, int]]:
    """Return how many lags of web orders were told, and the longest; no slice goes after that."""
    store = house.connection.store
    running = house.tables.stores.begin_slice(store, "last", 2**50, 2**51).hour
    # The test may run while one hour of the clock ends.
    hours = house.tables.hours.of(store, 0, 2**40, running)
    lags = merged(*(each.lags for each in hours))
    return {path: (e.count, e.max_ms) for path, e in lags.items() if "order" in path}


def test_an_order_is_timed_once_from_its_placing_in_whole_seconds() -> None:
    with OrderHouse() as house:
        house.has_linked(a_mug(5))
        house.clock.sleep(3)
        order = house.buys(MUG)
        house.clock.sleep(8)
        house.hook(order)
        house.settle()
        house.hook(order)
        house.settle()
        house.sweeps()

        told = _counts(house)
        found, settled = told[LagPath.ORDER_FOUND], told[LagPath.ORDER_SETTLED]
        assert (found[0], settled[0]) == (1, 1)
        passed = house.clock.now_ms() - house.kept(order).entry.order.placed_ms
        assert 8_000 <= found[1] <= settled[1] <= passed
        assert found[1] < 20_000


def test_an_order_from_before_the_orders_counted_is_not_timed() -> None:
    with OrderHouse() as house:
        house.has_linked(a_mug(5))
        order = house.buys(MUG)
        house.clock.sleep(3_600)
        house.change(web_orders_since_ms=house.clock.now_ms())
        house.hook(order, force=True)
        house.settle()
        house.sweeps()

        assert house.kept(order).entry.accounts
        assert _counts(house) == {}
