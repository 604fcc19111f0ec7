"""Making products in the POS: what is sent, what is refused, and what is tried again."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, Step, answer
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_cloud.catalogue import PosCloudCatalogue
from tillbridge.domain.errors import NeedsAttention, PosDown, Refused
from tillbridge.domain.new_product import CreatedRecord, NewProduct, NewVariant
from tillbridge.ports.pos_catalogue import Taken

LAMP = NewProduct(
    external_id="hash/812",
    name="Lamp",
    sku="P0009RGJ",
    product_number="LMP 01",
    description="<p>Bright</p>",
    department_id="d-1",
    vendor_id="v-1",
    brand="Glow",
    price=Decimal("19.90"),
    cost=None,
    upc="012345678905",
    gtin="4006381333931",
    track_stock=True,
    active=True,
    images=("https://shop.example/1.jpg",),
    variants=(NewVariant("P0009RH5", "LMP-S", (("Size", "S"),), price=Decimal("3.5")),),
)


def a_pos(*steps: Step) -> tuple[PosCloudCatalogue, Canned]:
    canned, clock = Canned(list(steps)), FakeClock()
    calls = PosCalls(
        "https://pos.example/",
        lambda _: "sesame",
        clock,
        clock.now_ms() + 60_000,
        canned.http_session(),
    )
    return PosCloudCatalogue(calls), canned


def says(status: int, **body: Any) -> Step:
    return answer(status, json.dumps(body).encode())


def test_a_product_is_sent_as_the_contract_has_it() -> None:
    pos, canned = a_pos(says(201, id="p-1", sku="P0009RGJ", version=7))
    assert pos.create(LAMP, again=False) == CreatedRecord("p-1", 7)
    (request,) = canned.asked
    assert (request.method, request.url) == ("POST", "https://pos.example/v1/products")
    body = json.loads(request.body or b"")
    assert body["external_ids"] == {"bigcommerce": "hash/812"}
    assert (body["sku"], body["product_number"]) == ("P0009RGJ", "LMP 01")
    assert (body["price"], body["cost"]) == ("19.90", None)
    assert body["barcodes"] == [
        {"type": "UPC", "code": "012345678905"},
        {"type": "EAN", "code": "4006381333931"},
    ]
    assert body["variants"][0]["option_values"] == [{"name": "Size", "value": "S"}]


def test_the_same_product_has_the_same_key_and_another_has_another() -> None:
    made = says(201, id="p-1", sku="x", version=7)
    pos, canned = a_pos(made, made, made)
    for product in (LAMP, LAMP, replace(LAMP, name="Tall lamp")):
        pos.create(product, again=False)
    keys = [request.headers["Idempotency-Key"] for request in canned.asked]
    assert keys[0] == keys[1] != keys[2]


def test_a_create_that_comes_again_is_the_same_call() -> None:
    """A POS of the contract knows it by its key: nothing is looked up, and nothing else is sent."""
    made = says(201, id="p-1", sku="x", version=7)
    pos, canned = a_pos(made, made)
    assert pos.create(LAMP, again=False) == pos.create(LAMP, again=True)
    first, second = canned.asked
    assert (first.method, first.url, first.body) == (second.method, second.url, second.body)
    assert first.headers == second.headers


def test_a_lost_reply_is_asked_for_again_under_the_same_key() -> None:
    pos, canned = a_pos(answer(503), says(201, id="p-1", sku="x", version=7))
    assert pos.create(LAMP, again=False) == CreatedRecord("p-1", 7)
    assert len({request.headers["Idempotency-Key"] for request in canned.asked}) == 1


@pytest.mark.parametrize("code", ["sku_taken", "external_id_taken"])
def test_what_another_product_has_is_told_with_its_holder(code: str) -> None:
    pos, _ = a_pos(says(409, title="taken", code=code, existing_id="p-9"))
    with pytest.raises(Taken) as refused:
        pos.create(LAMP, again=False)
    assert (refused.value.what, refused.value.holder) == (code, "p-9")


def test_bad_values_are_told_field_by_field() -> None:
    errors = [{"field": "price", "detail": "is negative"}]
    pos, _ = a_pos(says(422, title="invalid", detail="Not valid.", errors=errors))
    with pytest.raises(Refused) as refused:
        pos.create(LAMP, again=False)
    assert refused.value.fields == {"price": "is negative"}


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (answer(401), NeedsAttention),
        (answer(429, headers={"Retry-After": "7"}), PosDown),
        (answer(302), PosDown),
        (answer(201, b"<html>"), PosDown),
        (says(201, id="p-1"), PosDown),
    ],
)
def test_trouble_is_never_taken_for_success(step: Step, error: type[Exception]) -> None:
    pos, _ = a_pos(step, step)
    with pytest.raises(error):
        pos.create(LAMP, again=False)


def test_names_with_slashes_and_blanks_reach_the_pos_whole() -> None:
    pos, canned = a_pos(says(201, id="d-1", name="A/B & C"), says(200, id="v-1", name="No Vendor"))
    assert (pos.ensure_department("A/B & C "), pos.ensure_vendor("No Vendor")) == ("d-1", "v-1")
    assert [request.url for request in canned.asked] == [
        "https://pos.example/v1/departments/by-name/A%2FB%20%26%20C",
        "https://pos.example/v1/vendors/by-name/No%20Vendor",
    ]


def test_changes_are_read_page_by_page_to_the_end() -> None:
    def page(*versions: int, more: bool) -> Step:
        data = [{"id": f"p-{v}", "version": v, "price": "1.00"} for v in versions]
        return says(200, data=data, next_version=versions[-1], has_more=more)

    pos, canned = a_pos(page(3, 5, more=True), page(8, more=False))
    assert [r.version for page in pos.changed(2) for r in page.products] == [3, 5, 8]
    assert [
        "since_version=2" in str(canned.asked[0].url),
        "since_version=5" in str(canned.asked[1].url),
    ] == [True, True]


def test_pages_that_do_not_advance_are_no_endless_loop() -> None:
    data = [{"id": "p-1", "version": 3, "price": "1.00"}]
    stuck = says(200, data=data, next_version=2, has_more=True)
    pos, _ = a_pos(stuck, stuck)
    with pytest.raises(PosDown, match="does not advance"):
        list(pos.changed(2))


@pytest.mark.parametrize(
    ("price", "sent"),
    [("10", "10.00"), ("3.5", "3.50"), ("1E+2", "100.00"), ("0", "0.00"), ("1.2345", "1.2345")],
)
def test_what_is_sent_keeps_the_contract_whatever_the_price_is_like(
    price: str, sent: str, repository: Path
) -> None:
    amount = Decimal(price)
    size = replace(LAMP.variants[0], price=amount, cost=amount)
    pos, canned = a_pos(says(201, id="p-1", version=7))
    pos.create(replace(LAMP, price=amount, cost=amount, variants=(size,)), again=False)
    body = json.loads(canned.asked[0].body or "")
    contract = yaml.safe_load((repository / "contracts/pos-api.openapi.yaml").read_text())
    schema = {**contract, "$ref": "#/components/schemas/ProductCreate"}
    assert [each.message for each in Draft202012Validator(schema).iter_errors(body)] == []
    assert (body["price"], body["variants"][0]["cost"]) == (sent, sent)
