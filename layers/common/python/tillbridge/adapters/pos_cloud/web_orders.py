"""The port PosWebOrders over the optional part of the POS API (PUT and GET /v1/web-orders)."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, override
from urllib.parse import quote

from pydantic import BeforeValidator, Field, ValidationError

from tillbridge.adapters.borders.json_texts import mended
from tillbridge.adapters.borders.values import (
    RecordId,
    SoundText,
    Text,
    Version,
    complaint,
    whole_number,
)
from tillbridge.adapters.http import Incoming
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_cloud.client import object_of
from tillbridge.adapters.pos_session import PosCall, by_halves, object_in
from tillbridge.adapters.wire_record import Record
from tillbridge.domain.errors import PosDown
from tillbridge.domain.ids import PosProductId, PosVariantId, WebLineId
from tillbridge.domain.versions import HIGHEST_NUMBER
from tillbridge.domain.web_orders.booking import Answer
from tillbridge.domain.web_orders.effects import Effect
from tillbridge.domain.web_orders.refusal_words import RefusalCode
from tillbridge.domain.web_orders.told import Told, body
from tillbridge.ports.pos_web_orders import (
    Listed,
    ListedPage,
    Outcome,
    Overtaken,
    PosWebOrders,
    Refusal,
    WebOrdersNotOffered,
)

log = logging.getLogger(__name__)

PAGE = 500
MOST_UNITS = 10**12
LONGEST_SAID = 300
"""Characters that are kept of the POS's own words."""

COLLECTION = "/v1/web-orders"
NOT_OFFERED = frozenset({404, 405, 501})
"""The answers of a POS without this part of the contract."""

_REFUSED = frozenset({400, 409, 413, 422})
"""The answers that concern this order alone."""

NO_EPOCH = 0
"""Versions here are the POS's own numbers; adapters/pos_epochs.py puts them into the epoch."""

type _Revision = Annotated[int, BeforeValidator(whole_number(1, HIGHEST_NUMBER))]
type _Units = Annotated[int, BeforeValidator(whole_number(0, MOST_UNITS))]
type _LineId = Annotated[int, BeforeValidator(whole_number(1, HIGHEST_NUMBER))]


class _Effect(Record):
    """Units of the POS that are not whole, or below 0, are none that we told it of."""

    product_id: RecordId
    version: Version
    units: _Units
    variant_id: RecordId | None = None
    line_id: _LineId | None = None

    def as_domain(self) -> Effect:
        return Effect(
            PosProductId(self.product_id),
            self.version,
            self.units,
            PosVariantId(self.variant_id) if self.variant_id is not None else None,
            WebLineId(self.line_id) if self.line_id is not None else None,
        )


class _Answer(Record):
    revision: _Revision
    state: Literal["booked", "received"]
    effects: tuple[_Effect, ...] = ()

    def as_domain(self) -> Answer:
        return Answer(
            self.revision,
            NO_EPOCH,
            tuple(each.as_domain() for each in self.effects),
            received=self.state == "received",
        )


class _Listed(_Answer):
    external_id: SoundText


class _PageEnd(Record):
    next_version: Version
    has_more: bool


class _FieldError(Record):
    detail: Text = ""


class _Problem(Record):
    code: Text = ""
    title: Text = ""
    detail: Text = ""
    revision: _Revision | None = None
    errors: tuple[_FieldError, ...] = Field(default=())


@dataclass(frozen=True, slots=True)
class PosCloudWebOrders(PosWebOrders):
    """The web orders of a POS."""

    calls: PosCalls

    @override
    def tell(self, external_id: str, order: Told) -> Outcome:
        path = f"{COLLECTION}/{quote(external_id, safe='')}"
        answer = self.calls.send(PosCall("PUT", path, body=body(order)))
        if answer.status in NOT_OFFERED:
            self._listing(0, 1)  # raises where the POS has no such part at all
        if answer.status in _REFUSED:
            return _refused(answer)
        if answer.status >= 300:
            raise PosDown(
                f"The POS takes web orders, but answers this one with status {answer.status}."
            )
        return _answer_of(object_of(answer))

    @override
    def booked(self, since: int) -> ListedPage:
        """Return up to 500 of them. One that cannot be read is logged and left out."""
        answer, _ = by_halves(PAGE, lambda limit: self._listing(since, limit))
        return _page_of(object_of(answer))

    def _listing(self, since: int, limit: int) -> Incoming:
        query = {"since_version": str(since), "limit": str(limit)}
        answer = self.calls.send(PosCall("GET", COLLECTION, query=query))
        if answer.status in NOT_OFFERED:
            raise WebOrdersNotOffered("The POS takes no web orders")
        if answer.status >= 300:
            raise PosDown(
                f"The POS refuses to list its web orders (status {answer.status}). Check the POS's URL."
            )
        return answer


def _answer_of(found: Mapping[str, Any]) -> Answer:
    try:
        return _Answer.model_validate(found).as_domain()
    except ValidationError as error:
        # It may be booked: the same revision is sent again until its answer can be read.
        words = f"The POS's answer to a web order cannot be read: {complaint(error)}."
        raise PosDown(words) from error


def _page_of(found: Mapping[str, Any]) -> ListedPage:
    data = found.get("data")
    try:
        end = _PageEnd.model_validate(found)
    except ValidationError as error:
        raise PosDown("The POS's answer is not a page of web orders.") from error
    if not isinstance(data, list):
        raise PosDown("The POS's answer has no list of web orders.")
    orders = tuple(each for each in map(_listed_of, data) if each is not None)
    return ListedPage(orders, end.next_version, end.has_more)


def _listed_of(found: Any) -> Listed | None:
    try:
        listed = _Listed.model_validate(found)
    except ValidationError as error:
        why = complaint(error)
        log.error("a listed web order cannot be read", extra={"why": why})  # noqa: TRY400 - a traceback would quote the order
        return None
    return Listed(listed.external_id, listed.as_domain())


def _refused(answer: Incoming) -> Refusal | Overtaken:
    problem = _problem_of(answer)
    if answer.status == 409 and problem.code == "older_revision" and problem.revision is not None:
        return Overtaken(problem.revision)
    codes = {each.value: each for each in RefusalCode}
    details = "; ".join(each.detail for each in problem.errors if each.detail)
    said = details or problem.detail or problem.title or f"status {answer.status}"
    code = codes.get(problem.code, RefusalCode.REFUSED)
    return Refusal(code, said.strip().rstrip(".")[:LONGEST_SAID])


def _problem_of(answer: Incoming) -> _Problem:
    try:
        return _Problem.model_validate(object_in(answer, mended))
    except ValidationError:
        return _Problem()
