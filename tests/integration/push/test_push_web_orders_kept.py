"""A day with web orders over both kinds of tables: what one slice keeps, the next reads."""

from collections.abc import Iterator

import pytest

from tests.house_parts import Tables
from tests.order_house import STOCK, OrderHouse, a_mug, a_shirt
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.lanes import Lane


@pytest.fixture(params=["in memory", "real tables"])
def house(request: pytest.FixtureRequest) -> Iterator[OrderHouse]:
    in_memory = request.param == "in memory"
    tables = Tables() if in_memory else request.getfixturevalue("real_tables")()
    with OrderHouse(Settings(web_orders=WebOrderMode.POS), tables=tables) as house:
        house.has_linked(a_mug(9), a_shirt(S=4, M=4))
        yield house


def test_orders_are_found_booked_changed_and_settled(house: OrderHouse) -> None:
    first, second = house.buys("p-mug", 2), house.buys("p-shirt", 1, "v-S")
    house.hook(first, second)
    house.settle()
    assert house.counts(STOCK) == (0,)
    assert sorted(house.pending([Lane.BOOK])) == sorted(
        (Lane.BOOK, str(order)) for order in (first, second)
    )
    house.books(first)
    house.sells_at_the_till("p-mug", 1)
    house.settle()
    assert house.offered("p-mug") == 6
    house.shop.cancel(second)
    house.hook(second)
    house.settle()
    assert house.offered("p-shirt", "v-S") == 4
    house.sweeps(900)
    assert house.kept(first).entry.settled
    assert house.kept(second).entry.settled
    house.sells_at_the_till("p-mug", 1)
    house.settle()
    assert house.offered("p-mug") == 5
    assert house.swallowed() == []
