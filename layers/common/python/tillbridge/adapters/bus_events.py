"""Events as the bus delivers them (contracts/events), turned into domain events."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.events import HIGHEST_VERSION, LONGEST_ID, Event, Wake
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import POS_TRIGGERS, PUSH_REQUESTED

type ReadClaim = Callable[[str, str, int], list[tuple[PosProductId, int]]]
"""(dataref, sha256, product_count) -> products with versions."""

MOST_INLINE = 200

type _Store = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
type _Count = Annotated[int, Field(ge=0, le=HIGHEST_VERSION)]
type _Id = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]


class _Metadata(BaseModel):
    event_id: Annotated[str, Field(min_length=16, max_length=64)]
    schema_version: Annotated[str, Field(pattern=r"^1\.[0-9]+$")]
    store_id: _Store
    occurred_at: AwareDatetime


class _Reference(BaseModel):
    product_id: _Id
    version: Annotated[int, Field(ge=0, le=HIGHEST_VERSION, strict=True)]


class _Claim(BaseModel):
    dataref: Annotated[str, Field(pattern=r"^s3://.+/.+")]
    dataref_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    product_count: Annotated[int, Field(ge=1)]


class _Changed(BaseModel):
    products: Annotated[list[_Reference], Field(min_length=1, max_length=MOST_INLINE)]
    total: _Count = 0
    offset: _Count = 0


class _Asked(BaseModel):
    product_ids: Annotated[list[_Id], Field(min_length=1, max_length=MOST_INLINE)]
    total: _Count = 0
    offset: _Count = 0


class _Detail(BaseModel):
    metadata: _Metadata
    data: dict[str, Any]


class _Envelope(BaseModel):
    detail_type: Annotated[str, Field(alias="detail-type")]
    detail: _Detail


class _Wake(BaseModel, extra="forbid"):
    store_id: _Store


def read_message(body: str, read_claim: ReadClaim) -> Event | Wake:
    """Reads one message of the queues of POS events, parts of large events, or wakes.

    Raises UnreadableEvent naming the field and the remedy."""
    try:
        if body.startswith('{"store_id"'):
            return Wake(StoreId(_Wake.model_validate_json(body).store_id))
        envelope = _Envelope.model_validate_json(body)
        return _event(envelope, read_claim)
    except ValidationError as problem:
        raise UnreadableEvent(_words(problem)) from problem


def _event(envelope: _Envelope, read_claim: ReadClaim) -> Event:
    trigger, detail = envelope.detail_type, envelope.detail
    if trigger not in POS_TRIGGERS and trigger != PUSH_REQUESTED:
        raise UnreadableEvent(
            f"'{trigger}' is no event Tillbridge knows. Send one of: "
            f"{', '.join(sorted(POS_TRIGGERS))}, {PUSH_REQUESTED}."
        )
    products, total, offset = _products(trigger, detail.data, read_claim)
    return Event(
        id=detail.metadata.event_id,
        store=StoreId(detail.metadata.store_id),
        trigger=trigger,
        occurred_ms=int(detail.metadata.occurred_at.timestamp() * 1_000),
        products=tuple(products),
        total=total,
        offset=offset,
    )


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


def _words(problem: ValidationError) -> str:
    said = [
        f"{'.'.join(map(str, error['loc'])) or 'the message'}: {error['msg']}"
        for error in problem.errors(include_url=False, include_input=False)[:5]
    ]
    return "The event cannot be read (" + "; ".join(said) + "). Compare it with contracts/events."
