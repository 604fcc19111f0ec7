"""What reaches the function `import`: people's requests (contracts/events), its own messages, and
those that were delayed."""

import json
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from tillbridge.adapters.import_messages import message_of
from tillbridge.adapters.import_queue import LATER
from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.import_messages import Ask, ImportMessage, PageMessage
from tillbridge.domain.link_asks import AskKind, LinkAsk
from tillbridge.usecases.import_products.take_in import Delayed, Request

IMPORT_REQUESTED = "import.requested"
_KINDS = {
    "link.requested": AskKind.LINK,
    "unlink.requested": AskKind.UNLINK,
    "put_back.requested": AskKind.PUT_BACK,
}
MOST = 200

type _Number = Annotated[int, Field(ge=1, le=2**53 - 1)]
"""As far as JSON carries whole numbers exactly; a row's key takes no number without end."""
type _Product = Annotated[str, Field(min_length=1, max_length=255)]
type _Words = Annotated[str, Field(min_length=1, max_length=255)]


class _Metadata(BaseModel):
    event_id: Annotated[str, Field(min_length=16, max_length=64)]
    schema_version: Annotated[str, Field(pattern=r"^1\.[0-9]+$")]
    store_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    occurred_at: datetime


class _Filter(BaseModel, extra="forbid"):
    category: _Words | None = None
    brand: _Words | None = None
    keyword: _Words | None = None


class _Import(BaseModel):
    bigcommerce_ids: Annotated[list[_Number], Field(min_length=1, max_length=MOST)] | None = None
    filter: _Filter | None = None
    all: bool = False


class _Pair(BaseModel):
    product_id: _Product
    bigcommerce_id: _Number | None = None


class _Links(BaseModel):
    links: Annotated[list[_Pair], Field(min_length=1, max_length=MOST)]


class _Detail(BaseModel):
    metadata: _Metadata
    data: dict[str, Any]


class _Envelope(BaseModel):
    detail_type: Annotated[str, Field(alias="detail-type")]
    detail: _Detail


def read_import_message(body: str) -> Request:
    """Reads one message. Raises UnreadableEvent naming the field and the remedy."""
    try:
        if body.startswith(LATER):
            return Delayed(_own(str(json.loads(body)["later"])))
        if body.startswith('{"store_id"'):
            return _own(body)
        return _event(_Envelope.model_validate_json(body))
    except ValidationError as problem:
        raise UnreadableEvent(_words(problem)) from problem
    except (ValueError, RecursionError) as problem:
        raise UnreadableEvent("The message is not JSON.") from problem


def _own(body: str) -> ImportMessage:
    return message_of(json.loads(body))


def _event(envelope: _Envelope) -> PageMessage | LinkAsk:
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


def _words(problem: ValidationError) -> str:
    said = [
        f"{'.'.join(map(str, error['loc'])) or 'the message'}: {error['msg']}"
        for error in problem.errors(include_url=False, include_input=False)[:5]
    ]
    return "The event cannot be read (" + "; ".join(said) + "). Compare it with contracts/events."
