"""The command line shows both sides of a product."""

import io
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from cli.deployment import connections, product
from cli.screen import product_report
from cli.screen.console import Screen
from tests.builders import JUMPER, LANTERN, STORE, a_jumper, a_product
from tests.fakes.console import FakeListing
from tests.fakes.products_kept import FakeProductsKept
from tests.reconcile_world import ReconcileWorld
from tests.unit.cli.typed import typed
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId


@dataclass
class Tables:
    """The tables of a world, as a command reads them."""

    stores: Any
    products: Any
    history: Any
    open_lines: Any
    clock: Any


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> ReconcileWorld:
    """Return a deployment with one store: the tables of a world are what a target reads."""
    world = ReconcileWorld()
    world.listing = FakeListing(world.read_model)  # type: ignore[attr-defined]  # a deployment has one
    kept = FakeProductsKept(world.links, world.read_model, world.pending, world.runs)
    tables = Tables(world.stores, kept, world.history, world.order_book, world.clock)
    monkeypatch.setattr(connections, "need_target", lambda _: world)
    monkeypatch.setattr(product, "product_tables", lambda _: tables)
    return world


def said(*words: str, status: int = 0) -> str:
    """Return what the command says, with single spaces."""
    return re.sub(r"[\s│]+", " ", typed("show", *words, status=status))


def test_both_sides_are_shown_with_how_they_stand(shop: ReconcileWorld) -> None:
    shop.linked(a_product())
    shop.online(LANTERN).fields["price"] = Decimal("14.50")
    shop.reconcile()
    told = said(LANTERN)
    assert told.startswith(
        f"Storm Lantern (p-lantern), linked to BigCommerce #{shop.link(LANTERN).id}"
    )
    assert "price always 39.90 14.50 differs 2026-" in told
    assert "Stock: on hand 3, promised on the web 0, kept back 0, may be sold online 3" in told


def test_what_waits_and_why_is_told(shop: ReconcileWorld) -> None:
    shop.linked(a_product())
    shop.happens("product.saved", a_product(version=2, price=Decimal(5)))
    assert "Waits in content since 2026-" in said(LANTERN)
    assert "because of product.saved" in said(LANTERN)


def test_a_product_is_found_by_id_sku_name_and_number(shop: ReconcileWorld) -> None:
    shop.linked(a_product(), a_jumper())
    number = str(shop.link(LANTERN).id)
    for what in (LANTERN, a_product().sku, "storm lantern", number, f"#{number}"):
        assert said(what).startswith("Storm Lantern (p-lantern)"), what
    assert "No product has the id, SKU, name" in said("nope", status=1)


def test_variants_are_shown_one_by_one(shop: ReconcileWorld) -> None:
    shop.linked(a_jumper(*(f"S{n}" for n in range(25))))
    told = said(JUMPER)
    assert "Size S0" in told
    assert "5 variants more: `--json` has them." in told


def test_a_product_of_one_side_says_so(shop: ReconcileWorld) -> None:
    stranger = shop.web.seed("Stranger")
    shop.pos.save(a_product())
    shop.reconcile()
    assert said(str(stranger.id)).startswith(f"Stranger (#{stranger.id}) is in BigCommerce alone.")
    told = said(LANTERN)
    assert told.startswith("Storm Lantern (p-lantern) is not linked.")
    assert "BigCommerce: nothing is kept." in told


def test_programs_get_everything_as_json(shop: ReconcileWorld) -> None:
    shop.linked(a_jumper("S", "M"))
    told = json.loads(typed("show", JUMPER, "--json"))
    assert told["bigcommerce_id"] == shop.link(JUMPER).id
    fields = {each["field"]: each for each in told["fields"]}
    assert fields["name"]["state"] == "same"
    assert fields["weight"]["owner"] == "bigcommerce"
    assert [each["name"] for each in told["variants"]] == ["Size S", "Size M"]
    assert told["variants"][0]["level"]["online"] == told["variants"][0]["level"]["level"]


def test_of_what_only_history_is_left_it_says_where_to_look(shop: ReconcileWorld) -> None:
    line = ProductLine(1_790_000_000_000, PosProductId(LANTERN), Did.UNLINKED)
    shop.history.write(STORE, [line])
    assert "only its history is left" in said(LANTERN, status=1)


def test_at_80_columns_a_field_is_a_line(
    shop: ReconcileWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.linked(a_product())
    out = io.StringIO()
    screen = Screen(file=out, width=80, force_terminal=True, color_system=None)
    monkeypatch.setattr(product_report, "console", screen)
    typed("show", LANTERN)
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    (price,) = [line for line in lines if line.startswith("price ")]
    assert re.search(r"always .* 39\.90 .* 39\.90 .* same ", price)
