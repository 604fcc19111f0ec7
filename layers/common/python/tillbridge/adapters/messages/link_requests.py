"""Link requests as events (contracts/events): link, unlink, undo."""

from typing import Annotated

from pydantic import BaseModel, Field

from tillbridge.adapters.messages.envelope import (
    MOST_PRODUCTS,
    Envelope,
    OfRequest,
    ProductId,
    StoreProductNumber,
)
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link_requests import LINK_TRIGGERS, LinkEvent
from tillbridge.domain.senders import Sender
from tillbridge.domain.versions import HIGHEST_NUMBER


class _Pair(BaseModel):
    product_id: ProductId
    bigcommerce_id: StoreProductNumber | None = None


class _Links(BaseModel):
    total: Annotated[int, Field(ge=0, le=HIGHEST_NUMBER)] = 0
    offset: Annotated[int, Field(ge=0, le=HIGHEST_NUMBER)] = 0
    links: Annotated[list[_Pair], Field(min_length=1, max_length=MOST_PRODUCTS)]


def link_event(envelope: Envelope, sender: Sender) -> LinkEvent:
    """Return the request in an envelope whose type is one of LINK_TRIGGERS. Raise
    ValidationError."""
    about, data = envelope.detail.metadata, envelope.detail.data
    # An event holds either one product, or `links` with several.
    asked = _Links.model_validate(data if "links" in data else {"links": [data]})
    of = OfRequest.model_validate(data)
    return LinkEvent(
        id=about.event_id,
        store=StoreId(about.store_id),
        kind=LINK_TRIGGERS[envelope.detail_type],
        products=tuple((PosProductId(p.product_id), _web(p.bigcommerce_id)) for p in asked.links),
        sender=sender,
        by=about.requested_by,
        job=of.job_of(about),
        plan=of.plan or "",
        total=asked.total,
        offset=asked.offset,
    )


def _web(number: int | None) -> StoreProductId | None:
    return None if number is None else StoreProductId(number)
