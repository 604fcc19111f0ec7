"""The messages that the function `import` reads: people's requests to import (contracts/events),
its own messages, and delayed ones."""

from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from tillbridge.adapters.borders.json_texts import decoded
from tillbridge.adapters.messages.envelope import (
    MOST_PRODUCTS,
    Envelope,
    OfRequest,
    StoreProductNumber,
    words,
)
from tillbridge.adapters.messages.import_bodies import message_of
from tillbridge.adapters.messages.import_queue import LATER
from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.ids import StoreId, StoreProductId
from tillbridge.domain.import_messages import Ask, Delayed, ImportMessage, PageMessage
from tillbridge.domain.message_version import refuse_newer_message
from tillbridge.domain.senders import check_person

IMPORT_REQUESTED = "import.requested"

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


def read_import_message(body: str, own_account: str) -> ImportMessage | Delayed:
    """Return the message that a body holds; `own_account` is the stack's AWS account. Raise
    UnreadableEvent, which names the field and the remedy, also for who may not ask."""
    later = body.startswith(LATER)
    refuse_newer_message(_later(body) if later else body)
    try:
        if later:
            return Delayed(_own(_later(body)))
        if body.startswith('{"store_id"'):
            return _own(body)
        return _request(Envelope.model_validate_json(body), own_account)
    except ValidationError as problem:
        raise UnreadableEvent(words(problem)) from problem
    except (ValueError, KeyError, TypeError) as problem:
        raise UnreadableEvent(
            "The message is not JSON. Compare it with contracts/events."
        ) from problem


def _later(body: str) -> str:
    try:
        return str(decoded(body)["later"])
    except (ValueError, KeyError, TypeError):
        return ""  # no message, as whoever reads it finds


def _own(body: str) -> ImportMessage:
    return message_of(decoded(body))


def _request(envelope: Envelope, own_account: str) -> PageMessage:
    about = envelope.detail.metadata
    if envelope.detail_type != IMPORT_REQUESTED:
        raise UnreadableEvent(
            f"'{envelope.detail_type}' is not an import. Send {IMPORT_REQUESTED}."
        )
    check_person(envelope.sender(own_account), IMPORT_REQUESTED)
    asked = _asked(_Import.model_validate(envelope.detail.data))
    job = OfRequest.model_validate(envelope.detail.data).job_of(about)
    return PageMessage(job, StoreId(about.store_id), asked, by=about.requested_by)


def _asked(data: _Import) -> Ask:
    ways = [data.bigcommerce_ids is not None, data.filter is not None, data.all]
    narrowed = data.filter.model_dump(exclude_none=True) if data.filter else {}
    if sum(ways) != 1 or (data.filter is not None and not narrowed):
        raise UnreadableEvent(
            "The event does not say which products to import. "
            "Send one of: bigcommerce_ids, filter, all."
        )
    ids = tuple(StoreProductId(number) for number in data.bigcommerce_ids or ())
    return Ask(ids=ids, **narrowed)
