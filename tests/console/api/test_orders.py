"""Web orders over the API."""

from dataclasses import replace

from tests.builders import STORE
from tests.console.api.calls import IN_STORE, ORDER, Console, call
from tests.unit.domain.web_orders.orders import an_entry, an_order
from tillbridge.domain.ids import WebOrderId


def test_orders_are_listed_page_by_page(console: Console) -> None:
    entries = [replace(an_entry(), order=replace(an_order(), id=WebOrderId(n))) for n in (309, 311)]
    console.book.write(STORE, [(None, replace(each, settled=True)) for each in entries])
    first = call(console, "GET", f"{IN_STORE}/orders", query="limit=2").body
    assert [each["id"] for each in first["data"]] == [311, 309]
    rest = call(console, "GET", f"{IN_STORE}/orders", query=f"after={first['after']}").body
    assert ([each["id"] for each in rest["data"]], rest["after"]) == ([ORDER], 0)
    open_ = call(console, "GET", f"{IN_STORE}/orders", query="open=true").body
    assert [each["id"] for each in open_["data"]] == [ORDER]


def test_one_says_how_far_it_is_and_holds_nothing_of_who_bought(console: Console) -> None:
    one = call(console, "GET", f"{IN_STORE}/orders/{ORDER}").body
    assert (one["status"], one["settled"]) == ("Awaiting fulfillment", False)
    assert one["lines"][0]["owed"] == 2
    assert set(one) == {
        "id",
        "status",
        "state",
        "how_far",
        "what_to_do",
        "overdue",
        "settled",
        "placed_at",
        "changed_at",
        "lines",
    }


def test_an_order_that_is_none_is_not_there(console: Console) -> None:
    for number in ("8", "0", "x", "9" * 16):
        assert call(console, "GET", f"{IN_STORE}/orders/{number}").status in (404, 422)
    refused = call(console, "GET", f"{IN_STORE}/orders", query="after=-1")
    assert refused.status == 422
