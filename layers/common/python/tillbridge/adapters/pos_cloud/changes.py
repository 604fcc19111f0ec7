"""A page of the POS's changes by ascending version, as reconcile and imports read it."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from tillbridge.adapters.borders.values import Version
from tillbridge.adapters.http import Incoming
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_session import AnswerTooLarge, PosCall, by_halves
from tillbridge.adapters.wire_record import Record
from tillbridge.domain.errors import PosDown

PAGE = 500
"""The most records of a page."""


class PageEnd(Record):
    """What a page says of its end."""

    next_version: Version
    has_more: bool


def changes_after(calls: PosCalls, since: int) -> Incoming:
    """Return the answer with one page of changes. One that is too large for us is asked for again with
    half as many records. Raise PosDown, also for one record that is too large."""

    def page(limit: int) -> Incoming:
        query = {"since_version": str(since), "limit": str(limit), "include_deleted": "true"}
        return calls.send(PosCall("GET", "/v1/products", query=query))

    try:
        answer, _ = by_halves(PAGE, page)
    except AnswerTooLarge as error:
        raise PosDown(f"The POS's record after version {since} is too large.") from error
    return answer


def page_end(body: Mapping[str, Any]) -> PageEnd:
    """Return the end of a page. Raise PosDown when it does not say where it ends."""
    try:
        return PageEnd.model_validate(body)
    except ValidationError as error:
        raise PosDown("The POS's answer is not a page of changes.") from error
