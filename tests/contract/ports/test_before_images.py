"""What pushes were about to replace is kept once for each job and product, and found again by both."""

import random
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.builders import JUMPER, LANTERN, STORE
from tests.fakes.before_images import KEPT_MS, FakeBeforeImages
from tests.fakes.clock import FakeClock
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb.before_images import DynamoBeforeImages
from tillbridge.domain.before_push import Before, Was
from tillbridge.domain.history.product_line import FieldSent
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId, StoreVariantId
from tillbridge.ports.before_images import BeforeImages

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

JOB = "01JOB000000000000000000001"


def was(value: str | Decimal | int | None, sent: str = "12", variant: int | None = None) -> Was:
    number = None if variant is None else StoreVariantId(variant)
    return Was(value, FieldSent(sent, f"digest {sent}"), number)


A_LAMP = Before(
    StoreProductId(812),
    "Lamp <b>“ł”</b>",
    1_000,
    {
        "name": was("Lamp"),
        "price": was(Decimal("10.50")),
        "is_visible": was(False),
        "v-1.price": was(None, variant=9),
        "v-1.cost_price": was(0, variant=9),
        "brand_name": was(""),
    },
)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(params=["fake", "dynamodb"])
def befores(request: pytest.FixtureRequest, clock: FakeClock) -> BeforeImages:
    if request.param == "fake":
        return FakeBeforeImages(clock)
    make = request.getfixturevalue("make_table")
    client = request.getfixturevalue("dynamodb")
    return DynamoBeforeImages(client, make("StoresTable"), clock)


def test_what_was_kept_is_found_as_it_was(befores: BeforeImages, clock: FakeClock) -> None:
    befores.keep(STORE, JOB, {LANTERN: A_LAMP})
    kept = befores.of(STORE, JOB, [LANTERN, JUMPER])
    assert {product: each.before for product, each in kept.items()} == {LANTERN: A_LAMP}
    assert kept[LANTERN].until_ms == befores.until(STORE, JOB)
    assert abs(befores.until(STORE, JOB) - clock.now_ms() - KEPT_MS) < 1_000
    price = kept[LANTERN].before.fields["price"].value
    assert str(price) == "10.50"


def test_each_job_and_each_store_has_its_own(befores: BeforeImages) -> None:
    befores.keep(STORE, JOB, {LANTERN: A_LAMP})
    befores.keep(STORE, JOB, {JUMPER: replace(A_LAMP, name="Jumper")})
    for job in ("01JOB00000000000000000000", "01JOB0000000000000000000012", "another-job"):
        assert list(befores.of_job(STORE, job)) == []
        assert befores.until(STORE, job) == 0
        assert befores.of(STORE, job, [LANTERN]) == {}
    assert list(befores.of_job(StoreId("another"), JOB)) == []
    assert {each.product for each in befores.of_job(STORE, JOB)} == {LANTERN, JUMPER}


def test_a_second_try_replaces_nothing_that_the_first_kept(befores: BeforeImages) -> None:
    befores.keep(STORE, JOB, {LANTERN: A_LAMP})
    after = {"price": was(Decimal(12), "14"), "mpn": was("M-1", "M-2")}
    befores.keep(STORE, JOB, {LANTERN: replace(A_LAMP, name="Renamed", at_ms=9, fields=after)})
    (kept,) = befores.of_job(STORE, JOB)
    assert kept.before.name == A_LAMP.name
    assert kept.before.fields["price"] == was(Decimal("10.50"), "14")
    assert kept.before.fields["mpn"] == was("M-1", "M-2")
    assert set(kept.before.fields) == {*A_LAMP.fields, "mpn"}


def test_what_another_product_was_is_kept_when_the_link_moved(befores: BeforeImages) -> None:
    befores.keep(STORE, JOB, {LANTERN: A_LAMP})
    other = replace(A_LAMP, number=StoreProductId(900), fields={"name": was("Other")})
    befores.keep(STORE, JOB, {LANTERN: other})
    assert [each.before for each in befores.of_job(STORE, JOB)] == [other]


def test_after_90_days_nothing_is_there(befores: BeforeImages, clock: FakeClock) -> None:
    befores.keep(STORE, JOB, {LANTERN: A_LAMP})
    clock.advance(90 * 24 * 3_600)
    assert befores.until(STORE, JOB) == 0
    assert list(befores.of_job(STORE, JOB)) == []
    assert befores.of(STORE, JOB, [LANTERN]) == {}


def test_many_products_are_kept_and_found(befores: BeforeImages) -> None:
    many = {PosProductId(f"p-{n}"): replace(A_LAMP, name=f"Lamp {n}") for n in range(130)}
    befores.keep(STORE, JOB, many)
    assert {each.product: each.before for each in befores.of_job(STORE, JOB)} == many
    assert len(befores.of(STORE, JOB, list(many))) == 130


def test_a_job_and_a_product_of_any_name_are_told_apart(befores: BeforeImages) -> None:
    first, second = PosProductId("x#p"), PosProductId("p")
    befores.keep(STORE, "the-job", {first: A_LAMP})
    befores.keep(STORE, "the-job#x", {second: replace(A_LAMP, name="Other")})
    assert [each.before.name for each in befores.of_job(STORE, "the-job")] == [A_LAMP.name]
    assert [each.before.name for each in befores.of_job(STORE, "the-job#x")] == ["Other"]


def test_what_is_too_long_for_a_row_is_left_out_and_named(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    befores = DynamoBeforeImages(dynamodb, make_table("StoresTable"), FakeClock())
    words = random.Random(1).randbytes(500_000).hex()
    fields = {"description": was(words), "name": was("Lamp")}
    befores.keep(STORE, JOB, {LANTERN: replace(A_LAMP, fields=fields)})
    (kept,) = befores.of_job(STORE, JOB)
    assert (set(kept.before.fields), kept.before.no_room) == ({"name"}, ("description",))


def test_one_that_cannot_be_read_hides_no_other(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("StoresTable")
    befores = DynamoBeforeImages(dynamodb, table, FakeClock())
    befores.keep(STORE, JOB, {LANTERN: A_LAMP, JUMPER: A_LAMP})
    for item in dynamodb.scan(TableName=table)["Items"]:
        if item["product"]["S"] == JUMPER:
            dynamodb.put_item(TableName=table, Item={**item, "before": {"B": b"odd"}})
    assert [each.product for each in befores.of_job(STORE, JOB)] == [LANTERN]
    assert set(befores.of(STORE, JOB, [LANTERN, JUMPER])) == {LANTERN}
