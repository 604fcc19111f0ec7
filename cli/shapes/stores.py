"""Stores and what belongs to their connection; local worlds and events by hand."""

from typing import TypedDict

from cli.shapes.moment import Moment


class Store(TypedDict):
    """A connected store. `what_to_do`: why it does not send, or what a person should see to; blank when all is
    well."""

    store: str
    title: str
    api_url: str
    hash: str
    pos_url: str
    pos_source: str
    state: str
    what_to_do: str


class RemovedStore(TypedDict):
    """A store that was removed, by whom and when; until when `store add` brings it back, null once it cannot."""

    store: str
    by: str
    removed_at: Moment
    comes_back_until: Moment | None


class Stores(TypedDict):
    """The connected stores, and those that were removed. `state` of one that is not to be read is "cannot be read", and
    the rest of it is blank."""

    stores: list[Store]
    removed: list[RemovedStore]


class Named(TypedDict):
    """A store and its title, blank when it has none."""

    store: str
    title: str


class Removed(RemovedStore):
    """What removing a store did, and left to a person, in words. `anew`: by this call; `again`: doing it again may finish
    it. `shared`: other stores that go on with its POS account."""

    anew: bool
    done: list[str]
    left: list[str]
    again: bool
    shared: list[str]


class Containers(TypedDict):
    """The template that was written for `sam local`, and the lines to type."""

    template: str
    commands: list[str]


class Connected(TypedDict):
    """A store that was added. `pos_url`, `pos_source` and `state` are null while it is only remembered, for a demo."""

    store: str
    title: str
    api_url: str
    hash: str
    pos_url: str | None
    pos_source: str | None
    state: str | None


class StoreState(TypedDict):
    """The state of a store after it was paused or resumed; why, in words."""

    store: str
    state: str
    words: str


class ScopeRead(TypedDict):
    """What was found of a scope of a token. `there`: null where only a push shows it."""

    scope: str
    ok: bool
    there: bool | None
    words: str


class NewToken(TypedDict):
    """Whether a new token was kept, and what it may."""

    store: str
    kept: bool
    scopes: list[ScopeRead]


class Hooks(TypedDict):
    """The webhooks of a store: the events it needs, how many are right, what is wrong or was until it was mended, and
    what BigCommerce refused."""

    store: str
    wanted: list[str]
    right: int
    wrong: list[str]
    mended: bool
    refused: list[str]


class Settings(TypedDict):
    """The settings of a store, in the words that `store set` takes. `hooks`: where a change touched them."""

    store: str
    settings: dict[str, str]
    hooks: Hooks | None


class Canary(TypedDict):
    """The canary of a store: the number of its hidden product, null when there is none."""

    store: str
    bigcommerce_id: int | None


class Kept(TypedDict):
    """A variant or product: the units that are kept from the web now, and those that its sales call for."""

    sku: str
    name: str
    now: int
    learned: int


class Safety(TypedDict):
    """What a learned safety stock would keep from the web."""

    products: list[Kept]


class PosCheck(TypedDict):
    """A sentence of the POS contract: there, missing, not known or not tried. `needed`: push cannot work without."""

    check: str
    status: str
    needed: bool
    detail: str
    cost: str


class CheckedPos(TypedDict):
    """Whether a POS keeps the contract. `ok`: everything that push needs is there. `let_in`: else nothing was tried."""

    url: str
    ok: bool
    let_in: bool
    checks: list[PosCheck]


class StoreCheck(TypedDict):
    """What a store said to a question: fine, worth knowing, must be mended, or not told."""

    check: str
    verdict: str
    words: str
    remedy: str


class CheckedStore(TypedDict):
    """What a store said, and the calls that it took."""

    store: str
    calls: int
    checks: list[StoreCheck]


class Token(TypedDict):
    """A token of one of the local world's people, for an hour."""

    who: str
    token: str


class Sent(TypedDict):
    """Events that were put on the bus: their types."""

    sent: int
    events: list[str]


class Triggered(Sent):
    """The events that were made. `event_ids`: what history and dead letters name them by. `numbers`: BigCommerce's."""

    event_ids: list[str]
    source: str
    products: list[str]
    numbers: list[int]


class SandboxStore(TypedDict):
    """Where a sandbox store listens."""

    api_url: str
    hash: str
    token: str


class SandboxPos(TypedDict):
    """Where the simulator of a vendor's POS listens."""

    address: str
    prefix: str
    token: str
    actions_url: str
    control_url: str


class World(TypedDict):
    """Where the parts of a local world listen: the first line of `up`."""

    aws_url: str
    event_bus: str
    pos_url: str
    pos_token: str
    store: SandboxStore
    console_url: str
    hooks_url: str
