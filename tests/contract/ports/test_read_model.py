"""What the port of the read model and its reader promise, kept by the fake and by DynamoDB."""

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.builders import STORE
from tests.fakes.read_model import FakeReadModel
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.domain.ids import StoreId
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.read_model import ReadModel

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class ReadableModel(ReadModel, Protocol):
    """The port, and the reader that lists need."""

    def rows(
        self,
        store: StoreId,
        side: str,
        *,
        name_prefix: str = "",
        after: str = "",
        limit: int = 50,
    ) -> tuple[list[ViewRow], str]: ...


@pytest.fixture(params=["fake", "dynamodb"])
def read_model(request: pytest.FixtureRequest) -> ReadableModel:
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


def test_a_row_comes_back_as_it_was_put(read_model: ReadableModel) -> None:
    read_model.put(STORE, [a_row()])

    assert read_model.rows(STORE, "pos") == ([a_row()], "")


def test_the_last_writer_wins_also_within_one_call(read_model: ReadableModel) -> None:
    read_model.put(STORE, [a_row(name="Old name")])
    read_model.put(STORE, [a_row(name="Newer name"), a_row(name="Newest name")])

    assert [row.name for row in read_model.rows(STORE, "pos")[0]] == ["Newest name"]


def test_sides_and_stores_are_apart(read_model: ReadableModel) -> None:
    read_model.put(STORE, [a_row(1), a_row(2, side="web")])
    read_model.put(StoreId("lighthouse"), [a_row(3)])

    assert [row.id for row in read_model.rows(STORE, "pos")[0]] == ["p-001"]
    assert [row.id for row in read_model.rows(STORE, "web")[0]] == ["p-002"]


def test_a_long_list_is_read_page_by_page_to_its_end(read_model: ReadableModel) -> None:
    read_model.put(STORE, [a_row(number) for number in range(70)])
    pages: list[list[str]] = []
    after = ""
    while True:
        rows, after = read_model.rows(STORE, "pos", after=after, limit=35)
        pages.append([row.id for row in rows])
        if not after:
            break

    assert pages == [[f"p-{n:03d}" for n in range(35)], [f"p-{n:03d}" for n in range(35, 70)]]


def test_names_are_found_by_their_beginning_whatever_the_case(read_model: ReadableModel) -> None:
    names = ["Storm Lantern", "STORM Coat", "Lantern Oil", "storm glass"]
    read_model.put(STORE, [a_row(number, name) for number, name in enumerate(names)])

    found, after = read_model.rows(STORE, "pos", name_prefix="sToRm", limit=2)
    rest, end = read_model.rows(STORE, "pos", name_prefix="sToRm", limit=2, after=after)

    assert [row.name for row in [*found, *rest]] == ["Storm Lantern", "STORM Coat", "storm glass"]
    assert end == ""


def test_a_product_without_a_name_is_kept_all_the_same(read_model: ReadableModel) -> None:
    read_model.put(STORE, [ViewRow(side="web", id="7", name="")])

    assert read_model.rows(STORE, "web") == ([ViewRow(side="web", id="7", name="")], "")


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
            self._written[table] += len(writes)
        return self._client.batch_write_item(**arguments)
