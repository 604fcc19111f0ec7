"""Link requests as events (contracts/events): link, unlink, undo."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field

from tillbridge.adapters.borders.values import sound_text
from tillbridge.adapters.messages.envelope import (
    MOST_PRODUCTS,
    Envelope,
    OfRequest,
    ProductId,
    StoreProductNumber,
)
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link_requests import (
    FIRST_PUSH,
    LINK_TRIGGERS,
    LinkEvent,
    LinkRequestKind,
    UndoOf,
)
from tillbridge.domain.senders import Sender
from tillbridge.domain.versions import HIGHEST_NUMBER

MOST_FIELDS = len(FIELDS)


def _known_field(name: str) -> str:
    if name not in FIELDS:
        raise ValueError("is no field that a push sends")
    return name


type FieldName = Annotated[str, AfterValidator(_known_field)]
"""BigCommerce's name of a field that a push sends."""


class _Pair(BaseModel):
    product_id: ProductId
    bigcommerce_id: StoreProductNumber | None = None


class _Links(BaseModel):
    total: Annotated[int, Field(ge=0, le=HIGHEST_NUMBER)] = 0
    offset: Annotated[int, Field(ge=0, le=HIGHEST_NUMBER)] = 0
    links: Annotated[list[_Pair], Field(min_length=1, max_length=MOST_PRODUCTS)]


class _Undo(BaseModel):
    undoes: Annotated[str, Field(min_length=1, max_length=64), AfterValidator(sound_text)] = ""
    fields: Annotated[list[FieldName], Field(min_length=1, max_length=MOST_FIELDS)] | None = None
    hides: Annotated[bool, Field(strict=True)] = False


def link_event(envelope: Envelope, sender: Sender) -> LinkEvent:
    """Return the request in an envelope whose type is one of LINK_TRIGGERS. Raise
    ValidationError."""
    about, data = envelope.detail.metadata, envelope.detail.data
    # An event holds either one product, or `links` with several.
    asked = _Links.model_validate(data if "links" in data else {"links": [data]})
    of, kind = OfRequest.model_validate(data), LINK_TRIGGERS[envelope.detail_type]
    return LinkEvent(
        id=about.event_id,
        store=StoreId(about.store_id),
        kind=kind,
        products=tuple((PosProductId(p.product_id), _web(p.bigcommerce_id)) for p in asked.links),
        sender=sender,
        by=about.requested_by,
        job=of.job_of(about),
        plan=of.plan or "",
        total=asked.total,
        offset=asked.offset,
        undoes=_undoes(data) if kind is LinkRequestKind.UNDO else FIRST_PUSH,
    )


def _undoes(data: Any) -> UndoOf:
    undo = _Undo.model_validate(data)
    return UndoOf(undo.undoes, tuple(sorted(set(undo.fields or ()))), undo.hides)


def _web(number: int | None) -> StoreProductId | None:
    return None if number is None else StoreProductId(number)
