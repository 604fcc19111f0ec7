"""An event that nobody can read, from the bus to the page of who decides about it."""

import json
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser.world.conftest import WORKS_MS, Shop, signed_in

STORE = "letters"

LETTERS = f"/stores/{STORE}/letters"


def an_event_without_products(shop: Shop) -> str:
    """Put an event on the bus that intake cannot read, and return its id."""
    event = uuid4().hex
    metadata = {
        "event_id": event,
        "schema_version": "1.0",
        "store_id": STORE,
        "occurred_at": "2026-11-27T12:00:00Z",
    }
    shop.target.client("events").put_events(
        Entries=[
            {
                "Source": "pos.amber",
                "DetailType": "product.saved",
                "Detail": json.dumps({"metadata": metadata, "data": {}}),
                "EventBusName": shop.target.outputs["bus_name"],
            }
        ]
    )
    return event


def comes(page: Page, event: str) -> Locator:
    """Return the dead letter of an event, waited for as somebody does who looks again."""
    found = page.get_by_role("listitem").filter(has_text=event)
    for _ in range(WORKS_MS // 1_000):
        if found.count():
            return found
        page.wait_for_timeout(1_000)
        look_again(page)
    expect(found).to_have_count(1)
    return found


def look_again(page: Page) -> None:
    page.get_by_text("Look again", exact=True).click()
    expect(page.get_by_role("heading", name="Dead letters", exact=True)).to_be_visible()


def leave(page: Page) -> None:
    """Leave what was read to others, and sign out."""
    page.get_by_role("button", name="Leave them to others").click()
    page.wait_for_url("**/problems")
    page.context.clear_cookies()


def test_an_event_that_cannot_be_read_is_read_sent_again_and_discarded(
    shop: Shop, page: Page
) -> None:
    event = an_event_without_products(shop)
    signed_in(page, "Olivia", LETTERS)
    found = comes(page, event)
    expect(found).to_contain_text("product.saved")
    expect(found).to_contain_text("cannot be read")
    expect(found.locator("pre")).to_contain_text(f'"store_id": "{STORE}"')

    found.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("Sent again.")).to_be_visible()
    comes(page, event)

    leave(page)
    signed_in(page, "Vera", f"/stores/{STORE}/pos")
    answer = page.goto(LETTERS)
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_text(event)).to_have_count(0)

    page.context.clear_cookies()
    signed_in(page, "Sam", f"/stores/{STORE}/pos")
    page.locator("summary").filter(has_text="Store: ").click()
    page.get_by_role("link", name="Dead letters").click()
    found = comes(page, event)
    expect(found.get_by_role("button")).to_have_count(0)

    leave(page)
    signed_in(page, "Olivia", LETTERS)
    found = comes(page, event)
    found.get_by_text("Discard…").click()
    found.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Discarded.")).to_be_visible()
    expect(page.get_by_text(event)).to_have_count(0)
