"""What all events of the bus share (contracts/events), and the words for an invalid one."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    Field,
    ValidationError,
)

from tillbridge.adapters.borders.json_texts import is_broken
from tillbridge.adapters.borders.values import sound_text
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.senders import Sender

MOST_PRODUCTS = 200
"""The most products that an event may list itself; more need a claim check."""

LONGEST_NAME = 60
"""Characters of a person's name that are kept."""

type StoreName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
type ProductId = Annotated[
    str, Field(min_length=1, max_length=LONGEST_ID), AfterValidator(sound_text)
]
"""A POS product's id."""

type StoreProductNumber = Annotated[int, Field(ge=1, le=2**53 - 1)]
"""A BigCommerce product's id, up to the largest whole number that JSON carries exactly."""


def _in_utc(when: datetime) -> datetime:
    try:
        return when.astimezone(UTC)
    except OverflowError:
        raise ValueError("no year from 1 to 9999 in UTC") from None


def _name(value: Any) -> str:
    fits = isinstance(value, str) and not is_broken(value)
    return value.strip()[:LONGEST_NAME] if fits else ""


class Metadata(BaseModel):
    """An event's id, the version of its schema, its store, when it occurred, and who asked for it. A name
    that cannot be kept is left out: nothing depends on it."""

    event_id: Annotated[str, Field(min_length=16, max_length=64), AfterValidator(sound_text)]
    schema_version: Annotated[str, Field(pattern=r"^1\.[0-9]+$")]
    store_id: StoreName
    occurred_at: Annotated[AwareDatetime, AfterValidator(_in_utc)]
    requested_by: Annotated[str, BeforeValidator(_name)] = ""


class Detail(BaseModel):
    """The event itself; its type decides what `data` holds."""

    metadata: Metadata
    data: dict[str, Any]


class OfRequest(BaseModel):
    """What `data` of a person's event says of the whole request; an event without a job is one itself."""

    job: Annotated[str, Field(min_length=16, max_length=64), AfterValidator(sound_text)] | None = (
        None
    )
    plan: Annotated[str, Field(min_length=1, max_length=64), AfterValidator(sound_text)] | None = (
        None
    )

    def job_of(self, about: Metadata) -> str:
        """Return the request that an event with this metadata is part of."""
        return self.job or about.event_id


class Envelope(BaseModel):
    """An event as EventBridge delivers it; `account` is the AWS account that put it on the bus. `replay`: the name
    of the replay that tells an archived event again, blank of one that just came."""

    source: Annotated[str, Field(min_length=1)]
    account: Annotated[str, Field(min_length=1)]
    detail_type: Annotated[str, Field(alias="detail-type")]
    detail: Detail
    replay: Annotated[str, Field(alias="replay-name")] = ""

    def sender(self, own_account: str) -> Sender:
        """Return who put the event on the bus; `own_account` is the stack's AWS account."""
        return Sender(self.source, self.account, ours=self.account == own_account)


def words(problem: ValidationError) -> str:
    """Return a message that says what is wrong with an event, five fields at most, and where to
    look."""
    said = [
        f"{'.'.join(map(str, error['loc'])) or 'the message'}: {error['msg']}"
        for error in problem.errors(include_url=False, include_input=False)[:5]
    ]
    return "The event cannot be read (" + "; ".join(said) + "). Compare it with contracts/events."
