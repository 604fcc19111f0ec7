"""The command line lists what was sold twice, and says why."""

import json
from dataclasses import dataclass, field

import pytest

from cli.deployment import connections
from tests.builders import LANTERN, STORE, a_connection
from tests.fakes.history import FakeHistory, FakeOversold
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.order_list import FakeOrderList
from tests.fakes.stores import FakeStores
from tests.unit.cli.typed import typed
from tests.unit.domain.autopsy.stories import Story, because, web_after_till
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.web_orders.accounts import Holder


@dataclass
class Shop:
    """A deployment in memory with one store."""

    stores: FakeStores = field(default_factory=lambda: FakeStores([a_connection()]))
    history: FakeHistory = field(default_factory=FakeHistory)
    oversold: FakeOversold = field(default_factory=FakeOversold)
    order_list: FakeOrderList = field(default_factory=lambda: FakeOrderList(FakeOrderBook()))

    def sold_twice(self, story: Story, name: str = "Mug, blue") -> None:
        """Keep what a story wrote down, and the debt that its last line shows."""
        self.history.write(STORE, story.lines)
        at_ms = story.lines[-1].at_ms
        orders = (WebOrderId(1042),)
        self.oversold.note(
            STORE, [Oversold(at_ms, Holder(LANTERN), 1, 3, name, "MUG-BLUE", orders)]
        )


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop()
    monkeypatch.setattr(connections, "need_target", lambda _: made)
    return made


def said(*words: str, status: int = 0) -> str:
    """Return what the command says."""
    return typed("oversell", *words, status=status)


def test_what_was_sold_twice_is_listed(shop: Shop) -> None:
    assert "Nothing was sold twice" in said()
    shop.sold_twice(web_after_till())
    told = said()
    assert "Sold twice (1)" in told
    assert "Mug, blue" in told
    assert "1042" in told


@pytest.mark.parametrize("what", ["1042", "MUG-BLUE", LANTERN])
def test_of_an_order_a_sku_or_a_product_it_says_why(shop: Shop, what: str) -> None:
    shop.sold_twice(web_after_till())
    told = said(what)
    assert "Oversold: Mug, blue by 1 unit" in told
    assert "Cause: sold on the web about 1 s after the shop gave the last free unit away" in told
    assert "Would have prevented it: safety_stock=1; or a level online within 0.9 s" in told


def test_where_a_second_decides_both_verdicts_are_told(shop: Shop) -> None:
    sale = because(6.1, "s-1")
    shop.sold_twice(
        Story()
        .level(0, 1, version=1)
        .found(9, 1042, 1, 6)
        .level(9.4, 0, 1, version=2, because=sale)
    )
    told = said("1042")
    assert told.count("Cause:") == 2
    assert "Which came first within one second is not known" in told


def test_what_nobody_noticed_is_said_not_to_be_known(shop: Shop) -> None:
    shop.sold_twice(web_after_till())
    assert "Nothing of '7' was sold twice" in said("7", status=1)


def test_a_debt_whose_history_is_gone_has_no_verdict(shop: Shop) -> None:
    shop.oversold.note(STORE, [Oversold(0, Holder(LANTERN), 1, 3, "Mug", "MUG")])
    assert "nobody can say why" in said("MUG")


def test_json_holds_the_timeline_and_what_would_have_helped(shop: Shop) -> None:
    shop.sold_twice(web_after_till())
    (debt,) = json.loads(said("1042", "--json"))["debts"]
    (verdict,) = debt["verdicts"]
    assert verdict["cause"] == "web_after_till"
    assert verdict["explains_it"] is True
    assert verdict["timeline"][-1]["debt"] == 1
    assert verdict["would_have_prevented"][0] == "safety_stock=1"
    assert json.loads(said("--json"))["debts"][0]["units"] == 1


def test_a_name_controls_no_terminal(shop: Shop) -> None:
    shop.sold_twice(web_after_till(), name="Mug\x1b[2J [red]blue")
    assert "\x1b" not in said("1042")
    assert "[red]blue" in said("1042")
