"""What the port of the read model promises, and its reader, kept by the fake and by DynamoDB."""

from typing import Protocol

import pytest

from tests.builders import STORE
from tests.fakes.read_model import FakeReadModel
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.domain.ids import StoreId
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.read_model import ReadModel


class ReadableCopy(ReadModel, Protocol):
    """The port and the reader that lists need."""

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
def copy(request: pytest.FixtureRequest) -> ReadableCopy:
    if request.param == "fake":
        return FakeReadModel()
    make_table = request.getfixturevalue("make_table")
    return DynamoReadModel(request.getfixturevalue("dynamodb"), make_table("ReadModelTable"))


def a_copy(number: int = 1, name: str = "Storm Lantern", side: str = "pos") -> ViewRow:
    return ViewRow(
        side=side,
        id=f"p-{number:03d}",
        name=name,
        sku="STORM-LANTERN",
        product_number="0417",
        price="39.90",
        stock="3",
        image="https://pos.example/lantern.jpg",
        version=number,
        deleted=True,
    )


def test_a_row_comes_back_as_it_was_put(copy: ReadableCopy) -> None:
    copy.put(STORE, [a_copy()])

    assert copy.rows(STORE, "pos") == ([a_copy()], "")


def test_the_last_writer_wins_also_within_one_call(copy: ReadableCopy) -> None:
    copy.put(STORE, [a_copy(name="Old name")])
    copy.put(STORE, [a_copy(name="Newer name"), a_copy(name="Newest name")])

    assert [row.name for row in copy.rows(STORE, "pos")[0]] == ["Newest name"]


def test_sides_and_stores_are_apart(copy: ReadableCopy) -> None:
    copy.put(STORE, [a_copy(1), a_copy(2, side="web")])
    copy.put(StoreId("lighthouse"), [a_copy(3)])

    assert [row.id for row in copy.rows(STORE, "pos")[0]] == ["p-001"]
    assert [row.id for row in copy.rows(STORE, "web")[0]] == ["p-002"]


def test_a_long_list_is_read_page_by_page_to_its_end(copy: ReadableCopy) -> None:
    copy.put(STORE, [a_copy(number) for number in range(70)])
    pages: list[list[str]] = []
    after = ""
    while True:
        rows, after = copy.rows(STORE, "pos", after=after, limit=35)
        pages.append([row.id for row in rows])
        if not after:
            break

    assert pages == [[f"p-{n:03d}" for n in range(35)], [f"p-{n:03d}" for n in range(35, 70)]]


def test_names_are_found_by_their_beginning_whatever_the_case(copy: ReadableCopy) -> None:
    names = ["Storm Lantern", "STORM Coat", "Lantern Oil", "storm glass"]
    copy.put(STORE, [a_copy(number, name) for number, name in enumerate(names)])

    found, after = copy.rows(STORE, "pos", name_prefix="sToRm", limit=2)
    rest, end = copy.rows(STORE, "pos", name_prefix="sToRm", limit=2, after=after)

    assert [row.name for row in [*found, *rest]] == ["Storm Lantern", "STORM Coat", "storm glass"]
    assert end == ""


def test_a_product_without_a_name_is_kept_all_the_same(copy: ReadableCopy) -> None:
    copy.put(STORE, [ViewRow(side="web", id="7", name="")])

    assert copy.rows(STORE, "web") == ([ViewRow(side="web", id="7", name="")], "")
