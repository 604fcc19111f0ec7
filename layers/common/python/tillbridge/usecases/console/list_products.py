"""A page of the POS view or of the Web view."""

from collections.abc import Sequence
from dataclasses import dataclass

from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.listing import A_PAGE
from tillbridge.usecases.console.deps import ConsoleDeps


@dataclass(frozen=True, slots=True)
class Waiting:
    """A product waits: in which lane, since when (epoch ms), because of what and for whom ('' nobody)."""

    lane: Lane
    since_ms: int
    because: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A row, and what of it waits."""

    row: ViewRow
    waiting: Waiting | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as it is shown. `further`: more may fit behind `after`, though the page is not full."""

    connection: Connection
    rows: Sequence[Shown]
    after: str = ""
    before: str = ""
    further: bool = False
    compared_ms: int = 0


def list_products(  # noqa: PLR0913 - all that an address can say of a list
    deps: ConsoleDeps,
    store: StoreId,
    side: str,
    question: Question,
    *,
    after: str = "",
    before: str = "",
    backwards: bool = False,
    lane: Lane | None = None,
    limit: int = A_PAGE,
) -> Listed:
    """Return a page: at most five requests. With a `lane`, products that wait in it. Raise UnknownStore, and
    BadCursor for a cursor that is not of this list."""
    raise NotImplementedError
