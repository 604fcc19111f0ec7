"""Who calls, and the lists of both sides."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Path, Query

from tillbridge.console.api import shown
from tillbridge.console.api.call import the_call
from tillbridge.console.api.models import products as product_models
from tillbridge.console.api.models import stores as store_models
from tillbridge.console.api.models import taken as taken_models
from tillbridge.console.api.problem import Refused
from tillbridge.console.claims import STORE
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import POS, WEB, RowState
from tillbridge.usecases.console import list_products

StoreInPath = Annotated[str, Path(pattern=f"^{STORE}$")]
Cursor = Annotated[str, Query(max_length=taken_models.LONGEST_CURSOR)]
Limit = Annotated[int, Query(ge=1, le=100)]
Search = Annotated[str, Query(max_length=taken_models.LONGEST_SEARCH)]
Status = Annotated[RowState | None, Query()]
Cause = Annotated[str, Query(pattern=f"^({taken_models.CAUSE})?$")]
Sort = Annotated[Literal["name", "-name"], Query()]
WaitsIn = Annotated[Literal["stock", "asked", "content", "bulk", "after"] | None, Query()]
"""The lanes with a row a POS product."""


def me() -> store_models.Me:
    """Tell who you are, and with which role in which store."""
    person = the_call().person
    return store_models.Me(
        issuer=person.issuer, subject=person.subject, name=person.name, roles=dict(person.roles)
    )


def pos(  # noqa: PLR0913, PLR0917 - each is a part of the address of a list
    store: StoreInPath,
    q: Search = "",
    status: Status = None,
    cause: Cause = "",
    lane: WaitsIn = None,
    sort: Sort = "name",
    after: Cursor = "",
    before: Cursor = "",
    limit: Limit = 50,
) -> product_models.Rows:
    """List products of the POS: by name, of one status, by a search, or those that wait in a lane."""
    if lane and (q or status or cause or before or sort != "name"):
        raise Refused(
            422, "lane_alone", "A lane is listed whole: leave q, status, sort and before out."
        )
    if lane:
        return _page(StoreId(store), POS, Question(), after=after, lane=Lane(lane), limit=limit)
    asked = _question(q, status, cause)
    return _page(
        StoreId(store),
        POS,
        asked,
        after=after,
        before=before,
        backwards=sort != "name",
        limit=limit,
    )


def web(
    store: StoreInPath,
    q: Search = "",
    status: Status = None,
    cause: Cause = "",
    sort: Sort = "name",
    after: Cursor = "",
    before: Cursor = "",
    limit: Limit = 50,
) -> product_models.Rows:
    """List products of BigCommerce: by name, of one status, or by a search."""
    asked = _question(q, status, cause)
    return _page(
        StoreId(store),
        WEB,
        asked,
        after=after,
        before=before,
        backwards=sort != "name",
        limit=limit,
    )


def _question(q: str, status: RowState | None, cause: str) -> Question:
    if cause and status not in taken_models.TROUBLED:
        words = "A cause goes with the status failed, broken or left_out."
        raise Refused(422, "cause_needs_status", words)
    return Question(q, status, cause)


def _page(
    store: StoreId,
    side: str,
    question: Question,
    *,
    limit: int,
    after: str = "",
    before: str = "",
    backwards: bool = False,
    lane: Lane | None = None,
) -> product_models.Rows:
    if after and before:
        raise Refused(422, "after_or_before", "Name after or before, not both.")
    page = list_products.list_products(
        the_call().deps,
        store,
        side,
        question,
        after=after,
        before=before,
        backwards=backwards,
        lane=lane,
        limit=limit,
    )
    return product_models.Rows(
        data=[shown.row(each) for each in page.rows],
        after=page.after,
        before=page.before,
        further=page.further,
        currency=_currency(page.connection),
        as_of=shown.when(page.compared_ms),
    )


def _currency(connection: Connection | None) -> str:
    return connection.money.currency if connection and connection.money else ""
