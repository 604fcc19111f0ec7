"""A store is connected in the console, compared, linked and pushed, through the shipped functions; before that, a
token that lacks a scope is refused and nothing is kept. Then it is removed, and comes back with its links."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cli.deployment.target import Target
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import ALL_SCOPES
from sandbox.runner import start_world
from tests.browser.world.conftest import WORKS_MS, Shop, signed_in
from tests.browser.world.steps import taken_on
from tillbridge.domain.ids import StoreId

QUAY = "quay"
NARROW = "token-without-inventory"


@pytest.fixture(scope="module")
def unconnected() -> Iterator[Shop]:
    """A world of which no store is connected."""
    store = StoreServer(quota="none", stock_delay_ms=20)
    with start_world(QUAY, store=store) as world:
        outputs = {
            name: getattr(world.outputs, name) for name in world.outputs.__dataclass_fields__
        }
        yield Shop(world, StoreId(QUAY), store, world.pos, Target(outputs, world.aws.endpoint_url))


@pytest.fixture
def olivia(chromium: Browser, unconnected: Shop) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=unconnected.address, viewport={"width": 1280, "height": 800}
    )
    context.set_default_timeout(30_000)
    yield signed_in(context.new_page(), "Olivia", "/stores")
    context.close()


def secrets_of(shop: Shop) -> set[str]:
    found = shop.target.client("secretsmanager").list_secrets()["SecretList"]
    return {
        each["Name"].split("/", 2)[2]
        for each in found
        if "/store/" in each["Name"] or "/pos/" in each["Name"]
    }


def fill(page: Page, shop: Shop, token: str) -> None:
    page.get_by_label("Name", exact=True).fill(QUAY)
    page.get_by_label("Store hash").fill(shop.store.store_hash)
    page.get_by_label("Access token", exact=True).fill(token)
    page.get_by_label("Address of the POS").fill(shop.pos.base_url)
    page.get_by_label("Access token of the POS").fill(shop.pos.token)
    page.get_by_label("Sender").fill("pos.reference")
    page.get_by_role("button", name="Ask both sides").click()


def until(page: Page, words: str) -> None:
    """Look again until the page says so."""
    for _ in range(WORKS_MS // 1_000):
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(1_000)
        page.reload()
    expect(page.locator("main")).to_contain_text(words)


def test_a_store_is_connected_compared_linked_and_pushed(unconnected: Shop, olivia: Page) -> None:
    shop, page = unconnected, olivia
    shop.product("oak", "Oak chair", "96.00")
    shop.product("mug", "Mug", "9.00")
    number = shop.online("Oak chair, old", "S-oak")

    page.get_by_role("link", name="Connect a store").first.click()
    shop.store.control.make_token(NARROW, ALL_SCOPES - {"store_inventory"})
    fill(page, shop, NARROW)
    expect(page.locator("#scopes .missing")).to_contain_text("lacks “Inventory: modify”")
    expect(page.get_by_label("Access token", exact=True)).to_have_value("")
    assert NARROW not in page.content()
    assert (list(shop.target.stores.all()), secrets_of(shop)) == ([], set())

    fill(page, shop, shop.store.token)
    expect(page.get_by_role("heading", name="First day")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Step 2 of 5")
    assert secrets_of(shop) == {f"store/{QUAY}", f"pos/{QUAY}"}

    shop.save("oak", price="97.00")  # the POS goes on selling: nothing of it goes online by itself
    taken_on(page, page.get_by_role("button", name="Compare now"))
    page.goto(f"/stores/{QUAY}/first-day")
    until(page, "Step 3 of 5")
    assert shop.as_online(number)["name"] == "Oak chair, old"

    page.get_by_role("link", name="See it").click()
    expect(page.get_by_role("row").filter(has_text="Same SKU")).to_contain_text("Oak chair, old")
    page.get_by_role("button", name="Plan the links").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Link all 1").click()
    expect(page.locator("[data-job]")).to_have_attribute("data-state", "ended", timeout=WORKS_MS)
    page.goto(f"/stores/{QUAY}/first-day")
    until(page, "Step 5 of 5")
    for _ in range(WORKS_MS // 1_000):
        if shop.as_online(number)["name"] == "Oak chair":
            break
        page.wait_for_timeout(1_000)
    assert shop.as_online(number)["name"] == "Oak chair"
    assert float(str(shop.as_online(number)["price"])) == 97
    page.goto(f"/stores/{QUAY}/pos")
    expect(page.get_by_role("row").filter(has_text="Oak chair")).to_contain_text("$97.00")


def test_it_is_removed_with_the_mouse_and_comes_back_with_its_links(
    unconnected: Shop, olivia: Page
) -> None:
    shop, page = unconnected, olivia
    page.goto(f"/stores/{QUAY}/settings")
    page.get_by_role("link", name="Remove…").click()
    page.get_by_label("Type its name").fill(QUAY)
    page.get_by_role("button", name="Remove this store").click()
    expect(page.get_by_role("heading", name="Removed")).to_be_visible()
    assert (list(shop.target.stores.all()), secrets_of(shop)) == ([], set())
    shop.save("oak", price="99.00")  # nobody listens

    page.get_by_role("link", name="Connect again").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value(QUAY)
    page.get_by_label("Store hash").fill(shop.store.store_hash)
    page.get_by_label("Access token", exact=True).fill(shop.store.token)
    page.get_by_role("button", name="Ask both sides").click()  # the POS is known, and chosen
    expect(page.get_by_role("heading", name="First day")).to_be_visible()
    page.goto(f"/stores/{QUAY}/pos")
    expect(page.get_by_role("row").filter(has_text="Oak chair")).to_contain_text("Linked")
    (number,) = [
        int(str(each["id"]))
        for each in shop.store.control.snapshot()["products"]
        if each["name"] == "Oak chair"
    ]
    shop.save("oak", price="101.00")
    for _ in range(WORKS_MS // 1_000):
        if float(str(shop.as_online(number)["price"])) == 101:
            break
        page.wait_for_timeout(1_000)
    assert float(str(shop.as_online(number)["price"])) == 101
