"""Dead letters."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from tillbridge.console.api.models.taken import Taken
from tillbridge.domain.dead_letters import Box


class DeadLetter(BaseModel):
    """A message that nobody could work on: in which `queue` it lies, of what type of event it is ("" none), why,
    and what to do `instead` where it cannot be sent again. `body`: the beginning of what it says, `more` the
    characters that follow; `receipt`: what is decided about it with, until `until`."""

    id: str
    queue: Box
    kind: str
    why: str
    instead: str
    since: datetime | None
    received: int
    body: str
    more: int
    receipt: str


class DeadLetters(BaseModel):
    """The oldest dead letters of a store, hidden from others `until` then. `more`: there are more, or may be;
    `silent`: queues that did not answer."""

    data: list[DeadLetter]
    until: datetime | None
    more: bool
    silent: list[Box]


class Receipts(Taken):
    """Receipts of dead letters, as they were handed out."""

    receipts: Annotated[
        list[Annotated[str, Field(max_length=4_000)]], Field(min_length=1, max_length=100)
    ]


class Decided(BaseModel):
    """The ids of the dead letters that are done with, and of those that were not there any more, that somebody
    else reads, or that cannot be sent again."""

    done: list[str]
    missed: list[str]
