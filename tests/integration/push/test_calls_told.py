"""What the history tells of the calls to a store, with the real client on the sandbox store."""

from tests.harness import STORE, House
from tests.order_house import OrderHouse, a_mug
from tillbridge.domain.history.call_line import CallLine, slices_of
from tillbridge.domain.history.product_line import Did


def lines_of(house: House, since_ms: int = 0) -> list[CallLine]:
    return list(house.tables.call_lines.of(STORE, since_ms, 10**13))


def test_every_call_that_the_store_counted_is_told_once() -> None:
    with OrderHouse() as house:
        house.has_linked(a_mug(100))
        house.clock.sleep(60)
        began_ms = house.clock.now_ms()
        house.control.reset_counts()
        house.hook(house.buys("p-mug", 2))
        house.settle()
        house.clock.sleep(3)
        house.sells_at_the_till("p-mug")
        house.settle()

        told: dict[str, int] = {}
        for each in slices_of(lines_of(house, began_ms)):
            told = {n: told.get(n, 0) + each.calls[n] for n in told | each.calls}
        assert told == house.calls()
        assert len(told) > 2


def test_a_refusal_is_told_with_what_bigcommerce_said_and_a_token_never() -> None:
    with House() as house:
        house.has_linked(a_mug(100))
        plain = {"type": "physical", "weight": 1, "price": 1}
        house.call("POST", "/catalog/products", {"name": "Taken", "sku": "T-1", **plain})
        house.pos.save_product("p-mug", name="Taken")
        house.settle()

        lines = house.tables.history.of(STORE, house.link("p-mug").product, 0, 10**13)
        refused = next(line for line in lines if line.did is Did.REFUSED)
        key, _, place = refused.call.partition("/")
        (line,) = [each for each in lines_of(house) if each.key == key]
        call = line.calls[int(place) - 1].call
        assert (call.name, call.status) == ("PUT /catalog/products", 409)
        assert "The product name is a duplicate" in call.said
        assert house.store.token not in repr(lines_of(house))
        calls = [told.call for each in lines_of(house) for told in each.calls]
        assert all("{" not in made.path for made in calls)
