"""Why the values of a product are what they are."""

from typing import TypedDict

from cli.shapes.moment import Moment


class EventSeen(TypedDict):
    """An event that made a product due: its sender's clock, and ours."""

    id: str
    type: str
    occurred_at: Moment | None
    received_at: Moment | None
    version: int
    by: str


class Because(TypedDict):
    """The first and the last event that made a product due, and how many there were at least."""

    first: EventSeen
    last: EventSeen
    events: int


class Line(TypedDict):
    """What was done to a product once. `by`: who asked; `because_of`: in words."""

    at: Moment
    did: str
    version: int | None
    lane: str
    by: str
    job: str
    because: Because | None
    because_of: str
    bigcommerce_id: int | None
    code: str
    words: str


class TimelineLine(Line):
    """The same, with what was done in words."""

    what: str


class LevelMade(TypedDict):
    """How a level came about: on hand and committed are decimal numbers as text."""

    variant: str | None
    on_hand: str
    committed: str
    web_units: int
    level: int
    unsure: int


class Reason(TypedDict):
    """Why a field has its value. `sure`: whether the line is the one that brought it. `setting`: when it is sent."""

    field: str
    wire_names: list[str]
    variant: str | None
    value: str | None
    standing: str
    words: str
    sure: bool
    before: str | None
    setting: str | None
    level: LevelMade | None
    line: Line | None
    notes: list[str]


class Reasons(TypedDict):
    """A product's values online, with their reasons, and what happened to it last. `product`: '' when only
    BigCommerce has it."""

    product: str
    bigcommerce_id: int | None
    name: str
    linked: bool
    notes: list[str]
    fields: list[Reason]
    timeline: list[TimelineLine]
