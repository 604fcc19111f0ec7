"""What reaches the function `import`: people's requests (contracts/events), its own messages, and
those that were delayed."""

import json
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from tillbridge.adapters.messages.envelope import (
    MOST_PRODUCTS,
    Envelope,
    ProductId,
    StoreProductNumber,
    words,
)
from tillbridge.adapters.messages.import_bodies import message_of
from tillbridge.adapters.messages.import_queue import LATER
from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.import_messages import Ask, Delayed, ImportMessage, PageMessage
from tillbridge.domain.link_asks import AskKind, LinkAsk

IMPORT_REQUESTED = "import.requested"
_KINDS = {
    "link.requested": AskKind.LINK,
    "unlink.requested": AskKind.UNLINK,
    "put_back.requested": AskKind.PUT_BACK,
}

type _Words = Annotated[str, Field(min_length=1, max_length=255)]


class _Filter(BaseModel, extra="forbid"):
    category: _Words | None = None
    brand: _Words | None = None
    keyword: _Words | None = None


class _Import(BaseModel):
    bigcommerce_ids: (
        Annotated[list[StoreProductNumber], Field(min_length=1, max_length=MOST_PRODUCTS)] | None
    ) = None
    filter: _Filter | None = None
    all: bool = False


class _Pair(BaseModel):
    product_id: ProductId
    bigcommerce_id: StoreProductNumber | None = None


class _Links(BaseModel):
    links: Annotated[list[_Pair], Field(min_length=1, max_length=MOST_PRODUCTS)]


def read_import_message(body: str) -> ImportMessage | LinkAsk | Delayed:
    """Reads one message. Raises UnreadableEvent naming the field and the remedy."""
    try:
        if body.startswith(LATER):
            return Delayed(_own(str(json.loads(body)["later"])))
        if body.startswith('{"store_id"'):
            return _own(body)
        return _event(Envelope.model_validate_json(body))
    except ValidationError as problem:
        raise UnreadableEvent(words(problem)) from problem
    except (ValueError, RecursionError) as problem:
        raise UnreadableEvent("The message is not JSON.") from problem


def _own(body: str) -> ImportMessage:
    return message_of(json.loads(body))


def _event(envelope: Envelope) -> PageMessage | LinkAsk:
    about, data = envelope.detail.metadata, envelope.detail.data
    store = StoreId(about.store_id)
    if envelope.detail_type == IMPORT_REQUESTED:
        return PageMessage(about.event_id, store, _asked(_Import.model_validate(data)))
    kind = _KINDS.get(envelope.detail_type)
    if kind is None:
        known = ", ".join([IMPORT_REQUESTED, *_KINDS])
        raise UnreadableEvent(f"'{envelope.detail_type}' is none of {known}.")
    # One product may be named by itself, several in a list.
    data = data if "links" in data else {"links": [data]}
    pairs = _Links.model_validate(data).links
    return LinkAsk(
        id=about.event_id,
        store=store,
        kind=kind,
        products=tuple((PosProductId(p.product_id), _web(p.bigcommerce_id)) for p in pairs),
        asked_ms=int(about.occurred_at.timestamp() * 1_000),
    )


def _web(number: int | None) -> StoreProductId | None:
    return None if number is None else StoreProductId(number)


def _asked(data: _Import) -> Ask:
    ways = [data.bigcommerce_ids is not None, data.filter is not None, data.all]
    narrowed = data.filter.model_dump(exclude_none=True) if data.filter else {}
    if sum(ways) != 1 or (data.filter is not None and not narrowed):
        raise UnreadableEvent("Say which products: bigcommerce_ids, a filter, or all.")
    ids = tuple(StoreProductId(number) for number in data.bigcommerce_ids or ())
    return Ask(ids=ids, **narrowed)
