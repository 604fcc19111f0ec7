"""Who calls, and how stores are."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from tillbridge.console.api.models.listed import Listed
from tillbridge.console.claims import STORE
from tillbridge.domain.causes import Whose
from tillbridge.domain.health import Health
from tillbridge.domain.people import Role
from tillbridge.domain.view_rows import RowState


class Me(BaseModel):
    """Who calls, and with which role in which store; `*` is every store."""

    issuer: str
    subject: str
    name: str
    roles: dict[str, Role]


class Fresh(BaseModel):
    """How long changes took from the POS to the web: their number, half and 95 of 100 of them within so many
    seconds, and the slowest."""

    count: int
    half_seconds: float
    most_seconds: float
    slowest_seconds: float


class Store(BaseModel):
    """A store that the caller may see, and as what. `health`: how it is; `fresh`: of the running hour, null where
    nothing went to the web in it; `words`: what a person has to do, where one has."""

    id: Annotated[str, Field(pattern=f"^{STORE}$")]
    role: Role
    health: Health
    fresh: Fresh | None
    words: str


class Stores(Listed):
    """The stores that the caller may see, by id."""

    data: list[Store]


class HourSent(BaseModel):
    """What went to the web in the hour that began at `start`."""

    start: datetime | None
    fresh: Fresh


class LaneWaits(BaseModel):
    """What waits in a lane: how many rows, since when the oldest, and the most tries of one."""

    lane: str
    count: int
    oldest_at: datetime | None
    tries: int


class Waiting(BaseModel):
    """What waits, as of when it was counted."""

    as_of: datetime | None
    lanes: list[LaneWaits]


class Quota(BaseModel):
    """What BigCommerce said last of its quota: calls that were left, null where it did not say, and whether it was
    spent."""

    left: int | None
    at: datetime | None
    spent: bool


class Compared(BaseModel):
    """A comparison of both sides that ended: how many products it compared, how many differences it found, how
    many products it pushed anew, and whether its repairs wait for a person."""

    id: str
    ended_at: datetime | None
    full: bool
    compared: int
    drift: int
    repaired: int
    waits_for_approval: bool


class CauseCount(BaseModel):
    """How many products a cause holds back; `more`: at least so many."""

    cause: str
    count: int
    more: bool


class Overview(BaseModel):
    """How a store is. `fresh` and `hours` are of the last 24 hours; an hour in which nothing went to the web is
    left out. What could not be read just now is null and named in `unread`; what is not there is null alone."""

    id: str
    health: Health
    code: str
    words: str
    fresh: Fresh | None
    hours: list[HourSent] | None
    waiting: Waiting | None
    quota: Quota | None
    last_compared: Compared | None
    last_compared_whole: Compared | None
    failed: list[CauseCount] | None
    oversold_last_week: int | None
    unread: list[str]


class ProblemGroup(BaseModel):
    """The products of one side and status that a cause holds back: whose turn it is, what is wrong, what to do,
    how many there are (`more`: at least), and the names of a few."""

    cause: str
    status: RowState
    side: Literal["pos", "web"]
    whose_turn: Whose
    words: str
    remedy: str
    count: int
    more: bool
    names: list[str]


class Problems(BaseModel):
    """What is wrong in a store. `tried_again`: lanes with rows that were tried before. `drift`: comparisons that found
    differences which nobody repaired. `unread`: what could not be read just now; `more_than_counted`: statuses with
    more products than were counted."""

    groups: list[ProblemGroup]
    tried_again: Waiting | None
    drift: list[Compared]
    oversold_last_week: int | None
    unread: list[str]
    more_than_counted: list[RowState]
