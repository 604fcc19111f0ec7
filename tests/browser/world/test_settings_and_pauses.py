"""Olivia sets stores up, in a browser and through the shipped functions."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.world.conftest import WORKS_MS, Shop, signed_in
from tests.browser.world.steps import carried_out, compare, push, shows
from tillbridge.adapters.secrets import store_secret
from tillbridge.domain.connection import Connection
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.ids import StoreId

STORE = "settings"

SETTINGS = f"/stores/{STORE}/settings"


@pytest.fixture
def olivia(page: Page) -> Page:
    """Olivia, who owns the store, at its settings."""
    return signed_in(page, "Olivia", SETTINGS)


def waits_for(page: Page, told: Callable[[], object], wanted: object) -> None:
    """Wait until something of the world is so."""
    for _ in range(WORKS_MS // 500):
        if told() == wanted:
            return
        page.wait_for_timeout(500)
    assert told() == wanted


def sold_online(shop: Shop, name: str, units: int) -> tuple[str, Callable[[], object]]:
    """Put a product with stock into the POS and onto the web; return its id and what tells its level there."""
    id_ = shop.product(name.lower(), name, stock={"o-main": units})
    return id_, lambda: next(
        (
            each.get("inventory_level")
            for each in shop.store.control.snapshot()["products"]
            if each["name"] == name
        ),
        None,
    )


def pushed(shop: Shop, page: Page, name: str) -> None:
    """Push a product by hand, as whoever is signed in."""
    page.goto(f"/stores/{STORE}/pos")
    compare(page)
    page.goto(f"/stores/{STORE}/pos?q={name}")
    shows(page, name, "Not linked")
    push(page, name)
    carried_out(page, "Push 1")


def settings_of(shop: Shop) -> Connection:
    """Return the connection as it is kept."""
    found = shop.target.stores.find(StoreId(STORE))
    assert found is not None
    return found


def saved(page: Page, name: str, value: str) -> None:
    """Change a setting that is written, look at what it does, and save it without a comparison."""
    page.goto(SETTINGS)
    page.get_by_label(name).fill(value)
    page.get_by_role("button", name="Save changes…").click()
    expect(page.get_by_role("heading", name="Save 1 change?")).to_be_visible()
    then = page.get_by_label("Compare both sides then")
    if then.count():
        then.uncheck()
    page.get_by_role("button", name="Save 1 change").click()
    expect(page).to_have_url(re.compile(r"said=saved$"))


def test_a_safety_stock_is_changed_followed_online_and_brought_back(
    shop: Shop, olivia: Page
) -> None:
    version = settings_of(shop).settings_version
    product, level = sold_online(shop, "Kettle", 8)
    pushed(shop, olivia, "Kettle")
    waits_for(olivia, level, 8)
    saved(olivia, "Safety stock", "3")
    shop.pos.cloud.sell([{"product_id": product, "quantity": 1}])
    waits_for(olivia, level, 4)
    olivia.goto(SETTINGS)
    olivia.get_by_role("link", name=f"Restore… version {version}").click()
    olivia.get_by_label("Compare both sides then").uncheck()
    olivia.get_by_role("button", name="Save 1 change").click()
    expect(olivia).to_have_url(re.compile(r"said=saved$"))
    now = settings_of(shop)
    assert (now.settings.safety_stock, now.settings_version) == (0, version + 2)


def test_of_two_tabs_the_second_is_told_and_saves_over_what_it_has_seen(
    shop: Shop, olivia: Page
) -> None:
    second = olivia.context.new_page()
    second.goto(SETTINGS)
    saved(olivia, "Department of imports", "Online")
    second.get_by_label("Cost: By hand").check()
    second.get_by_role("button", name="Save changes…").click()
    expect(second.get_by_text("changed default department meanwhile")).to_be_visible()
    second.get_by_role("button", name="Save 1 change").click()
    expect(second).to_have_url(re.compile(r"said=saved$"))
    now = settings_of(shop).settings
    assert now.default_department == "Online", "nobody's change is lost"
    assert now.fields.modes[Field.COST] is Mode.MANUAL


def test_a_sale_waits_while_the_store_is_paused_and_goes_when_it_is_resumed(
    shop: Shop, olivia: Page
) -> None:
    product, level = sold_online(shop, "Teapot", 5)
    pushed(shop, olivia, "Teapot")
    waits_for(olivia, level, 5)
    olivia.goto(SETTINGS)
    olivia.get_by_role("link", name="Pause…").click()
    olivia.get_by_label("Why?").fill("We count the shelves")
    olivia.get_by_role("button", name="Pause").click()
    expect(olivia.get_by_text("paused by Olivia")).to_be_visible()
    shop.pos.cloud.sell([{"product_id": product, "quantity": 3}])
    resume = olivia.get_by_role("button", name=re.compile("Resume and send"))
    for _ in range(30):
        if resume.count():
            break
        olivia.wait_for_timeout(1_000)
        olivia.reload()
    expect(olivia.get_by_role("row").filter(has_text="Stock")).to_contain_text("1")
    assert level() == 5, "nothing is sent"
    resume.click()
    waits_for(olivia, level, 2)
    expect(olivia.get_by_text("paused by Olivia")).to_have_count(0)


def test_a_new_token_is_tried_and_kept_and_the_store_goes_on_with_it(
    shop: Shop, olivia: Page
) -> None:
    secrets = shop.target.client("secretsmanager")
    name = store_secret(shop.target.outputs["secret_prefix"], StoreId(STORE))
    olivia.get_by_role("link", name="New token…").click()
    olivia.get_by_label("Access token").fill("n0t-a-token-of-this-store")
    olivia.get_by_role("button", name="Try it and keep it").click()
    expect(olivia.get_by_text("The old token stays").first).to_be_visible()
    assert "n0t-a-token-of-this-store" not in olivia.content()
    before = secrets.get_secret_value(SecretId=name)
    olivia.get_by_label("Access token").fill(shop.store.token)
    olivia.get_by_role("button", name="Try it and keep it").click()
    expect(olivia.get_by_text("BigCommerce takes the new token")).to_be_visible()
    after = secrets.get_secret_value(SecretId=name)
    assert after["VersionId"] != before["VersionId"]
    assert shop.store.token in after["SecretString"]
