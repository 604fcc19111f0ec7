"""What the API tells of one product."""

from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest

from tests.builders import STORE
from tests.console.api.calls import IN_STORE, NOW_MS, Console, call
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.history.call_line import CallLine, ToldCall, call_key
from tillbridge.domain.history.fields_sent import sent
from tillbridge.domain.history.product_line import (
    Because,
    Did,
    EventSeen,
    HolderLevel,
    ProductLine,
)
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.view_rows import POS, WEB, RowState, ViewRow

CHAIR, NUMBER = PosProductId("ch/1 é"), StoreProductId(77)
AT = "products/" + quote(quote("ch/1 é", safe=""))
SAVED = EventSeen("e-1", "push.requested", NOW_MS - 900, NOW_MS - 700, 17, "Mia")
PUT = CallMade("PUT /catalog/products/{product_id}", NOW_MS - 5, (77,), 200, 412)


def a_line(ago_ms: int, did: Did = Did.UPDATED, **line: Any) -> ProductLine:
    price = line.pop("price", None)
    fields = {"price": sent(Decimal(price))} if price else {}
    return ProductLine(NOW_MS - ago_ms, CHAIR, did, fields=fields, **line)


@pytest.fixture
def chair(console: Console) -> Console:
    console.rows.put(
        STORE,
        [
            ViewRow(POS, CHAIR, "Oak chair", state=RowState.LINKED, other="77"),
            ViewRow(WEB, "77", "Oak chair", state=RowState.LINKED, other=CHAIR),
        ],
    )
    console.deps.links.linked(STORE, Link(CHAIR, LinkStatus.LINKED, NUMBER))
    console.deps.calls.write(
        STORE, [CallLine(NOW_MS - 5, "a1", NOW_MS - 9, NOW_MS, (ToldCall(PUT, (), 3),))]
    )
    console.deps.history.write(
        STORE,
        [
            a_line(90, Did.CREATED, price="12"),
            a_line(
                5,
                price="14.50",
                because=Because(SAVED, SAVED),
                job="job-0",
                lane="asked",
                version=17,
                call=call_key(NOW_MS - 5, "a1", 1),
            ),
            a_line(2, Did.STOCK, holders=(HolderLevel(None, Decimal("5.0"), Decimal(1), 1, 3),)),
        ],
    )
    return console


def test_history_comes_newest_first_a_page_at_a_time(chair: Console) -> None:
    first = call(chair, "GET", f"{IN_STORE}/{AT}/history", query="limit=2").body
    assert [line["words"] for line in first["data"]] == ["stock 3", "sent: price"]
    told = first["data"][1]
    assert told["at"].startswith("2026-")
    del told["at"]
    assert told == {
        "did": "updated",
        "words": "sent: price",
        "because": "a person pushed it",
        "by": "Mia",
        "job": "job-0",
        "lane": "asked",
        "version": "17",
        "web": "",
        "code": "",
    }
    then = call(chair, "GET", f"{IN_STORE}/{AT}/history", query=f"after={quote(first['after'])}")
    assert [line["did"] for line in then.body["data"]] == ["created"]
    assert then.body["after"] == ""


def test_history_of_a_linked_number_is_that_of_its_pos_product(chair: Console) -> None:
    by_number = call(chair, "GET", f"{IN_STORE}/web/77/history").body["data"]
    assert by_number == call(chair, "GET", f"{IN_STORE}/{AT}/history").body["data"]
    alone = call(chair, "GET", f"{IN_STORE}/web/214/history").body["data"]
    assert [line["words"] for line in alone] == ["an import left it out: It has no price."]


def test_why_tells_the_line_the_call_and_what_it_replaced(chair: Console) -> None:
    told = call(chair, "GET", f"{IN_STORE}/{AT}/why", query="field=price").body
    assert (told["product"], told["web"], told["field"]) == (CHAIR, "77", "price")
    assert (told["words"], told["standing"], told["sure"]) == ("Mia pushed it.", "sent", True)
    assert (told["value"], told["before"], told["mode"]) == ("14.5", "12", "on")
    assert told["line"]["words"] == "sent: price"
    call_told = told["call"]
    assert call_told.pop("at")
    assert call_told == {
        "method": "PUT",
        "path": "/catalog/products/77",
        "status": 200,
        "milliseconds": 412,
        "products": 3,
    }
    stock = call(chair, "GET", f"{IN_STORE}/{AT}/why", query="field=stock").body
    assert stock["level"] == {"on_hand": "5", "committed": "1", "promised": 1, "level": 3}
    theirs = call(chair, "GET", f"{IN_STORE}/{AT}/why", query="field=weight").body
    assert (theirs["mode"], theirs["line"], theirs["call"]) == ("", None, None)


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("products/nobody/history", "", 404, "not_found"),
        ("products/nobody/why", "field=price", 404, "not_found"),
        ("products/%00/history", "", 404, "not_found"),
        ("products/%ff/history", "", 404, "not_found"),
        ("web/9/history", "", 404, "not_found"),
        ("web/x/history", "", 404, "not_found"),
        (f"{AT}/why", "field=price&variant=v-9", 404, "not_found"),
        (f"{AT}/why", "field=colour", 422, "unknown_field"),
        (f"{AT}/why", "field=barcodes", 422, "unknown_field"),
        (f"{AT}/why", "", 422, "invalid"),
        (f"{AT}/history", "after=x", 400, "bad_cursor"),
        (f"{AT}/history", "before=x", 422, "invalid"),
    ],
)
def test_what_is_not_there_is_a_problem(
    chair: Console, path: str, query: str, status: int, code: str
) -> None:
    answered = call(chair, "GET", f"{IN_STORE}/{path}", query=query)
    assert (answered.status, answered.body["code"]) == (status, code)
