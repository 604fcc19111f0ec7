"""A vendor's POS: its account, its outlets, how its polls are, and what its probes found."""

from typing import TypedDict

from cli.shapes.health import Attention
from cli.shapes.moment import Moment


class MissingScope(TypedDict):
    """A scope that the token lacks, what a shop goes without, and whether nothing can be read without it."""

    scope: str
    cost: str
    needed: bool


class ConnectedPos(TypedDict):
    """A POS account that was connected. `prices_with_tax`: the prices that are sent include tax; `chosen`: a person
    said so. `quota`: calls in five minutes, null where it is not told. `refused`: what else the POS does not tell, in
    words. `read_again`: every row is read again. `same_shop`: other accounts of the same shop."""

    account: str
    kind: str
    name: str
    address: str
    anew: bool
    read_again: bool
    currency: str
    prices_with_tax: bool | None
    chosen: bool
    registers: int
    quota: int | None
    outlets_open: int
    outlets_closed: int
    missing_scopes: list[MissingScope]
    refused: str
    same_shop: list[str]


class Outlet(TypedDict):
    """An outlet, and the stores whose levels are from it: none of one that is closed."""

    id: str
    name: str
    open: bool
    stores: list[str]


class OddOutlet(TypedDict):
    """What a store's settings name in vain; `outlet` is blank where that is all of them."""

    store: str
    outlet: str
    words: str


class OutletsOfPos(TypedDict):
    """The outlets of an account. `trouble`: why its POS does not tell of them."""

    account: str
    outlets: list[Outlet]
    odd: list[OddOutlet]
    trouble: str | None


class Outlets(TypedDict):
    """The outlets of each POS."""

    accounts: list[OutletsOfPos]


class Feeds(TypedDict):
    """The vendor's version up to which each feed was read."""

    levels: int
    items: int


class Walk(TypedDict):
    """A whole reading under way. `items_done`: all products are read; the levels go on."""

    began_at: Moment | None
    at: Feeds
    items_done: bool


class PosHooks(TypedDict):
    """What the POS's webhooks tell of, in its own words."""

    topics: list[str]
    checked_at: Moment | None
    trouble: str | None


class PollsOfPos(TypedDict):
    """How the polls of an account are. `asked`: a poll was asked for and has not begun; `untold`: products of which the
    stores are still to be told, 1,000 at most; `quota_left_percent`: of the calls of five minutes, after the last poll.
    Times that never were are null."""

    account: str
    kind: str
    name: str
    address: str
    stores: list[str]
    trouble: Attention | None
    missing_scopes: list[MissingScope]
    epoch: int
    cursors: Feeds
    polls: int
    polled_at: Moment | None
    walk: Walk | None
    walked_at: Moment | None
    hooked_at: Moment | None
    hooks: PosHooks
    quota_left_percent: int | None
    asked: bool
    untold: int
    products: int
    unreadable: int


class Polls(TypedDict):
    """How the polls of each POS are."""

    accounts: list[PollsOfPos]


class Probe(TypedDict):
    """A fact that only a real account shows. `verdict`: passed, otherwise, not run. `words`: what was seen, or why it
    was not run; `otherwise`: what Tillbridge does where the fact is otherwise."""

    number: int
    probe: str
    creates: bool
    verdict: str
    words: str
    otherwise: str


class LeftInPos(TypedDict):
    """What a probe made and could not delete: a product, brand, supplier or webhook. `id` is blank where the answer was
    lost: then it may not be there at all. The name of a webhook is its address."""

    kind: str
    name: str
    id: str


class ProbedPos(TypedDict):
    """What a vendor's POS showed. `let_in`: else nothing was asked but the first call."""

    url: str
    let_in: bool
    why_not: str
    left_in_the_account: list[LeftInPos]
    probes: list[Probe]
