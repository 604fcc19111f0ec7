"""A BigCommerce record that cannot be read: it is there, and nothing is said or done about what
nobody could read."""

from dataclasses import replace

import pytest

from tests.builders import STORE, a_product
from tests.import_world import ImportWorld
from tests.reconcile_world import FULL, ReconcileWorld
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.store_catalogue import Page
from tillbridge.ports.store_reader import WebPage

WHY = "price is no number that can be used"


def _hides(shop: ReconcileWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    number = shop.link(a_product()).id
    assert number is not None
    hidden = WebProduct(number, name="", unreadable=WHY)
    read = shop.reader.page

    def page(after: StoreProductId, since_ms: int = 0) -> WebPage:
        found = read(after, since_ms)
        return replace(found, products=(hidden,) if found.products else ())

    monkeypatch.setattr(shop.reader, "page", page)
    monkeypatch.setattr(shop.reader, "products", lambda _: [hidden])


def test_reconcile_neither_compares_it_nor_takes_it_for_deleted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = ReconcileWorld()
    shop.linked(a_product())
    _hides(shop, monkeypatch)
    run = shop.reconcile(FULL)
    assert list(shop.findings(run)) == []
    assert shop.link(a_product()).is_linked


def test_nothing_is_settled_by_what_nobody_could_read(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = ReconcileWorld()
    shop.linked(a_product(version=500))
    shop.reconcile(FULL)
    shop.happens("sale.completed", a_product(version=20))
    shop.push_until_quiet()
    link = shop.link(a_product())
    assert link.went_back
    place = (link.product, "name")
    shop.runs.accept(STORE, link.product, {"name": Accepted("tried abc")})
    _hides(shop, monkeypatch)
    shop.reconcile(FULL)
    assert not shop.pending.rows, "there is nothing to push"
    assert place in shop.runs.accepted(STORE), "what was tried is remembered"


def test_an_import_says_why_it_leaves_it_out_and_takes_its_neighbour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = ImportWorld()
    shop.sells("Lamp", "LMP")
    odd = shop.sells("Rug", "RUG")
    read = shop.catalogue.page

    def page(*given: object) -> Page:
        found = read(*given)  # type: ignore[arg-type]  # what the port takes
        products = tuple(
            WebProduct(p.id, name="", unreadable=WHY) if p.id == odd.id else p
            for p in found.products
        )
        return replace(found, products=products)

    monkeypatch.setattr(shop.catalogue, "page", page)
    shop.ask_for()
    shop.import_until_quiet()
    assert [product.product_number for product in shop.pos.made] == ["LMP"]
    (words,) = [each.words for each in shop.imports.outcomes.values() if each.web == odd.id]
    assert words.startswith(f"BigCommerce's record of #{odd.id} cannot be read ({WHY}).")
