"""How a store is: status, problems, lags, dead letters, and what happens."""

from typing import NotRequired, TypedDict

from cli.shapes.moment import Moment


class Lag(TypedDict):
    """How long changes took on a path."""

    count: int
    p50_seconds: float
    p95_seconds: float
    max_seconds: float


class Freshness(TypedDict):
    """The lags of the last so many hours, by path; a path on which nothing went is left out."""

    store: str
    hours: int
    paths: dict[str, Lag]


class Spans(TypedDict):
    """How fresh a store is, by span of time."""

    spans: list[Freshness]


class Attention(TypedDict):
    """Why a store waits for a person."""

    code: str
    words: str


class LaneWaits(TypedDict):
    """What waits in a lane."""

    count: int
    oldest_seconds: int
    tries: int


class Waiting(TypedDict):
    """What waits by lane, as it was counted last."""

    as_of: Moment | None
    lanes: dict[str, LaneWaits]


class QuotaLeft(TypedDict):
    """The calls that BigCommerce's quota left when it was told last."""

    left: int | None
    at: Moment | None
    spent: bool


class LastRun(TypedDict):
    """The last run of reconcile of a kind."""

    id: str
    ended_at: Moment | None
    full: bool
    waits_for_approval: bool
    compared: int
    drift: int
    repaired: int


class FailedCause(TypedDict):
    """Failed products by cause; `more`: there are more than were counted."""

    cause: str
    count: int
    more: bool


class Paused(TypedDict):
    """Who paused a store, why, and since when; null of a pause of which nobody noted that."""

    by: str
    why: str
    since: Moment | None


class Status(TypedDict):
    """How a store is. What was not there or could not be read is null; `missing` names what could not."""

    store: str
    title: str
    health: str
    state: str | None
    attention: Attention | None
    paused: Paused | None
    lags: dict[str, Lag] | None
    waiting: Waiting | None
    quota: QuotaLeft | None
    last_run: LastRun | None
    last_full_run: LastRun | None
    failed: list[FailedCause] | None
    oversold_last_week: int | None
    dead_letters_of_all_stores: int
    missing: list[str]


class Problem(TypedDict):
    """What is wrong with some products, for one cause. `whose_turn`: who can do something about it."""

    cause: str
    status: str
    side: str
    whose_turn: str
    words: str
    remedy: str
    count: int
    more: bool
    names: list[str]


class TriedAgain(TypedDict):
    """A lane in which something was tried and waits to be tried again."""

    lane: str
    count: int
    tries: int
    oldest_at: Moment | None


class Problems(TypedDict):
    """What is wrong in a store. Of one cause the groups alone. What could not be read is null, or in `unread`."""

    store: str
    groups: list[Problem]
    unread: list[str]
    more_than_counted: list[str]
    attention: NotRequired[Attention | None]
    tried_again: NotRequired[list[TriedAgain] | None]
    tried_again_as_of: NotRequired[Moment | None]
    drift: NotRequired[list[LastRun]]
    oversold_last_week: NotRequired[int | None]


class DeadLetter(TypedDict):
    """A message that nobody could work on. `instead`: what to do where sending it again is of no use. `more`: so
    many characters of the body are not listed; --show has them."""

    id: str
    queue: str
    store: str | None
    kind: str
    why: str
    instead: str
    since: Moment
    received: int
    body: str
    more: NotRequired[int]


class DeadLetters(TypedDict):
    """Dead letters, oldest first. `silent`: the queues that did not answer."""

    dead_letters: list[DeadLetter]
    more: bool
    silent: list[str]


class Decided(TypedDict):
    """The dead letters that were shown, sent again or discarded. `missed`: the ids of the others."""

    dead_letters: list[DeadLetter]
    missed: list[str]


class Happening(TypedDict):
    """A call to BigCommerce. `because`: the events that made its products due. `status`: 0 without an answer."""

    at: Moment
    store: str
    method: str
    path: str
    status: int
    ms: int
    quota_left: int | None
    said: str
    products: list[str]
    more_products: int
    because: list[str]
