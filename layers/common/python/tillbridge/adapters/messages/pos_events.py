"""The messages that the function `intake` reads: events of the POS and of people
(contracts/events), and wakes."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from tillbridge.adapters.messages.envelope import (
    MOST_PRODUCTS,
    Envelope,
    OfRequest,
    ProductId,
    StoreName,
    words,
)
from tillbridge.adapters.messages.link_requests import link_event
from tillbridge.adapters.messages.order_requests import orders_asked
from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.events import Event, Wake
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import CANARY_DUE, FROM_POS, PUSH_REQUESTED
from tillbridge.domain.link_requests import LINK_TRIGGERS, LinkEvent
from tillbridge.domain.message_version import refuse_newer_message
from tillbridge.domain.senders import Sender
from tillbridge.domain.versions import HIGHEST_NUMBER
from tillbridge.domain.web_orders.asked_for import ORDER_REQUESTED, OrdersAsked

type ReadClaim = Callable[[str, str, int], list[tuple[PosProductId, int]]]
"""(dataref, sha256, product_count) -> products with versions."""

type _Count = Annotated[int, Field(ge=0, le=HIGHEST_NUMBER)]


class _Reference(BaseModel):
    product_id: ProductId
    version: Annotated[int, Field(ge=0, le=HIGHEST_NUMBER, strict=True)]


class _Claim(BaseModel):
    dataref: Annotated[str, Field(pattern=r"^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.+")]
    dataref_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    product_count: Annotated[int, Field(ge=1)]


class _Changed(BaseModel):
    products: Annotated[list[_Reference], Field(min_length=1, max_length=MOST_PRODUCTS)]
    total: _Count = 0
    offset: _Count = 0


class _Asked(BaseModel):
    product_ids: Annotated[list[ProductId], Field(min_length=1, max_length=MOST_PRODUCTS)]
    total: _Count = 0
    offset: _Count = 0


class _Wake(BaseModel, extra="forbid"):
    store_id: StoreName
    work: Literal["", "orders"] = ""
    v: int = 1


def read_message(
    body: str, read_claim: ReadClaim, own_account: str
) -> Event | LinkEvent | OrdersAsked | Wake:
    """Return the event, request or wake that a message holds; `own_account` is the stack's AWS account.

    Raise UnreadableEvent, which names the field and the remedy, or SavedByNewer."""
    refuse_newer_message(body)
    try:
        if body.startswith('{"store_id"'):
            wake = _Wake.model_validate_json(body)
            return Wake(StoreId(wake.store_id), orders=wake.work == "orders")
        envelope = Envelope.model_validate_json(body)
        sender = envelope.sender(own_account)
        if envelope.detail_type in LINK_TRIGGERS:
            return link_event(envelope, sender)
        if envelope.detail_type == ORDER_REQUESTED:
            return orders_asked(envelope, sender)
        return _event(envelope, sender, read_claim)
    except ValidationError as problem:
        raise UnreadableEvent(words(problem)) from problem


def _event(envelope: Envelope, sender: Sender, read_claim: ReadClaim) -> Event:
    trigger, detail = envelope.detail_type, envelope.detail
    if trigger not in FROM_POS and trigger not in (PUSH_REQUESTED, CANARY_DUE):
        raise UnreadableEvent(
            f"'{trigger}' is not an event that Tillbridge knows. Send one of: "
            f"{', '.join([*sorted(FROM_POS), PUSH_REQUESTED, *LINK_TRIGGERS, ORDER_REQUESTED])}."
        )
    products, total, offset = _products(trigger, detail.data, read_claim)
    # A POS speaks for no person.
    asked = OfRequest.model_validate(detail.data) if trigger == PUSH_REQUESTED else None
    return Event(
        id=detail.metadata.event_id,
        store=StoreId(detail.metadata.store_id),
        trigger=trigger,
        occurred_ms=-1 if envelope.replay else _ms(detail.metadata.occurred_at),
        products=tuple(products),
        total=total,
        offset=offset,
        sender=sender,
        by=detail.metadata.requested_by if asked else "",
        job=asked.job_of(detail.metadata) if asked else "",
        plan=(asked.plan or "") if asked else "",
    )


def _ms(when: datetime) -> int:
    return int(when.timestamp() * 1_000)


def _products(
    trigger: str, data: dict[str, Any], read_claim: ReadClaim
) -> tuple[list[tuple[PosProductId, int]], int, int]:
    if "dataref" in data:
        claim = _Claim.model_validate(data)
        found = read_claim(claim.dataref, claim.dataref_sha256, claim.product_count)
        return found, len(found), 0
    if trigger == PUSH_REQUESTED:
        asked = _Asked.model_validate(data)
        return [(PosProductId(each), 0) for each in asked.product_ids], asked.total, asked.offset
    changed = _Changed.model_validate(data)
    return (
        [(PosProductId(each.product_id), each.version) for each in changed.products],
        changed.total,
        changed.offset,
    )
