"""`store set` asks both sides before it changes what becomes of web orders."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import requests

from cli.cannot_run import CannotRun
from cli.deployment import both_sides, connections
from cli.deployment import settings as tables
from cli.deployment import web_orders as switching
from cli.deployment.both_sides import outlets_of, takes_web_orders
from cli.screen import hook_report
from tests.builders import STORE, a_connection, a_pos_account
from tests.fakes.clock import FakeClock
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.pending import FakePending
from tests.fakes.settings_versions import FakeSettingsVersions
from tests.fakes.signals import FakeSignals
from tests.fakes.stores import FakeStores
from tests.fakes.web_orders import FakeWebOrders
from tests.unit.adapters.canned_http import Canned, answer
from tests.unit.cli.typed import typed
from tests.unit.domain.web_orders.orders import an_entry
from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.errors import NeedsAttention
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pos_account import PosKind
from tillbridge.domain.web_orders.book_rows import OPEN
from tillbridge.domain.web_orders.switching import Outlet
from tillbridge.usecases.change_settings import Kept, save_settings

LIGHTSPEED = a_pos_account(address="https://quay.example", kind=PosKind.LIGHTSPEED_X)
THEIRS = 1_790_000_000_000
POS_ACCOUNT = a_pos_account(address="https://pos.example")
POS, LEDGER, OFF = WebOrderMode.POS, WebOrderMode.LEDGER, WebOrderMode.OFF


@dataclass
class Shop:
    """A deployment in memory with one store, and what its two sides say."""

    stores: FakeStores = field(default_factory=lambda: FakeStores([a_connection()]))
    order_book: FakeOrderBook = field(default_factory=FakeOrderBook)
    signals: FakeSignals = field(default_factory=FakeSignals)
    order_signals: FakeSignals = field(default_factory=FakeSignals)
    pending: FakePending = field(default_factory=FakePending)
    orders: FakeWebOrders = field(default_factory=FakeWebOrders)
    outlets: list[Outlet] = field(default_factory=lambda: [Outlet("o-main"), Outlet("o-back")])
    offered: bool = True
    asked: list[str] = field(default_factory=list)
    hooks_checked: list[WebOrderMode] = field(default_factory=list)

    @property
    def connection(self) -> Connection:
        found = self.stores.find(STORE)
        assert found is not None
        return found

    def has(self, **settings: object) -> None:
        self.stores.save_connection(
            a_connection(settings=Settings(**settings), web_orders_since_ms=THEIRS - 1)  # type: ignore[arg-type]
        )

    def items(self, location: int) -> int:
        """Return how many items BigCommerce keeps back at the location."""
        return 3 if location == 1 else 0

    def checks_hooks(self, _: object, connection: Connection) -> None:
        self.hooks_checked.append(connection.settings.web_orders)

    def said_of_outlets(self) -> list[Outlet]:
        self.asked.append("outlets")
        return self.outlets


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop()
    made.orders.now_ms = THEIRS
    monkeypatch.setattr(connections, "need_target", lambda _: made)
    monkeypatch.setattr(switching, "pos_token", lambda *_: "t")
    monkeypatch.setattr(switching, "outlets_of", lambda *_: made.said_of_outlets())
    monkeypatch.setattr(switching, "takes_web_orders", lambda *_: made.offered)
    monkeypatch.setattr(switching, "orders_of", lambda *_: made.orders)
    monkeypatch.setattr(switching, "_kept_back_of", lambda *_: made)
    kept = Kept(made.stores, FakeSettingsVersions(made.stores), FakeClock())
    monkeypatch.setattr(tables, "settings_tables", lambda _: kept)
    monkeypatch.setattr(hook_report, "check_and_show", made.checks_hooks)
    return made


def said(*words: str, status: int = 0, reply: str = "") -> str:
    """Return what `store set` says, on one line."""
    return " ".join(typed("store", "set", *words, status=status, answer=reply).split())


def test_web_orders_count_from_bigcommerces_time_at_which_they_are_switched_on(shop: Shop) -> None:
    told = said("web_orders=pos", "web_outlet=o-main")
    assert shop.connection.web_orders_since_ms == THEIRS
    assert shop.connection.settings.web_orders is POS
    assert shop.signals.signalled == [StoreId(STORE)]
    assert "does not say when it takes stock off" in told
    assert "3 items have a safety stock in BigCommerce" in told


@pytest.mark.parametrize("mode", [POS, LEDGER])
def test_what_is_open_is_looked_at_where_the_pos_is_told_from_now_on(
    shop: Shop, mode: WebOrderMode
) -> None:
    said(f"web_orders={mode}", "web_outlet=o-main")
    told = mode is POS
    assert [row.product for row in shop.pending.rows] == ([OPEN] if told else [])
    assert shop.order_signals.signalled == ([STORE] if told else [])


def test_the_only_outlet_of_a_pos_is_where_it_books(shop: Shop) -> None:
    shop.outlets = [Outlet("o-main")]
    said("web_orders=pos")
    assert shop.connection.settings.web_outlet == "o-main"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["web_orders=pos"], "Say where the POS books web orders"),
        (["web_orders=pos", "web_outlet=o-gone"], "no outlet 'o-gone'"),
        (["web_outlet=o-gone"], "no outlet 'o-gone'"),
        (["web_orders=ledger", "web_outlet=o-main", "outlets=o-back"], "not one of those"),
    ],
)
def test_an_outlet_where_nothing_can_be_booked_changes_nothing(
    shop: Shop, words: list[str], why: str
) -> None:
    before = shop.connection
    assert why in said(*words, status=1)
    assert shop.connection == before
    assert shop.signals.signalled == []


def test_outlets_that_no_longer_hold_the_web_outlet_are_refused(shop: Shop) -> None:
    shop.has(web_orders=POS, web_outlet="o-main")
    assert "not one of those" in said("outlets=o-back", status=1)


def test_a_pos_that_takes_no_orders_is_told_of_none_and_ledger_is_named(shop: Shop) -> None:
    shop.offered = False
    assert "web_orders=ledger" in said("web_orders=pos", "web_outlet=o-main", status=1)
    assert shop.connection.settings.web_orders is OFF
    said("web_orders=ledger")
    assert shop.connection.settings.web_orders is LEDGER


def test_a_vendors_pos_is_told_of_no_web_orders_until_somebody_has_seen_what_its_levels_hold(
    shop: Shop,
) -> None:
    shop.stores.save_connection(replace(shop.connection, pos_account=LIGHTSPEED))
    told = said("web_orders=pos", "web_outlet=o-main", status=1)
    assert "nobody has seen yet" in told
    assert "web_orders=ledger" in told
    assert shop.asked == [], "neither side is asked"
    said("web_orders=ledger")
    assert shop.connection.settings.web_orders is LEDGER


def test_orders_that_cannot_be_read_are_not_switched_on(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object) -> object:
        raise NeedsAttention("scope_missing", "A scope is missing.")

    monkeypatch.setattr(shop.orders, "changed", closed)
    told = said("web_orders=ledger", status=1)
    assert "A scope is missing." in told
    assert "Orders, read-only" in told
    assert shop.connection.settings.web_orders is OFF


def test_another_mode_counts_the_same_orders(shop: Shop) -> None:
    shop.has(web_orders=POS, web_outlet="o-main")
    said("web_orders=ledger")
    assert shop.connection.web_orders_since_ms == THEIRS - 1
    said("web_orders=pos")
    assert shop.connection.web_orders_since_ms == THEIRS - 1


def test_a_person_agrees_before_the_pos_is_told_of_what_was_to_be_booked_by_hand(
    shop: Shop,
) -> None:
    shop.has(web_orders=LEDGER, web_outlet="o-main")
    shop.order_book.write(StoreId(STORE), [(None, an_entry())])
    assert "book a second time" in said("web_orders=pos", status=1)
    assert shop.connection.settings.web_orders is LEDGER
    said("web_orders=pos", reply="y\n")
    assert shop.connection.settings.web_orders is POS


def test_a_person_agrees_before_what_is_promised_is_let_go(shop: Shop) -> None:
    shop.has(web_orders=POS, web_outlet="o-main")
    shop.order_book.write(StoreId(STORE), [(None, an_entry())])
    assert "1 web order is open" in said("web_orders=off", status=1)
    assert shop.connection.settings.web_orders is POS
    assert "1 web order is open" in said("web_orders=off", "--yes")
    assert shop.connection.settings.web_orders is OFF
    (row,) = shop.pending.rows
    assert (row.lane, row.force) == (Lane.STOCK, True), "what it kept goes on sale again"
    assert shop.signals.signalled == [STORE]


def test_without_open_orders_nobody_is_asked(shop: Shop) -> None:
    shop.has(web_orders=POS, web_outlet="o-main")
    said("web_orders=off")
    assert shop.connection.settings.web_orders is OFF


def test_switched_on_again_orders_count_anew(shop: Shop) -> None:
    shop.has(web_orders=OFF)
    said("web_orders=ledger")
    assert shop.connection.web_orders_since_ms == THEIRS


@pytest.mark.parametrize("words", [[], ["safety_stock=3"], ["web_orders=off"], ["web_outlet="]])
def test_other_settings_ask_neither_side(shop: Shop, words: list[str]) -> None:
    shop.has(web_outlet="" if words == ["web_outlet="] else "o-gone")
    said(*words)
    assert shop.asked == []
    assert not shop.orders.record.calls
    assert shop.signals.signalled == []


def _answering(monkeypatch: pytest.MonkeyPatch, step: Any) -> None:
    canned = Canned([step])
    monkeypatch.setattr(both_sides, "new_http_session", canned.http_session)


@pytest.mark.parametrize(
    ("status", "body", "takes"),
    [
        (200, b'{"data": [], "next_version": 0, "has_more": false}', True),
        (404, b"", False),
        (405, b"", False),
        (501, b"", False),
    ],
)
def test_a_pos_is_asked_whether_it_takes_web_orders(
    monkeypatch: pytest.MonkeyPatch, status: int, body: bytes, takes: bool
) -> None:
    _answering(monkeypatch, answer(status, body))
    assert takes_web_orders(POS_ACCOUNT, "t") is takes


@pytest.mark.parametrize("step", [answer(200, b"[]"), answer(500), requests.ConnectionError()])
def test_a_pos_that_does_not_say_is_not_taken_for_one_that_does(
    monkeypatch: pytest.MonkeyPatch, step: object
) -> None:
    _answering(monkeypatch, step)
    with pytest.raises(CannotRun):
        takes_web_orders(POS_ACCOUNT, "t")


def test_outlets_are_read_as_far_as_they_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    body = (
        b'{"data": [{"id": "a", "name": "A", "active": false}, {"id": "b"}, {}, 7, {"id": null}]}'
    )
    _answering(monkeypatch, answer(200, body))
    assert outlets_of(POS_ACCOUNT, "t") == [
        Outlet("a", "A", active=False),
        Outlet("b"),
    ]


def test_webhooks_are_checked_where_a_store_wants_others_than_before(shop: Shop) -> None:
    said("web_orders=ledger")
    said("web_orders=ledger", "safety_stock=1")
    said("web_orders=off", "--yes")
    assert shop.hooks_checked == [LEDGER, OFF]


def test_a_change_that_somebody_else_was_quicker_with_saves_nothing(shop: Shop) -> None:
    def quicker(target: object, connection: Connection, settings: Settings) -> switching.Switched:
        others = replace(connection.settings, reconcile_mode="repair")
        save_settings(tables.settings_tables(None), connection, others, "Olivia")  # type: ignore[arg-type]  # patched
        return switching.Switched(replace(connection, settings=settings))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(switching, "switched", quicker)
        told = said("safety_stock=2", status=1)
    assert "Olivia changed reconcile mode meanwhile. Look again." in told
    assert shop.connection.settings.safety_stock == 0
