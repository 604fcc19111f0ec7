"""Every documented refusal, and bodies nobody documents, become the error that says what to do."""

from typing import Any

import pytest

from tillbridge.adapters.bigcommerce.answer import Answer
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.error_map import ServerTroubleError, check
from tillbridge.domain.errors import (
    Clash,
    Gone,
    NeedsAttention,
    Refused,
    StoreDown,
    TooLarge,
)

CREATE = Call("POST", "/catalog/products", creates=True)
STOCK = Call("PUT", "/inventory/adjustments/absolute")


def refused(status: int, body: Any = None, call: Call = CREATE) -> Refused:
    with pytest.raises(Refused) as error:
        check(call, Answer(status, {}, body))
    return error.value


@pytest.mark.parametrize("status", [200, 201, 204, 207])
def test_what_is_below_300_is_no_error(status: int) -> None:
    check(CREATE, Answer(status, {}, None))


@pytest.mark.parametrize(
    ("status", "kind"), [(404, Gone), (409, Clash), (413, TooLarge), (422, Refused), (400, Refused)]
)
def test_each_status_has_its_kind(status: int, kind: type[Refused]) -> None:
    assert type(refused(status)) is kind


@pytest.mark.parametrize(
    "body",
    [
        {
            "status": 409,
            "title": "The product sku is a duplicate",
            "type": "/api-docs/x",
            "errors": {"sku": "taken"},
        },
        {"code": 22003, "status": 409, "title": "Sku ABC is not unique", "errors": {}},
        {"status": 409, "title": "Sku ABC is not unique"},
    ],
)
def test_both_wordings_of_a_taken_sku_are_a_clash(body: dict[str, Any]) -> None:
    error = refused(409, body)
    assert isinstance(error, Clash)
    assert error.title == body["title"]
    assert error.fields == body.get("errors", {})


def test_bad_fields_are_named() -> None:
    error = refused(
        422, {"title": "Missing Required Fields", "errors": {"name": "Please provide a name."}}
    )
    assert (error.status, error.title) == (422, "Missing Required Fields")
    assert error.fields == {"name": "Please provide a name."}


def test_a_refused_batch_of_variants_says_what_its_items_say() -> None:
    items = [
        {"status": 422, "title": "Bad price", "errors": {"price": "must not be negative"}},
        {"status": 422, "title": "Bad sku", "errors": {"sku": ["too long", "odd"]}},
    ]
    error = refused(422, {"batch_errors": items})
    assert error.title == "Bad price; Bad sku"
    assert error.fields == {"price": "must not be negative", "sku": "too long; odd"}


def test_a_clash_inside_a_refused_batch_is_a_clash() -> None:
    error = refused(422, {"batch_errors": [{"status": 409, "title": "Sku X is not unique"}]})
    assert isinstance(error, Clash)


@pytest.mark.parametrize("body", [None, "", [], {}, {"errors": None}, {"title": 5}, "<html>"])
def test_bodies_that_say_nothing_still_make_a_refusal(body: Any) -> None:
    error = refused(422, body)
    assert error.title == "BigCommerce answered 422"
    assert error.fields == {}


def test_the_older_api_says_it_in_a_list() -> None:
    error = refused(404, [{"status": 404, "message": "The resource was not found."}])
    assert error.title == "The resource was not found."


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 520])
def test_trouble_of_the_server_is_no_refusal(status: int) -> None:
    with pytest.raises(ServerTroubleError):
        check(CREATE, Answer(status, {}, None))


def test_maintenance_says_how_long() -> None:
    headers = {"Retry-After": "120", "X-Rate-Limit-Time-Reset-Ms": "9000"}
    with pytest.raises(ServerTroubleError) as trouble:
        check(CREATE, Answer(503, headers, None))
    assert trouble.value.wait == 120


@pytest.mark.parametrize("status", [501, 505, 507])
def test_what_will_never_work_is_a_refusal(status: int) -> None:
    assert refused(status).status == status


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_another_address_is_nobodys_refusal(status: int) -> None:
    with pytest.raises(StoreDown):
        check(CREATE, Answer(status, {"Location": "https://elsewhere.example"}, None))


@pytest.mark.parametrize(
    ("call", "body", "scope"),
    [
        (CREATE, {"title": "You don't have a required scope"}, "store_v2_products"),
        (STOCK, None, "store_inventory"),
        (CREATE, {"title": "Needs store_channel_listings"}, "store_channel_listings"),
        (Call("GET", "/time", version="v2"), None, "store_v2_information_read_only"),
    ],
)
def test_a_missing_scope_is_named(call: Call, body: Any, scope: str) -> None:
    with pytest.raises(NeedsAttention) as attention:
        check(call, Answer(403, {}, body))
    assert attention.value.code == "scope_missing"
    assert scope in str(attention.value)


def test_only_its_words_tell_a_suspended_store_from_maintenance() -> None:
    with pytest.raises(NeedsAttention) as attention:
        check(CREATE, Answer(503, {}, {"title": "The store is suspended for non-payment"}))
    assert attention.value.code == "suspended"
