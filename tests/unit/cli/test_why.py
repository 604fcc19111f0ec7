"""The command line says why a value of a product is what it is."""

import io
import json
import re
from decimal import Decimal

import pytest

from cli.deployment import connections
from cli.screen import why_report
from cli.screen.console import Screen
from tests.builders import JUMPER, LANTERN, STORE, a_jumper, a_product, some_stock
from tests.fakes.console import FakeListing
from tests.unit.cli.typed import typed
from tests.unit.usecases.linking.linking_world import LinkingWorld, a_shown
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link_requests import LinkRequestKind


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> LinkingWorld:
    """Return a deployment with one store: the tables of a world are what a target reads."""
    world = LinkingWorld()
    world.listing = FakeListing(world.read_model)  # type: ignore[attr-defined]  # a deployment has one
    monkeypatch.setattr(connections, "need_target", lambda _: world)
    return world


def said(*words: str, status: int = 0) -> str:
    """Return what the command says, with single spaces."""
    return re.sub(r"[\s│]+", " ", typed("why", *words, status=status))


def test_a_price_is_told_with_the_event_that_changed_it(shop: LinkingWorld) -> None:
    shop.linked(a_product())
    shop.happens("product.saved", a_product(version=2, price=Decimal("41.5")))
    shop.push_until_quiet()

    told = said(LANTERN, "price")
    assert "price: 41.50" in told
    assert "before 39.90" in told
    assert "because of it was saved in the POS" in told
    assert "event product.saved e, happened 2026-" in told


def test_a_person_who_asked_is_named(shop: LinkingWorld) -> None:
    shop.pos.save(a_product())
    shop.link_by_hand(LANTERN, a_shown(shop))
    assert "asked by mina" in said(LANTERN, "price")
    shop.people_ask(LinkRequestKind.UNDO, (LANTERN, None))
    told = said(LANTERN, "price")
    assert "price: 55.00" in told
    assert "An undo wrote it back" in told
    assert "BigCommerce keeps its own value until the POS's changes" in told


def test_stock_is_told_as_a_sum_with_its_events(shop: LinkingWorld) -> None:
    shop.linked(a_product())
    for version in range(2, 5):
        shop.happens("sale.completed", a_product(version=version, stock=(some_stock(1),)))
    shop.push_until_quiet()

    told = said(LANTERN, "stock")
    assert "on hand 1, committed 0, promised on the web 0, safety stock 0 = 1" in told
    assert "because of a sale, and 2 more" in told
    assert "between 1 more, of which only the number is kept" in told


def test_all_fields_and_what_happened_are_listed(shop: LinkingWorld) -> None:
    shop.linked(a_product())
    told = said(LANTERN)
    assert told.startswith("Storm Lantern (p-lantern), linked to BigCommerce #")
    assert "price 39.90 2026-" in told
    assert "created in BigCommerce a person pushed it" in told
    assert "images not kept" in told


def test_a_product_is_found_by_id_sku_name_and_number(shop: LinkingWorld) -> None:
    shop.linked(a_product(), a_jumper())
    sku = a_product().sku
    for what in (LANTERN, sku, sku.lower(), "storm lantern", str(shop.link(LANTERN).id)):
        assert said(what, "price").startswith("Storm Lantern (p-lantern)"), what
    assert said(next(v.sku for v in a_jumper().variants), "stock").count("stock of") == 2


def test_what_is_not_known_is_said_with_what_to_do(shop: LinkingWorld) -> None:
    shop.linked(a_product(), a_product("p-2", name="Storm Lantern", sku="OTHER"))
    assert "No product has the id, SKU, name" in said("nope", status=1)
    assert "No field is called 'colour'. The fields are: stock, name" in said(
        LANTERN, "colour", status=2
    )
    assert "2 products are called" in said("Storm Lantern", status=1)
    assert said("9" * 300, status=2)


def test_a_product_that_an_import_left_out_is_told_by_its_number(shop: LinkingWorld) -> None:
    line = ProductLine(
        shop.clock.now_ms(),
        PosProductId(""),
        Did.LEFT_OUT,
        by="mina",
        words="Link them.",
        web=StoreProductId(4711),
    )
    shop.history.write(STORE, [line])
    told = said("#4711")
    assert "(#4711) is in BigCommerce alone" in told
    assert "an import left it out: Link them." in told
    assert "mina" in told
    assert json.loads(typed("why", "4711", "--json"))["product"] == ""


def test_what_keeps_a_product_from_being_pushed_is_told(shop: LinkingWorld) -> None:
    shop.linked(a_product())
    shop.happens("product.saved", a_product(version=2, name="x" * 300))
    shop.push_until_quiet()
    assert "Shorten it" in said(LANTERN, "price")
    shop.people_ask(LinkRequestKind.UNLINK, (LANTERN, None))
    told = said(LANTERN)
    assert (
        "It is not linked, so nothing of it is sent. To create it online: tillbridge push" in told
    )
    assert "unlinked from #" in told


def test_json_has_every_variant_and_the_events(shop: LinkingWorld) -> None:
    shop.linked(a_jumper())
    found = json.loads(typed("why", JUMPER, "price", "--json"))
    assert [each["variant"] for each in found["fields"]] == [
        None,
        *(v.id for v in a_jumper().variants),
    ]
    product = found["fields"][0]
    assert (product["value"], product["standing"], product["setting"]) == ("39.9", "sent", "on")
    assert product["line"]["because"]["first"]["type"] == "push.requested"
    assert found["timeline"][-1]["what"] == "created in BigCommerce"


def test_a_name_controls_no_terminal(shop: LinkingWorld) -> None:
    shop.linked(a_product(name="Mug\x1b[2J [red]blue"))
    for words in ([LANTERN], [LANTERN, "name"]):
        told = said(*words)
        assert "\x1b" not in told
        assert "[red]blue" in told


def test_on_80_columns_no_value_is_lost(
    shop: LinkingWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.linked(a_product())
    out = io.StringIO()
    monkeypatch.setattr(
        why_report, "console", Screen(file=out, width=80, force_terminal=True, color_system=None)
    )
    said(LANTERN)
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    (price,) = [line for line in lines if line.startswith("price")]
    assert "39.90" in price
    assert re.search(r"2026-\d\d-\d\d \d\d:\d\d:\d\d", price)
