"""What the port of the read model and its reader promise, kept by the fake and by DynamoDB."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import STORE
from tests.fakes.read_model import FakeReadModel
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb.listing import DynamoListing
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.domain.ids import StoreId
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.ports.read_model import RowKey, Views

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture(params=["fake", "dynamodb"])
def read_model(request: pytest.FixtureRequest) -> Views:
    if request.param == "fake":
        return FakeReadModel()
    make_table = request.getfixturevalue("make_table")
    return DynamoReadModel(request.getfixturevalue("dynamodb"), make_table("ReadModelTable"))


def a_row(number: int = 1, name: str = "Storm Lantern", side: str = "pos") -> ViewRow:
    return ViewRow(
        side=side,
        id=f"p-{number:03d}",
        name=name,
        sku="STORM-LANTERN",
        product_number="0417",
        price="39.90",
        stock="3",
        image="https://pos.example/lantern.jpg",
        deleted=True,
    )


def test_a_row_comes_back_as_it_was_put(read_model: Views) -> None:
    read_model.put(STORE, [a_row()])

    assert list(read_model.every(STORE, "pos")) == [a_row()]


def test_the_last_writer_wins_also_within_one_call(read_model: Views) -> None:
    read_model.put(STORE, [a_row(name="Old name")])
    read_model.put(STORE, [a_row(name="Newer name"), a_row(name="Newest name")])

    assert [row.name for row in read_model.every(STORE, "pos")] == ["Newest name"]


def test_sides_and_stores_are_apart(read_model: Views) -> None:
    read_model.put(STORE, [a_row(1), a_row(2, side="web")])
    read_model.put(StoreId("lighthouse"), [a_row(3)])

    assert [row.id for row in read_model.every(STORE, "pos")] == ["p-001"]
    assert [row.id for row in read_model.every(STORE, "web")] == ["p-002"]


@pytest.mark.parametrize("nobody", ["", "x" * 256, "\U0001f600" * 2_000])
def test_what_can_be_no_id_has_no_row_and_spoils_no_neighbour(
    read_model: Views, nobody: str
) -> None:
    read_model.put(STORE, [a_row()])
    assert read_model.get(STORE, "pos", [nobody, a_row().id]) == {a_row().id: a_row()}


def test_a_side_is_read_to_its_end_by_id(read_model: Views) -> None:
    read_model.put(STORE, [a_row(number) for number in reversed(range(70))])

    assert [row.id for row in read_model.every(STORE, "pos")] == [f"p-{n:03d}" for n in range(70)]


def test_a_row_is_composed_of_what_is_there(read_model: Views) -> None:
    read_model.put(STORE, [a_row(1)])
    asked = [("pos", "p-001"), ("pos", "p-002")]

    def composed(there: Mapping[RowKey, ViewRow]) -> Iterable[ViewRow]:
        assert there == {("pos", "p-001"): a_row(1)}
        return [replace(row, synced_ms=7) for row in there.values()] + [a_row(2)]

    read_model.revise(STORE, asked, composed)
    assert list(read_model.every(STORE, "pos")) == [replace(a_row(1), synced_ms=7), a_row(2)]


def test_a_full_row_comes_back_as_it_was_put(read_model: Views) -> None:
    full = ViewRow(
        side="pos",
        id="#7",
        name="Jumper",
        sku="J",
        product_number="9",
        price="1.50",
        price_to="2.00",
        stock="0",
        image="https://pos.example/j.jpg",
        skus=("J-S", "J-M"),
        barcodes=("0123",),
        state=RowState.FAILED,
        other="812",
        code="name_taken",
        words="BigCommerce has the name.",
        notes=("A note.",),
        holder="900",
        synced_ms=1_700_000_000_000,
        maker="Harbour",
        variants=2,
    )
    read_model.put(STORE, [full])
    assert list(read_model.every(STORE, "pos")) == [full]


def test_a_product_without_a_name_is_kept_all_the_same(read_model: Views) -> None:
    read_model.put(STORE, [ViewRow(side="web", id="7", name="")])

    assert list(read_model.every(STORE, "web")) == [ViewRow(side="web", id="7", name="")]


def test_only_rows_that_differ_are_written(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table, written = make_table("ReadModelTable"), Counter[str]()
    client = Watched(dynamodb, written)
    views = DynamoReadModel(client, table)  # type: ignore[arg-type]  # as good as one
    rows = [a_row(number) for number in range(130)]
    views.put(STORE, rows)
    assert written.total() == 130
    views.put(STORE, rows)
    assert written.total() == 130

    changes: list[dict[str, Any]] = [
        {"name": "Another"},
        {"price": "1"},
        {"stock": ""},
        {"deleted": False},
        {"skus": ("S", "T")},
        {"image": ""},
    ]
    views.put(STORE, [replace(a_row(n), **change) for n, change in enumerate(changes)])
    assert written.total() == 130 + len(changes)
    views.put(STORE, rows)
    assert written.total() == 130 + 2 * len(changes), "what was there before is news again"


class Watched:
    """A DynamoDB client that counts the rows which are put."""

    def __init__(self, client: "DynamoDBClient", written: Counter[str]) -> None:
        self._client, self._written = client, written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def batch_write_item(self, **arguments: Any) -> Any:
        for table, writes in arguments["RequestItems"].items():
            put = [each["PutRequest"]["Item"]["pk"]["S"] for each in writes if "PutRequest" in each]
            self._written[table] += sum(not partition.endswith("#find") for partition in put)
        return self._client.batch_write_item(**arguments)


@pytest.mark.parametrize(
    "odd", [{"state": {"S": "resting"}}, {"v": {"N": "2"}}, {"skus": {"N": "7"}}], ids=repr
)
def test_a_row_that_cannot_be_read_spoils_no_neighbour_and_is_written_anew(
    dynamodb: "DynamoDBClient", make_table: MakeTable, odd: dict[str, Any]
) -> None:
    table = make_table("ReadModelTable")
    rows = DynamoReadModel(dynamodb, table)
    good, bad = (replace(a_row(number), deleted=False) for number in (1, 2))
    rows.put(STORE, [good, bad])
    key = {"pk": {"S": f"{STORE}#pos"}, "sk": {"S": bad.id}}
    item = dynamodb.get_item(TableName=table, Key=key)["Item"]
    dynamodb.put_item(TableName=table, Item={**item, **odd})

    listing = DynamoListing(dynamodb, table, table)
    assert list(rows.every(STORE, "pos")) == [good]
    assert rows.get(STORE, "pos", [good.id, bad.id]) == {good.id: good}
    for question in (Question(), Question("storm")):
        assert listing.page(STORE, "pos", question).rows == (good,)
    rows.put(STORE, [bad])
    assert list(rows.every(STORE, "pos")) == [good, bad]
    dynamodb.put_item(TableName=table, Item={**item, **odd})
    rows.remove(STORE, "pos", [bad.id])
    assert list(rows.ids(STORE, "pos")) == [good.id]
