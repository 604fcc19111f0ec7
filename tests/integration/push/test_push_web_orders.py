"""What the web has sold is never offered again by us, whatever the till does meanwhile."""

from collections.abc import Iterator, Mapping, Sequence

import pytest

from tests.order_house import LEDGER, LIST, LOOK, ONE, STOCK, OrderHouse, a_mug, a_shirt
from tillbridge.adapters.pos_cloud.client import PosCloud
from tillbridge.domain.connection import Pause, Settings, WebOrderMode
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.product import Product

DAY_S = 24 * 60 * 60
POS_MODE = Settings(web_orders=WebOrderMode.POS)


@pytest.fixture
def house() -> Iterator[OrderHouse]:
    with OrderHouse() as house:
        house.has_linked(a_mug(5), a_shirt(S=4, M=4))
        yield house


def test_a_sale_at_the_till_while_an_order_is_unread_does_not_offer_its_unit(
    house: OrderHouse,
) -> None:
    house.clock.sleep(3)
    house.buys("p-mug", 2)
    house.sells_at_the_till("p-mug")
    house.settle()
    assert house.offered("p-mug") == 2
    assert house.swallowed() == []


def test_an_order_that_comes_between_the_pos_and_the_stock_call_is_known_to_it(
    house: OrderHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.clock.sleep(3)
    bought: list[int] = []
    products = PosCloud.products

    def read(pos: PosCloud, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        records = products(pos, ids)
        if not bought:
            bought.append(house.buys("p-mug", 2))
        return records

    monkeypatch.setattr(PosCloud, "products", read)
    house.sells_at_the_till("p-mug")
    house.settle()
    assert bought
    assert house.offered("p-mug") == 2
    assert house.swallowed() == []


def test_a_rise_in_the_pos_goes_at_once(house: OrderHouse) -> None:
    house.hook(house.buys("p-mug", 2))
    house.settle()
    house.control.reset_counts()
    house.receives("p-mug", 10)
    house.one_slice()
    house.control.settle()
    assert house.offered("p-mug") == 13
    assert house.counts(STOCK) == (1,)


def test_two_lines_of_one_variant_and_two_variants_of_one_product_count(house: OrderHouse) -> None:
    lines = [
        house.line("p-shirt", 1, "v-S"),
        house.line("p-shirt", 1, "v-S"),
        house.line("p-shirt", 3, "v-M"),
    ]
    assert house.shop.pay(lines)
    house.clock.sleep(3)
    house.sells_at_the_till("p-shirt", 1, "v-S")
    house.settle()
    assert (house.offered("p-shirt", "v-S"), house.offered("p-shirt", "v-M")) == (1, 1)
    assert house.swallowed() == []


def test_an_order_that_is_booked_is_not_subtracted_twice(house: OrderHouse) -> None:
    house.change(settings=POS_MODE)
    order = house.buys("p-mug", 2)
    house.hook(order)
    house.settle()
    assert house.pending([Lane.BOOK]) == [(Lane.BOOK, str(order))]
    house.books(order)
    house.settle()
    house.sells_at_the_till("p-mug")
    house.settle()
    assert house.offered("p-mug") == 2


def test_a_cancelled_order_frees_its_units_after_two_looks(house: OrderHouse) -> None:
    house.shop.settings(refund_order_stock_adjustment=False)
    order = house.buys("p-mug", 2)
    house.hook(order)
    house.settle()
    house.shop.cancel(order)
    house.control.reset_counts()
    house.hook(order)
    began = house.clock.now_ms()
    house.settle()
    assert house.offered("p-mug") == 5
    assert house.clock.now_ms() - began >= 30_000
    assert house.counts(STOCK, LOOK) == (1, 3), "the last look is at what was written"


def test_stock_that_goes_when_an_order_is_shipped_is_lowered_at_once(house: OrderHouse) -> None:
    house.shop.settings(update_stock_behavior="order_completed_or_shipped")
    order = house.buys("p-mug", 2)
    assert house.offered("p-mug") == 5
    house.hook(order)
    house.one_slice()
    house.control.settle()
    assert house.offered("p-mug") == 3
    house.settle()
    house.shop.ship(order)
    assert house.offered("p-mug") == 1
    house.hook(order)
    house.settle()
    assert house.offered("p-mug") == 3


def test_a_refund_before_shipping_frees_its_units_and_one_after_does_not(house: OrderHouse) -> None:
    order = house.buys("p-mug", 3)
    line = next(each for each in house.shop.orders() if each["id"] == order)["lines"][0]["id"]
    house.hook(order)
    house.settle()
    house.shop.refund(order, {line: 1})
    house.hook(order)
    house.settle()
    assert house.offered("p-mug") == 3
    house.shop.ship(order, {line: 2})
    house.hook(order)
    house.settle()
    house.shop.refund(order, {line: 2})
    house.hook(order)
    house.settle()
    assert house.offered("p-mug") == 3, "what comes back is a return at the till"


def test_an_order_edited_under_new_line_ids_counts_once(house: OrderHouse) -> None:
    order = house.buys("p-mug", 2)
    house.hook(order)
    house.settle()
    house.shop.edit(order, new_ids=True)
    house.hook(order)
    house.settle()
    house.sells_at_the_till("p-mug")
    house.settle()
    assert house.offered("p-mug") == 2


def test_an_archived_order_counts_as_before(house: OrderHouse) -> None:
    order = house.buys("p-mug", 2)
    house.hook(order)
    house.settle()
    house.shop.archive(order)
    house.hook(order)
    house.settle()
    house.sells_at_the_till("p-mug")
    house.settle()
    assert house.offered("p-mug") == 2


def test_an_order_that_nobody_pays_is_given_up_after_a_day(house: OrderHouse) -> None:
    order = house.shop.place([house.line("p-mug", 2)], status_id=1)
    house.hook(order)
    house.settle()
    assert house.offered("p-mug") == 3
    house.sweeps(DAY_S - 600)
    assert house.offered("p-mug") == 3
    house.sweeps(1_200)
    assert house.offered("p-mug") == 5
    house.sweeps(900)
    assert house.kept(order).entry.settled


def test_units_of_a_product_that_is_linked_later_are_never_offered(house: OrderHouse) -> None:
    number = house.control.seed(
        products=[
            {
                "name": "Vase",
                "type": "physical",
                "weight": 1,
                "price": 9,
                "sku": "VASE",
                "inventory_tracking": "product",
                "inventory_level": 5,
            }
        ]
    )[0]
    order = house.shop.pay([{"product_id": number, "quantity": 2}])
    assert order is not None
    house.hook(order)
    house.settle()
    assert house.kept(order).entry.accounts[0].holder is None
    house.stocks(a_mug(5, id="p-vase", name="Vase", sku="VASE"))
    house.adopts("p-vase", number)
    house.settle()
    assert house.link("p-vase").id == number
    assert house.kept(order).entry.accounts[0].holder is not None
    assert house.offered("p-vase") == 3
    assert house.swallowed() == []


def test_a_product_that_becomes_a_family_and_back_keeps_what_the_web_sold(
    house: OrderHouse,
) -> None:
    house.hook(house.buys("p-mug", 2))
    house.settle()
    sizes = a_shirt(S=5)["variants"]
    house.pos.save_product("p-mug", stock={}, variants=[sizes[0] | {"sku": "MUG"}])
    house.settle()
    assert house.link("p-mug").variants
    assert house.offered("p-mug", "v-S") == 3
    house.pos.save_product("p-mug", variants=[], stock={"o-main": "5"})
    house.settle()
    assert not house.link("p-mug").variants
    assert house.offered("p-mug") == 3


def test_orders_in_another_currency_count_all_the_same(house: OrderHouse) -> None:
    house.hook(house.buys("p-mug", 2, currency="EUR"))
    house.settle()
    house.sells_at_the_till("p-mug")
    house.settle()
    assert house.offered("p-mug") == 2


def test_what_the_till_sold_is_not_subtracted_because_bigcommerce_shows_it_too(
    house: OrderHouse,
) -> None:
    house.sells_at_the_till("p-mug", 2)
    order = house.shop.place([house.line("p-mug", 2)], external_source="POS Till 1")
    house.hook(order)
    house.settle()
    assert house.offered("p-mug") == 3
    assert not house.is_kept(order)


def test_orders_from_before_they_counted_are_left_out_unless_a_person_asks(
    house: OrderHouse,
) -> None:
    old = house.buys("p-mug", 2)
    house.clock.sleep(5)
    house.change(web_orders_since_ms=house.clock.now_ms())
    house.hook(old)
    house.settle()
    assert not house.is_kept(old)
    house.hook(old, force=True)
    house.settle()
    assert house.is_kept(old)


def test_a_paused_store_reads_nothing_and_catches_up(house: OrderHouse) -> None:
    house.sweeps(0)
    house.control.reset_counts()
    house.tables.stores.pause(house.connection.store, Pause("Mia"))
    orders = [house.buys("p-mug"), house.buys("p-shirt", 1, "v-S")]
    house.sweeps()
    assert house.calls() == {}
    house.tables.stores.resume(house.connection.store)
    house.sweeps()
    assert all(map(house.is_kept, orders))


def test_orders_switched_off_are_forgotten_and_on_again_counted(house: OrderHouse) -> None:
    order = house.buys("p-mug", 2)
    house.hook(order)
    house.settle()
    house.change(settings=Settings())
    house.hook(order)
    house.settle()
    house.shop.cancel(order)
    house.clock.sleep(60)
    house.count_orders_from_now(LEDGER)
    house.sweeps(1)
    assert house.kept(order).entry.accounts[0].owed == 0, "it changed while nobody read"
    assert house.offered("p-mug") == 5


def test_a_person_who_pushes_sends_the_level_whatever_is_expected(house: OrderHouse) -> None:
    house.hook(house.buys("p-mug", 2))
    house.settle()
    house.control.reset_counts()
    house.push("p-mug")
    house.settle()
    assert house.counts(STOCK) == (1,)
    assert house.offered("p-mug") == 3


def test_somebody_who_sets_a_level_online_too_high_is_found_by_the_next_order(
    house: OrderHouse,
) -> None:
    item = {"location_id": 1, "product_id": house.link("p-mug").id, "quantity": 50}
    house.call("PUT", "/inventory/adjustments/absolute", {"items": [item]})
    house.control.settle()
    house.hook(house.buys("p-mug"))
    house.settle()
    assert house.offered("p-mug") == 4


def test_a_hint_of_an_order_that_is_not_there_is_asked_for_twice_and_proves_nothing(
    house: OrderHouse,
) -> None:
    house.hook(9_999)
    house.one_slice()
    assert house.pending() == [(Lane.WEB, "9999")]
    house.clock.sleep(31)
    house.one_slice()
    assert house.pending() == []
    assert house.counts(ONE) == (2,)


def test_ten_thousand_hints_that_name_nothing_cost_one_list(house: OrderHouse) -> None:
    house.sweeps(0)
    house.control.reset_counts()
    house.hook("all")
    house.settle()
    assert house.calls() == {LIST: 1}


def test_a_delivery_that_equals_an_order_found_in_the_call_goes_at_once(house: OrderHouse) -> None:
    house.clock.sleep(3)
    house.buys("p-mug", 2)
    house.receives("p-mug", 2)
    house.one_slice()
    house.control.settle()
    assert house.offered("p-mug") == 5


def test_a_size_that_is_delivered_does_not_wait_for_one_that_was_ordered(house: OrderHouse) -> None:
    order = house.buys("p-shirt", 1, "v-S")
    house.sells_at_the_till("p-shirt", 1, "v-S")
    house.receives("p-shirt", 3, "v-M")
    house.hook(order)
    house.one_slice()
    house.control.settle()
    assert (house.offered("p-shirt", "v-S"), house.offered("p-shirt", "v-M")) == (2, 7)
