"""Lists over fakes and over tables, with what writes their rows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.arrivals import arrivals
from tests.builders import STORE
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeListing
from tests.fakes.read_model import FakeReadModel
from tillbridge.adapters.dynamodb.listing import DynamoListing
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.domain.events import Event, changes
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.ports.listing import Listing
from tillbridge.ports.read_model import Views

OTHER = StoreId("inland")


@dataclass
class Lists:
    """Lists, what writes their rows, and what makes products wait in the lane `content`."""

    lists: Listing
    rows: Views
    wait: Callable[[list[str]], None]

    def walk(
        self, question: Question, *, limit: int = 3, backwards: bool = False
    ) -> list[list[str]]:
        """Return the ids of every page, from the first to the last."""
        pages, after = [], ""
        while True:
            page = self.lists.page(
                STORE, "pos", question, after=after, limit=limit, backwards=backwards
            )
            pages.append([row.id for row in page.rows])
            after = page.after
            if not after:
                return pages

    def walk_back(self, question: Question, *, limit: int = 3) -> list[list[str]]:
        """Return the ids of every page, from the last to the first."""
        after, before = "", ""
        while True:
            page = self.lists.page(STORE, "pos", question, after=after, limit=limit)
            if not page.after:
                break
            after = page.after
        pages = [[row.id for row in page.rows]]
        before = page.before
        while before:
            page = self.lists.page(STORE, "pos", question, before=before, limit=limit)
            pages.append([row.id for row in page.rows])
            before = page.before
        return pages

    def found(self, text: str, state: RowState | None = None, side: str = "pos") -> list[str]:
        """Return the ids that a search finds, all of them."""
        found, after = [], ""
        while True:
            page = self.lists.page(STORE, side, Question(text, state), after=after)
            found += [row.id for row in page.rows]
            after = page.after
            if not after:
                return found


@pytest.fixture(params=["fake", "dynamodb"])
def shop(request: pytest.FixtureRequest) -> Lists:
    if request.param == "fake":
        rows = FakeReadModel()
        lists = FakeListing(rows)
        return Lists(lists, rows, lambda ids: lists.waits.update({Lane.CONTENT: ids}))
    client, make = (request.getfixturevalue(each) for each in ("dynamodb", "make_table"))
    table, pending_table = make("ReadModelTable"), make("PendingTable")
    pending = DynamoPending(client, pending_table)

    def wait(ids: list[str]) -> None:
        named = tuple((PosProductId(each), 1) for each in ids)
        event = Event("e", STORE, "product.saved", 1, named)
        pending.mark(changes(event, arrivals(FakeClock())))

    return Lists(DynamoListing(client, table, pending_table), DynamoReadModel(client, table), wait)


def a_row(number: int, name: str = "", **more: Any) -> ViewRow:
    return replace(ViewRow("pos", f"p-{number:03d}", name or f"Lamp {number:03d}"), **more)


def some_rows(count: int) -> list[ViewRow]:
    return [a_row(number) for number in range(count)]


def failed_rows() -> list[ViewRow]:
    """Return failed products of two causes, of which one is the beginning of the other, and of none."""
    codes = ("name_taken", "name", "name_taken", "name", "", "name_taken")
    return [
        a_row(number, state=RowState.FAILED, code=code, skus=(f"SKU-{number}",))
        for number, code in enumerate(codes)
    ]
