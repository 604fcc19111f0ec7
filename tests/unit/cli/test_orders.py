"""The command line lists web orders, shows one from both sides, and passes on what people ask of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from cli.asking.orders import order_numbers
from cli.cannot_run import WrongArguments
from cli.deployment import connections, orders
from cli.shapes.products import ListedProduct
from cli.sides import promised as promises
from cli.sides.view_choices import Side
from cli.sides.views import page
from tests.builders import JUMPER, STORE, a_connection, a_jumper, a_link, a_variant, some_stock
from tests.fakes.console import FakeListing
from tests.fakes.links import FakeLinks
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.order_list import FakeOrderList
from tests.fakes.pending import FakePending
from tests.fakes.pos import FakePos
from tests.fakes.read_model import FakeReadModel
from tests.fakes.signals import FakeSignals
from tests.fakes.stores import FakeStores
from tests.unit.cli.typed import typed
from tests.unit.domain.web_orders.orders import SMALL, a_line, an_entry
from tests.unit.domain.web_orders.test_told_to_people import of
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.errors import PosDown
from tillbridge.domain.ids import StoreVariantId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import LinkedVariant
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.domain.web_orders.booking import ask, ended_by_hand, refused
from tillbridge.domain.web_orders.entry import LaneState, OrderEntry
from tillbridge.ports.order_list import ListedOrder, UnreadableOrder


@dataclass
class Shop:
    """A deployment in memory with one store."""

    mode: WebOrderMode = WebOrderMode.POS
    order_book: FakeOrderBook = field(default_factory=FakeOrderBook)
    pending: FakePending = field(default_factory=FakePending)
    signals: FakeSignals = field(default_factory=FakeSignals)
    order_signals: FakeSignals = field(default_factory=FakeSignals)
    links: FakeLinks = field(default_factory=FakeLinks)
    read_model: FakeReadModel = field(default_factory=FakeReadModel)
    pos: FakePos = field(default_factory=lambda: FakePos([a_jumper(version=20)]))

    @property
    def listing(self) -> FakeListing:
        return FakeListing(self.read_model)

    @property
    def stores(self) -> FakeStores:
        settings = Settings(web_orders=self.mode, outlets=frozenset({"shop-b", "shop-a"}))
        return FakeStores([a_connection(settings=settings)])

    @property
    def order_list(self) -> FakeOrderList:
        return FakeOrderList(self.order_book)

    def keep(self, *entries: OrderEntry) -> None:
        self.order_book.write(STORE, [(None, entry) for entry in entries])

    def entry(self, number: int) -> OrderEntry:
        order = WebOrderId(number)
        return self.order_book.kept(STORE, [order])[order].entry


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop()
    monkeypatch.setattr(connections, "need_target", lambda _: made)
    for module in (orders, promises):
        monkeypatch.setattr(module, "pos_now", lambda *_: made.pos)
    return made


def said(*words: str, status: int = 0, answer: str = "") -> str:
    """Return what a command says, on one line."""
    return " ".join(typed("orders", *words, status=status, answer=answer).split())


def test_the_word_alone_lists_the_latest_orders(shop: Shop) -> None:
    shop.keep(of(7, an_entry()), ended_by_hand(of(9, an_entry()), {JUMPER: 20}))
    told = said()
    assert "Web orders (2)" in told
    assert told.index("9 ") < told.index("7 ")
    assert "booked by hand" in told
    assert "Awaiting fulfillment" in told


def test_the_list_says_when_there_is_none(shop: Shop) -> None:
    assert "No web order has come in yet." in said()
    assert "No web order is open." in said("--open")
    assert "No web order is overdue." in said("--overdue")
    assert "No web order has failed." in said("--failed")
    shop.mode = WebOrderMode.OFF
    assert "switched off" in said()


def test_overdue_and_failed_orders_are_listed_with_what_to_do(shop: Shop) -> None:
    bad = refused(ask(of(9, an_entry()), 0), "The outlet is closed.")
    fresh = replace(of(8, an_entry()), since_ms=2**62)
    shop.keep(of(7, an_entry()), fresh, bad)
    overdue = said("--overdue")
    assert "Web orders (2)" in overdue
    assert "orders retry 7" in overdue
    failed = said("--failed")
    assert "Web orders (1)" in failed
    assert "The outlet is closed." in failed
    assert "Web orders (3)" in said("--open")


def test_in_mode_ledger_open_orders_come_with_what_to_set_aside(shop: Shop) -> None:
    shop.mode = WebOrderMode.LEDGER
    shop.keep(of(7, an_entry(a_line(sku="J-S", name="Jumper"))), of(9, an_entry(a_line(sku="J-S"))))
    told = said("--open")
    assert "Set aside in the shop" in told
    assert "J-S" in told
    assert "Set aside" not in said().replace("Set aside what is", "")
    found = json.loads(said("--open", "--json"))
    assert [(each["sku"], each["aside"]) for each in found["set_aside"]] == [("J-S", 2), ("J-S", 2)]


def test_a_list_as_json_has_public_names(shop: Shop) -> None:
    shop.keep(of(7, an_entry()))
    (order,) = json.loads(said("--json"))["orders"]
    assert (order["id"], order["state"], order["revision"]) == (7, "seen", 1)
    (line,) = order["lines"]
    assert (line["owed"], line["booked"], line["product"]) == (2, 0, JUMPER)


def test_an_order_that_cannot_be_read_is_listed_and_said(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Odd(FakeOrderList):
        """Order 9 cannot be read."""

        def find(self, *_: object) -> Sequence[ListedOrder]:
            return [UnreadableOrder(WebOrderId(9))]

    shop.keep(of(9, an_entry()))
    monkeypatch.setattr(Shop, "order_list", property(lambda self: Odd(self.order_book)))
    assert "cannot be read" in said()
    assert "cannot be read" in said("--failed")
    assert json.loads(said("--json"))["orders"][0]["state"] == "unreadable"
    assert "cannot be read" in said("show", "9", status=1)


def test_one_order_is_shown_from_both_sides(shop: Shop) -> None:
    bad = refused(ask(of(9, an_entry(a_line(shipped=1))), 0), "The outlet is closed.")
    shop.keep(bad)
    told = said("show", "9")
    for words in (
        "Awaiting fulfillment",
        SMALL,
        "at web",
        "told 1, asked 1",
        "The outlet is closed.",
    ):
        assert words in told
    assert json.loads(said("show", "9", "--json"))["state"] == "failed"


def test_an_order_that_is_not_counted_says_how_to_count_it(shop: Shop) -> None:
    assert "orders take 8" in said("show", "8", status=1)
    assert "Name one order" in said("show", "8-9", status=2)


def test_nothing_is_acknowledged_before_a_person_has_said_that_the_pos_took_it_off(
    shop: Shop,
) -> None:
    shop.keep(of(9, an_entry()))
    assert "Has the POS taken off 1 order?" in said("ack", "9", status=1)
    assert shop.entry(9).state is LaneState.SEEN
    assert "counts as booked" in said("ack", "9", answer="y\n")
    assert shop.entry(9).state is LaneState.BY_HAND


def test_a_person_is_told_of_orders_that_the_pos_may_have_booked_itself(shop: Shop) -> None:
    shop.keep(ask(of(9, an_entry()), 0), of(10, an_entry()))
    told = said("ack", "9-10", "--yes")
    assert "The POS was asked to book order 9" in told
    assert "order 10," not in told
    assert "9, 10: It counts as booked" in told.replace("10, 9", "9, 10")


def test_what_cannot_be_acknowledged_or_told_again_ends_with_status_1(shop: Shop) -> None:
    assert "does not count this order" in said("ack", "9", "--yes", status=1)
    assert "does not count this order" in said("retry", "9", status=1)
    shop.mode = WebOrderMode.LEDGER
    assert "is not pos" in said("retry", "9", status=1)


def test_a_refused_order_is_told_again_and_older_ones_are_taken(shop: Shop) -> None:
    shop.keep(refused(ask(of(9, an_entry()), 0), "The outlet is closed."))
    assert "9: The POS is told of it again." in said("retry", "9")
    assert "1, 2, 3, 4, 5 and 1 more: It is read now" in said("take", "1-6")
    rows = {(row.lane, row.product) for row in shop.pending.rows}
    assert rows == {(Lane.BOOK, "9"), *((Lane.WEB, str(n)) for n in range(1, 7))}


def test_as_json_each_order_has_its_answer(shop: Shop) -> None:
    shop.keep(ask(of(9, an_entry()), 0))
    told = json.loads(said("ack", "9-10", "--yes", "--json", status=1))
    assert [(each["order"], each["done"]) for each in told["answers"]] == [(9, True), (10, False)]
    assert told["unanswered"] == [9]
    (again,) = json.loads(said("retry", "10", "--json", status=1))["answers"]
    assert not again["done"]
    taken = json.loads(said("take", "1-6", "--json"))["answers"]
    assert [each["order"] for each in taken] == [1, 2, 3, 4, 5, 6]


def test_numbers_are_named_singly_or_from_one_to_another() -> None:
    assert order_numbers(["231", "240-242", "#7", "241"]) == [231, 240, 241, 242, 7]


@pytest.mark.parametrize(
    "word",
    ["", "0", "-3", "5-3", "1-", "a", "1.5", "1-2-3", "9" * 17, "9" * 16, "\uff11", "1-1002"],
)
def test_what_names_no_order_is_refused(word: str) -> None:
    with pytest.raises(WrongArguments):
        order_numbers([word])


def the_jumper(shop: Shop) -> ListedProduct:
    """Return the jumper's row of the POS view."""
    shop.read_model.put(STORE, [ViewRow("pos", JUMPER, "Jumper", stock="4", state=RowState.LINKED)])
    variants = {SMALL: LinkedVariant(StoreVariantId(501), level=4)}
    link = a_link(JUMPER, variants=variants, stock_version=20)
    shop.links.linked(STORE, link)
    target: Any = shop
    (row,) = page(target, STORE, Side.POS).rows
    return row


def test_a_product_says_what_of_it_is_promised_on_the_web(shop: Shop) -> None:
    stock = (some_stock(5, "shop-a"), some_stock(7, "elsewhere"))
    shop.pos.save(a_jumper("S", version=20, variants=(a_variant(stock=stock),)))
    shop.keep(an_entry(a_line(quantity=1)))
    assert " ".join(the_jumper(shop)["words"]) == (
        "On hand 5, promised on the web 1: order 1041, not booked; online 4."
    )


def test_while_the_pos_is_away_a_product_says_what_is_known(shop: Shop) -> None:
    shop.pos.fail_next(PosDown("away"))
    shop.keep(an_entry(a_line(quantity=1)))
    assert the_jumper(shop)["words"] == ["Promised on the web 1: order 1041, not booked; online 4."]


@pytest.mark.parametrize("mode", WebOrderMode)
def test_a_product_says_nothing_of_orders_that_are_booked_or_do_not_count(
    shop: Shop, mode: WebOrderMode
) -> None:
    shop.mode = mode
    shop.keep(ended_by_hand(an_entry(), {JUMPER: 20}) if mode != "off" else an_entry())
    assert the_jumper(shop)["words"] == []
    assert shop.pos.reads == []
