"""What the port of the read model promises of details, kept by the fake and by DynamoDB."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import STORE, a_product
from tests.fakes.read_model import FakeReadModel
from tests.local_tables import MakeTable, items_in
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.domain.details.composing import pos_detail
from tillbridge.domain.details.detail import Detail
from tillbridge.domain.ids import PosVariantId, StoreId
from tillbridge.domain.product import Variant
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.read_model import Details, RowKey, Views

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ROW = ViewRow("pos", "p-1", "Lamp", "L")
KEY = ("pos", "p-1")
LAMP = pos_detail(a_product("p-1", name="Lamp"), 5)


@pytest.fixture(params=["fake", "dynamodb"])
def views(request: pytest.FixtureRequest) -> Views:
    if request.param == "fake":
        return FakeReadModel()
    make = request.getfixturevalue("make_table")
    return DynamoReadModel(request.getfixturevalue("dynamodb"), make("ReadModelTable"))


def revise(views: Views, detail: Detail | None, row: ViewRow = ROW) -> None:
    key = (row.side, row.id)

    def composed(_: Mapping[RowKey, ViewRow]) -> Iterable[ViewRow]:
        return [row]

    views.revise(STORE, [key], composed, Details(lambda *_: detail))


def test_a_detail_comes_back_as_it_was_written(views: Views) -> None:
    revise(views, LAMP)
    assert views.details(STORE, [KEY, ("web", "p-1"), ("pos", "p-2")]) == {KEY: LAMP}
    assert views.details(STORE, [KEY])[KEY].seen_ms == 5
    assert views.details(StoreId("lighthouse"), [KEY]) == {}
    assert views.get(STORE, "pos", ["p-1"])["p-1"].detail == LAMP.digest
    assert list(views.ids(STORE, "pos")) == ["p-1"]


def test_of_the_same_content_the_first_stays_and_of_other_content_the_last(views: Views) -> None:
    revise(views, LAMP)
    revise(views, replace(LAMP, seen_ms=9))
    assert views.details(STORE, [KEY])[KEY].seen_ms == 5
    dearer = replace(LAMP, values={**LAMP.values, "price": "77"}, seen_ms=9)
    revise(views, dearer)
    assert views.details(STORE, [KEY])[KEY] == dearer
    revise(views, LAMP)
    assert views.details(STORE, [KEY])[KEY] == LAMP


def test_a_row_whose_writer_knows_no_detail_keeps_the_one_there_is(views: Views) -> None:
    revise(views, LAMP)
    revise(views, None, replace(ROW, stock="3"))
    views.put(STORE, [replace(ROW, stock="2")])
    assert views.details(STORE, [KEY])[KEY] == LAMP
    assert views.get(STORE, "pos", ["p-1"])["p-1"].detail == LAMP.digest


def test_the_detail_that_is_there_is_read_where_a_new_one_needs_it(views: Views) -> None:
    told: dict[RowKey, Any] = {}

    def compose(key: RowKey, stored: Detail | None) -> Detail | None:
        told[key] = stored
        return LAMP

    for needs in ((), (KEY,), (KEY,)):
        views.revise(STORE, [KEY], lambda _: [ROW], Details(compose, needs))
        told.setdefault(KEY, None)
    assert told == {KEY: LAMP}
    views.revise(STORE, [KEY], lambda _: [ROW], Details(compose))
    assert told == {KEY: None}


def test_no_row_no_detail(views: Views) -> None:
    views.revise(STORE, [KEY], lambda _: [], Details(lambda *_: LAMP))
    assert views.details(STORE, [KEY]) == {}


def test_a_detail_goes_with_its_row(views: Views) -> None:
    revise(views, LAMP)
    views.remove(STORE, "pos", ["p-1", "p-9"])
    assert views.details(STORE, [KEY]) == {}
    assert list(views.ids(STORE, "pos")) == []


@pytest.mark.parametrize("nobody", ["", "x" * 256, "\U0001f600" * 300])
def test_what_can_be_no_id_has_no_detail(views: Views, nobody: str) -> None:
    revise(views, LAMP)
    assert views.details(STORE, [("pos", nobody), KEY]) == {KEY: LAMP}


def test_an_item_is_four_kilobytes_at_most_whatever_comes(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("ReadModelTable")
    views = DynamoReadModel(dynamodb, table)
    knot = "\U0001f600" * 255
    variants = [
        Variant(PosVariantId(f"{n}{knot}"), f"{n * 7919:x}" * 60, (("Size", f"{n}" * 90),))
        for n in range(600)
    ]
    odd = "\ud800\x00" + "".join(chr(0x4E00 + n * 7 % 20_000) for n in range(60_000))
    record = a_product(knot, name=odd, description=odd * 20, brand=odd, variants=tuple(variants))
    revise(views, pos_detail(record, 5), ViewRow("pos", knot, "Knot"))
    [item] = [each for each in items_in(dynamodb, table) if each["pk"]["S"].endswith("#detail")]
    size = sum(
        len(name) + len(next(iter(value.values())).encode() if name != "detail" else value["B"])
        for name, value in item.items()
    )
    assert size <= 4_096
    found = views.details(STORE, [("pos", knot)])["pos", knot]
    assert found.left + len(found.variants) == 600


@pytest.mark.parametrize(
    "odd",
    [
        {"v": {"N": "2"}},
        {"detail": {"S": "what"}},
        {"detail": {"B": b"\x00\x01"}},
        {"detail": {"B": b"x\x9c\x03\x00\x00\x00\x00\x01"}},
    ],
    ids=repr,
)
def test_a_detail_that_cannot_be_read_is_as_if_it_were_not_there(
    dynamodb: "DynamoDBClient", make_table: MakeTable, odd: dict[str, Any]
) -> None:
    table = make_table("ReadModelTable")
    views = DynamoReadModel(dynamodb, table)
    revise(views, LAMP)
    key = {"pk": {"S": f"{STORE}#pos#detail"}, "sk": {"S": "p-1"}}
    item = dynamodb.get_item(TableName=table, Key=key)["Item"]
    dynamodb.put_item(TableName=table, Item={**item, **odd})
    assert views.details(STORE, [KEY]) == {}
    views.revise(STORE, [KEY], lambda _: [ROW], Details(lambda *_: LAMP, (KEY,)))
    assert views.get(STORE, "pos", ["p-1"]) == {"p-1": ROW}
    dearer = replace(LAMP, values={"price": "77"})
    revise(views, dearer)
    assert views.details(STORE, [KEY]) == {KEY: dearer}
    dynamodb.put_item(TableName=table, Item={**item, "v": {"N": "1"}})


def test_a_row_that_cannot_be_read_leaves_no_detail_when_it_goes(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("ReadModelTable")
    views = DynamoReadModel(dynamodb, table)
    revise(views, LAMP)
    key = {"pk": {"S": f"{STORE}#pos"}, "sk": {"S": "p-1"}}
    item = dynamodb.get_item(TableName=table, Key=key)["Item"]
    dynamodb.put_item(TableName=table, Item={**item, "skus": {"N": "7"}})
    views.remove(STORE, "pos", ["p-1"])
    assert views.details(STORE, [KEY]) == {}
