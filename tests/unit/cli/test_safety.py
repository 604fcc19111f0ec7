"""`tillbridge safety` shows what would be kept, before anybody turns it on."""

import json
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from cli.deployment import safety
from cli.deployment.safety import WouldKeep, would_keep
from cli.screen.safety_report import safety_json, show_safety
from tests.builders import LANTERN, STORE, a_connection, a_jumper, a_product, some_stock
from tests.fakes.history import FakeHistory
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.connection import Connection, Settings
from tillbridge.domain.history.product_line import (
    Because,
    Did,
    EventSeen,
    HolderLevel,
    ProductLine,
)
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.safety_stock import KeptUnits, LearnedSafety, Variant


@pytest.fixture
def kept_of(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what `would_keep` says of a shop that sold 2,000 of its 50 lanterns, and no jumper."""
    records = {each.id: each for each in (a_product(stock=(some_stock(50),)), a_jumper())}
    history = FakeHistory()
    now = SystemClock().now_ms()
    seen = EventSeen("e", "sale.completed", now - 60_000, now - 59_000, 1)
    for on_hand in (2_050, 50):
        level = HolderLevel(None, Decimal(on_hand), Decimal(0), 0, on_hand)
        because = Because(seen, seen)
        line = ProductLine(now, PosProductId(LANTERN), Did.STOCK, because=because, holders=(level,))
        history.write(STORE, [line])
    links = {each: SimpleNamespace(product=each, id=7) for each in records}
    links[PosProductId("p-gone")] = SimpleNamespace(product=PosProductId("p-gone"), id=None)
    pos = SimpleNamespace(products=lambda some: {each: records[each] for each in some})
    monkeypatch.setattr(safety, "every_link", lambda *_: links)
    monkeypatch.setattr(safety, "reach", lambda *_: None)
    monkeypatch.setattr(safety, "open_pos", lambda _: pos)

    def kept(connection: Connection) -> list[WouldKeep]:
        target: Any = SimpleNamespace(history=history)
        return would_keep(target, connection)

    return kept


def test_only_what_is_kept_or_would_be_is_shown(
    kept_of: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = kept_of(a_connection())
    assert kept == [WouldKeep(a_product().sku, a_product().name, 0, 3)]
    assert json.loads(json.dumps(safety_json(kept)))["products"][0]["learned"] == 3
    show_safety(kept, Settings())
    assert "store set safety_stock=learned" in capsys.readouterr().out


def test_what_is_kept_now_is_shown_beside_what_sales_call_for(
    kept_of: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    jumper = a_jumper()
    kept: dict[Variant, KeptUnits] = {(jumper.id, jumper.variants[0].id): KeptUnits(2, 1)}
    settings = Settings(learned_safety=LearnedSafety(3, kept))
    found = kept_of(a_connection(settings=settings))
    assert (found[0].sku, found[0].now, found[0].learned) == (jumper.variants[0].sku, 2, 0)
    show_safety([], settings)
    assert "Nothing sold so fast" in capsys.readouterr().out
