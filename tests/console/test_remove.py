"""A store is removed in the console: its owner reads what that comes to, types its name, and can take it back."""

from dataclasses import replace

import pytest

from tests.builders import a_change, a_connection
from tests.console.catalogue import NOW_MS, SHOP
from tests.console.first_days import TILL, connected
from tests.console.shop import OLIVIA, Shop
from tests.console.test_connect import send, sides, tokens
from tests.console.visits import S, post, visit
from tests.console_house import ConsoleHouse, a_person
from tests.fakes.removals import FakeRemovals
from tests.fakes.stores import FakeStores
from tillbridge.console.routes import ROUTES
from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.ids import StoreId, StoreProductId
from tillbridge.domain.people import Person, Role
from tillbridge.domain.removal import KEPT_MS
from tillbridge.usecases.console.remove import PATIENCE_S

OWNER = Person("https://issuer", "4", "Pat", {SHOP: Role.OWNER})


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    return connected().play(monkeypatch)


def test_it_says_what_happens_before_the_name_is_typed(shop: Shop) -> None:
    shop.pending.mark(a_change(f"p-{n}", store=SHOP) for n in range(3))
    seen = visit(shop, f"{S}/remove")
    assert "3 changes wait, and are not sent" in seen.text
    assert "until 21 Dec" in seen.text
    assert f"tillbridge links export --store {SHOP}" in seen.text
    assert "no other store has it" in seen.text
    assert "to be deleted in BigCommerce" not in seen.text, (
        "without web orders there are no webhooks"
    )
    assert shop.deps.stores.find(SHOP) is not None


def test_what_the_console_cannot_take_off_and_who_shares_the_pos_is_said(shop: Shop) -> None:
    stores = FakeStores(
        [
            a_connection(
                SHOP,
                pos_account=TILL,
                settings=Settings(web_orders=WebOrderMode.LEDGER),
                canary=Canary(StoreProductId(77), 0),
            ),
            a_connection(StoreId("quay"), store_hash="q", pos_account=TILL),
        ]
    )
    shop.deps = replace(
        shop.deps,
        stores=stores,
        store_list=type(shop.deps.store_list)(stores),  # type: ignore[call-arg]  # a fake's
        removals=FakeRemovals(stores),
    )
    seen = visit(shop, f"{S}/remove")
    assert "Its webhooks and Its canary: to be deleted" not in seen.text
    assert "Its webhooks and its canary: to be deleted in BigCommerce." in seen.text
    assert "a hidden product, number 77" in seen.text
    assert "because quay has it, too" in seen.text
    post(shop, f"{S}/remove", name=SHOP)
    assert "delete its API account there" in visit(shop, "/stores").text


@pytest.mark.parametrize("typed", ["", "harbour", SHOP.upper()])
def test_another_name_removes_nothing(shop: Shop, typed: str) -> None:
    told = post(shop, f"{S}/remove", name=typed)
    assert told.startswith("422 ")
    assert "That is not its name. Nothing was done." in told
    assert shop.deps.stores.find(SHOP) is not None


def test_its_name_removes_it_with_its_tokens_and_twice_is_once(shop: Shop) -> None:
    tokens(shop).update({f"store/{SHOP}": "bc", f"pos/{TILL.key}": "pos"})
    for _ in range(2):
        assert post(shop, f"{S}/remove", name=f" {SHOP} ") == "/stores?said=removed"
    assert shop.deps.stores.find(SHOP) is None
    assert tokens(shop) == {}
    (entry,) = shop.deps.removals.removed()
    assert (entry.by, entry.clean) == (OLIVIA.name, True)
    assert visit(shop, f"{S}/remove").answer.location == S, "the page that was open in another tab"


def test_a_page_waits_no_longer_than_a_page_may(shop: Shop) -> None:
    shop.deps.stores.begin_slice(SHOP, "other", NOW_MS, NOW_MS + 65_000)
    began = shop.clock.now
    post(shop, f"{S}/remove", name=SHOP)
    assert shop.clock.now - began <= PATIENCE_S * 1_000 + 1_000
    assert shop.deps.stores.find(SHOP) is None


def test_the_stores_say_what_was_removed_and_until_when_it_comes_back(shop: Shop) -> None:
    post(shop, f"{S}/remove", name=SHOP)
    seen = visit(shop, "/stores", said="removed")
    assert "It is removed, and nothing more is sent." in seen.text
    assert f"{SHOP} by Olivia Marsh" in seen.text
    assert "Until 21 Dec 12:00 UTC it comes back" in seen.text
    assert seen.values("a[href^='/stores/connect?name=']", "href") == [
        f"/stores/connect?name={SHOP}"
    ]
    assert "Not connected" not in seen.text, "it is told once"
    others = visit(shop, "/stores", person=OWNER)
    assert "when it is connected again by an owner of every store" in others.text
    assert others.values("a[href^='/stores/connect']", "href") == []
    stranger = Person("https://issuer", "5", "Kim", {"quay": Role.OWNER})
    assert SHOP not in visit(shop, "/stores", person=stranger, stores=[StoreId("quay")]).text
    late = visit(shop, "/stores", now_ms=NOW_MS + KEPT_MS)
    assert "is being deleted" in late.text
    assert late.values("a[href^='/stores/connect?name=']", "href") == []


def test_an_owner_of_every_store_brings_it_back_with_what_was_kept(shop: Shop) -> None:
    before = shop.deps.stores.find(SHOP)
    assert before is not None
    post(shop, f"{S}/remove", name=SHOP)
    form = visit(shop, "/stores/connect", name=SHOP)
    assert form.values("input[name=name]", "value") == [SHOP]
    other = send(shop, name=SHOP, hash="other")
    assert "Until it is deleted the name is that store's" in other.text
    sides(shop)
    done = send(shop, name=SHOP, hash=before.store_hash)
    assert done.answer.location == f"{S}/first-day?said=connected"
    back = shop.deps.stores.find(SHOP)
    assert back is not None
    assert back.settings == before.settings
    assert shop.deps.removals.removed() == []


def test_whoever_has_a_page_of_it_open_is_told_who_removed_it() -> None:
    house = ConsoleHouse(ROUTES)
    mine = a_person("staff")
    assert house.deps.removals.remove(StoreId("demo"), "Olivia", 1)
    told = house.get("/stores/demo/pos", mine)
    assert (told["statusCode"], "Olivia removed it" in told["body"]) == (404, True)
    assert "Olivia" not in house.get("/stores/demo/pos", a_person("owner", store="other"))["body"]
