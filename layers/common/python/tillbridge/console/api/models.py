"""What the API takes and answers, as Pydantic models: contracts/console.openapi.json is made from them.

Times are ISO 8601 with a zone, null where there is none; money and stock are texts, "" where nothing is
known."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from tillbridge.console.claims import STORE
from tillbridge.domain.acceptance import Until
from tillbridge.domain.causes import Whose
from tillbridge.domain.connection import StoreState as State
from tillbridge.domain.dead_letters import Box
from tillbridge.domain.exact_plan import Does, ExactState
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.findings import Code
from tillbridge.domain.health import Health
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.jobs import JobState
from tillbridge.domain.lanes import Lane
from tillbridge.domain.losses import LossKind
from tillbridge.domain.people import Role
from tillbridge.domain.run import Result
from tillbridge.domain.selection import Do
from tillbridge.domain.view_rows import RowState
from tillbridge.domain.why.reasons import Standing
from tillbridge.usecases.console.product_shown import FieldState
from tillbridge.usecases.pausing import LONGEST_WHY

ID = r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}"
"""The pattern of the id of a plan or a job."""

CAUSE = r"[a-z][a-z0-9_]{0,63}"
"""The pattern of the code of a cause."""

TROUBLED = (RowState.FAILED, RowState.BROKEN, RowState.LEFT_OUT)
"""The statuses whose products have a cause."""

LONGEST_CURSOR = 4_000
LONGEST_SEARCH = 200

type ProductId = Annotated[str, Field(min_length=1, max_length=255)]
type FieldName = Annotated[str, Field(min_length=1, max_length=60)]
type GivenId = Annotated[str, Field(pattern=f"^{ID}$")]


class Taken(BaseModel):
    """What a caller sends: a name that is not known is refused, for it may have been meant to narrow."""

    model_config = ConfigDict(extra="forbid")


class Question(Taken):
    """What a list is asked: a search, a status, or both; neither is every product. `cause`: of those that are
    failed, broken or left out, only the products with this code."""

    text: Annotated[str, Field(max_length=LONGEST_SEARCH)] = ""
    status: RowState | None = None
    cause: Annotated[str, Field(pattern=f"^({CAUSE})?$")] = ""

    @model_validator(mode="after")
    def _of_a_status(self) -> Self:
        if self.cause and self.status not in TROUBLED:
            raise PydanticCustomError("cause_needs_status", "name failed, broken or left_out")
        return self


class Pair(Taken):
    """A POS product and the BigCommerce product that it is to be linked to."""

    pos: ProductId
    web: Annotated[StrictInt, Field(ge=1, le=2**53)]


class Select(Taken):
    """Which products: `ids`; or all that fit `query`, but those in `without`; or `pairs`, to link. Ids
    are the POS's, and for an import BigCommerce's."""

    ids: Annotated[list[ProductId], Field(min_length=1)] | None = None
    query: Question | None = None
    without: list[ProductId] = []
    pairs: Annotated[list[Pair], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(way is not None for way in (self.ids, self.query, self.pairs)) != 1:
            raise PydanticCustomError("one_of_ids_query_pairs", "name ids, query or pairs")
        if self.without and self.query is None:
            raise PydanticCustomError("without_needs_query", "without goes with query")
        return self


class NewPlan(Taken):
    """A request to be planned: an import of products of BigCommerce, or something about products of the POS. An
    `undo` names a `job`, the `ids` of products in `select`, or both, and may name `fields`: what the job pushed comes
    back or, without one, what the newest push of each product replaced."""

    do: Literal["push", "retry", "import", "link", "unlink", "undo"]
    select: Select | None = None
    job: GivenId | None = None
    fields: Annotated[list[FieldName], Field(min_length=1, max_length=20)] | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        chosen = self.select
        if self.do == "undo":
            if self.job is None and chosen is None:
                raise PydanticCustomError("undo_needs_job_or_ids", "name a job, ids, or both")
            if chosen is not None and chosen.ids is None:
                raise PydanticCustomError("undo_needs_ids", "an undo selects by ids")
            return self
        if self.job is not None or self.fields is not None:
            raise PydanticCustomError("of_undo", "job and fields go with undo")
        if chosen is None:
            raise PydanticCustomError("missing", "select is missing")
        if (self.do == "link") != (chosen.pairs is not None):
            raise PydanticCustomError("link_needs_pairs", "pairs go with link, and link with pairs")
        if self.do == "import" and not all(map(is_number, (*(chosen.ids or ()), *chosen.without))):
            raise PydanticCustomError("import_needs_numbers", "ids of BigCommerce are numbers")
        return self


def is_number(product: str) -> bool:
    """Return whether a text is the number of a BigCommerce product, as it is written everywhere."""
    return product.isascii() and product.isdecimal() and 0 < len(product) < 16 and product[0] != "0"


class NewJob(Taken):
    """A plan to be carried out, but for the products in `without`. Of a plan that was compared exactly, products that
    would lose something go only if each code of `exact.losses` that names them is in `confirm`."""

    plan: GivenId
    without: list[ProductId] = []
    confirm: list[Annotated[str, Field(max_length=100)]] = []


class NewAcceptance(Taken):
    """Drift of a product that may stay, by the `place` of its differences; no places: all that was found. `again`:
    the places are compared again. `run`: the comparison that found it, without one the newest."""

    product: ProductId
    places: list[Annotated[str, Field(min_length=1, max_length=400)]] = []
    until: Until = Until.CHANGED
    why: Annotated[str, Field(max_length=LONGEST_WHY)] = ""
    run: Annotated[str, Field(pattern=f"^({ID})?$")] = ""
    again: StrictBool = False


class NewComparison(Taken):
    """A comparison of both sides: of what changed, or `full`."""

    full: StrictBool = False


class NewSettings(Taken):
    """Settings to be changed, each by name, as `tillbridge store set` takes them. `compare`: both sides are compared
    then, all products."""

    settings: Annotated[dict[str, Annotated[str, Field(max_length=4_000)]], Field(min_length=1)]
    compare: StrictBool = False


class NewPause(Taken):
    """Why a store is paused, for whoever meets it paused."""

    why: Annotated[str, Field(max_length=LONGEST_WHY)] = ""


class Nothing(Taken):
    """A call that needs no more than its address."""


class NewToken(Taken):
    """An access token of BigCommerce. No answer and no log repeats it."""

    token: Annotated[str, Field(min_length=1, max_length=500, repr=False)]


class NewPos(Taken):
    """A POS that is new here: where its API is, its token, and who puts its events on the bus."""

    address: Annotated[str, Field(max_length=500)]
    access_token: Annotated[str, Field(max_length=1_000)]
    sender: Annotated[str, Field(max_length=280)]


class NewStore(Taken):
    """A store to be connected to a POS account that is known (`pos`), or to a `new_pos`."""

    name: Annotated[str, Field(max_length=64)]
    store_hash: Annotated[str, Field(max_length=64)]
    access_token: Annotated[str, Field(max_length=1_000)]
    pos: Annotated[str, Field(max_length=128)] = ""
    new_pos: NewPos | None = None

    @model_validator(mode="after")
    def _one_pos(self) -> Self:
        if bool(self.pos) == (self.new_pos is not None):
            raise PydanticCustomError("one_of_pos_new_pos", "name pos or new_pos")
        return self


class Scope(BaseModel):
    """What a token may. `there`: null where only a push shows it."""

    name: str
    there: bool | None
    words: str


class ConnectedStore(BaseModel):
    """A store that is connected; `anew`: by this call, and not by one before. `scopes`: where they were asked."""

    id: Annotated[str, Field(pattern=f"^{STORE}$")]
    anew: bool
    scopes: list[Scope]


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


class Listed(BaseModel):
    """A page of a list. `after`, `before`: what the next page, and the one before, are asked with; "" where
    there is none. `as_of`: as of when it is true."""

    after: str = ""
    before: str = ""
    as_of: datetime | None = None


class Stores(Listed):
    """The stores that the caller may see, by id."""

    data: list[Store]


class Pending(BaseModel):
    """That a product waits: in which lane, since when, because of what, and who asked ("" nobody)."""

    lane: Lane
    since: datetime | None
    because: str
    by: str


class Row(BaseModel):
    """A product of one side. `status`: how it stands to the other side, where its id is `other`; `code` and
    `words`: what is wrong; `holder`: the BigCommerce product that has the name or SKU it needs."""

    id: str
    name: str
    sku: str
    product_number: str
    barcodes: list[str]
    price: str
    price_to: str
    stock: str
    image: str
    maker: str
    variants: int
    status: RowState
    other: str
    code: str
    words: str
    notes: list[str]
    holder: str
    pending: Pending | None
    synced_at: datetime | None


class Rows(Listed):
    """A page of one side's products. `further`: fewer were found than asked for in what was read, and more
    may fit behind `after`. `as_of`: when both sides were last compared. `currency`: of all its prices (ISO 4217),
    "" where the store does not tell."""

    data: list[Row]
    further: bool
    currency: str = ""


class HistoryLine(BaseModel):
    """What was done about a product (`did`, in `words`), because of what, for whom, and by which job; "" where
    nothing is known. `version`: of the POS's record; `web`: the BigCommerce product."""

    at: datetime | None
    did: Did
    words: str
    because: str
    by: str
    job: str
    lane: str
    version: str
    web: str
    code: str


class History(Listed):
    """What happened to a product, newest first."""

    data: list[HistoryLine]


class Sum(BaseModel):
    """How a level came about: what the POS has, less what is committed there and promised on the web."""

    on_hand: str
    committed: str
    promised: int
    level: int


class CallTold(BaseModel):
    """A call to BigCommerce, and for how many products it was made; `status`: null when no answer came."""

    method: str
    path: str
    at: datetime | None
    status: int | None
    milliseconds: int
    products: int


class Why(BaseModel):
    """Why a field of a product has its value. `value`, `before`: as they were sent, their first 120 characters;
    null where nothing is known. `sure`: nothing older can have made it so. `mode`: when the settings send it,
    "" of what BigCommerce owns. `more`: there are lines that were not read, older than the `lines_read`."""

    product: str
    web: str
    field: str
    variant: str
    standing: Standing
    words: str
    at: datetime | None
    sure: bool
    value: str | None
    before: str | None
    mode: Mode | Literal[""]
    level: Sum | None
    line: HistoryLine | None
    call: CallTold | None
    notes: list[str]
    lines_read: int
    more: bool


class ProductField(BaseModel):
    """A field of a product. `owner`: whose it is; `mode`: when the settings send the POS's, null of what is
    BigCommerce's; `pos`, `web`: what each side has, null where it does not say or was not read; `last_sent`: what a
    push sent last, null of what was never sent; `place`: under which a difference is accepted."""

    field: str
    owner: Literal["pos", "bigcommerce"]
    mode: Mode | None
    pos: str | None
    web: str | None
    state: FieldState
    last_sent: str | None
    last_sent_at: datetime | None
    place: str
    words: str


class ProductLevel(BaseModel):
    """Stock, null where a number is not known: `on_hand` in the outlets that count, `promised` to web orders,
    `kept_back` as safety stock, `level`: what may be sold online, `online`: what is believed to be there."""

    on_hand: int | None
    promised: int
    kept_back: int
    level: int | None
    online: int | None


class ProductVariant(BaseModel):
    """A variant; `id`: the POS's, null of one that is online alone; `number`: BigCommerce's."""

    id: str | None
    name: str
    number: int | None
    fields: list[ProductField]
    level: ProductLevel | None


class ProductWaiting(BaseModel):
    """That a product waits in a lane: since when, how often it was tried, who asked, and which events made it."""

    lane: Lane
    since: datetime | None
    attempts: int
    by: str
    because: list[str]


class Product(BaseModel):
    """A product of one side or, if it is linked, of both. `pos`, `web`: its rows in the lists; `pos_seen_at`,
    `web_seen_at`: as of when each side's content is true; `promised`: what web orders have of it, in words;
    `variants_left`: how many variants are not shown."""

    id: str | None
    number: int | None
    name: str
    pos: Row | None
    web: Row | None
    fields: list[ProductField]
    variants: list[ProductVariant]
    variants_left: int
    level: ProductLevel | None
    waiting: list[ProductWaiting]
    pos_seen_at: datetime | None
    web_seen_at: datetime | None
    promised: str


class PlannedProduct(BaseModel):
    """A product of a plan; `words`: why it is left out, or what to look at first."""

    id: str
    name: str
    other: str
    code: str
    words: str


class Warned(BaseModel):
    """What a person should see before going on, and of which products."""

    code: str
    words: str
    products: list[PlannedProduct]


class Loss(BaseModel):
    """What would be lost: a value that becomes nothing, a price that becomes 0 or falls by more than half. `percent`: by
    how much a price falls, 0 of what is none."""

    product: str
    name: str
    place: str
    field: str
    old: str
    new: str
    percent: int


class LossGroup(BaseModel):
    """Products that would lose the same thing, the first of them; `code` goes into `confirm`."""

    code: str
    kind: LossKind
    field: str
    count: int
    examples: list[Loss]


class Exact(BaseModel):
    """How far the comparison for a plan is: `done` of `total` products. `words`: why it failed. `fields`: how many
    values would change."""

    state: ExactState
    words: str
    done: int
    total: int
    uncounted: int
    creates: int
    changes: int
    same: int
    aside: int
    fields: int
    losses: list[LossGroup]


class Difference(BaseModel):
    """One value: `web` is what BigCommerce has, `pos` what a push makes of it. `place`: by which it is accepted."""

    place: str
    field: str
    variant: str
    web: str
    pos: str


class PlanItem(BaseModel):
    """What becomes of one product of a plan; `changes` counts its values, of which the first are in `differences`."""

    id: str
    name: str
    other: str
    does: Does
    words: str
    changes: int
    differences: list[Difference]
    losses: list[Loss]


class PlanItems(BaseModel):
    """A page of a plan's products; `next_page`: null behind the last."""

    data: list[PlanItem]
    next_page: int | None


class Run(BaseModel):
    """A comparison of both sides. `found` counts findings by their code; `words`: what it waits for."""

    id: str
    began_at: datetime | None
    ended_at: datetime | None
    full: bool
    result: Result
    compared: int
    drift: int
    repaired: int
    accepted: int
    pages: int
    repairs: str
    approved_by: str
    found: dict[str, int]
    words: str


class Runs(BaseModel):
    """The newest comparisons."""

    data: list[Run]
    as_of: datetime | None


class Finding(BaseModel):
    """What a comparison found of a product; `number` is BigCommerce's. `drift`: something is wrong."""

    code: Code
    words: str
    product: str
    number: int | None
    name: str
    drift: bool
    repairable: bool
    other: str
    differences: list[Difference]


class Findings(BaseModel):
    """A page of findings; `next_page`: null behind the last."""

    run: Run
    data: list[Finding]
    next_page: int | None


class AcceptedPlace(BaseModel):
    """What may stay, who said so and why; `until`: null where no time ends it. `whatever`: whatever the values are."""

    place: str
    by: str
    at: datetime | None
    until: datetime | None
    whatever: bool
    why: str


class Accepted(BaseModel):
    """What may stay of a product."""

    product: str
    places: list[AcceptedPlace]


class Plan(BaseModel):
    """What a request would do. `exact`: what would change, field by field, null while nobody asked. Of an undo `creates` counts what is hidden and unlinked. `first` and `left_out` show the first products of each kind; `calls` and
    `seconds` are what it costs about; `job`: what carried it out, "" while nothing did."""

    id: str
    do: Do
    by: str
    made_at: datetime | None
    expires_at: datetime | None
    total: int
    creates: int
    updates: int
    left_out_count: int
    left_out: list[PlannedProduct]
    warnings: list[Warned]
    notes: list[str]
    first: list[PlannedProduct]
    calls: int
    seconds: int
    job: str
    exact: Exact | None


class JobProduct(BaseModel):
    """What became of one product of a job; `at`: when it was done."""

    id: str
    name: str
    outcome: str
    words: str
    other: str
    at: datetime | None


class Job(BaseModel):
    """How far a job is. `more_left`: more than `left`; `eta_seconds`: null when nobody can tell; `products`:
    failed first, then waiting, then done, a page of them: the next is asked with `after`."""

    id: str
    do: Do
    by: str
    plan: str
    asked_at: datetime | None
    state: JobState
    total: int
    done: int
    failed: int
    left: int
    more_left: bool
    eta_seconds: int | None
    words: str
    products: list[JobProduct]
    after: str


class Jobs(Listed):
    """Jobs, newest first, without their products."""

    data: list[Job]


class SettingChange(BaseModel):
    """One setting that a version changed."""

    name: str
    before: str
    after: str


class SettingsVersion(BaseModel):
    """The settings from `at` on, and who changed what; `by` is "" and `at` null of those that were there before
    versions were kept."""

    version: int
    by: str
    at: datetime | None
    settings: dict[str, str]
    changes: list[SettingChange]


class Settings(BaseModel):
    """The settings of a store, by name, as `version` has them; the last ten versions, newest first. `linked`: products
    that were linked at the last full comparison."""

    version: int
    settings: dict[str, str]
    linked: int
    versions: list[SettingsVersion]


class StoreState(BaseModel):
    """Whether a store is active, paused (by whom, why and since when) or needs attention."""

    state: State
    paused_by: str
    paused_why: str
    paused_at: datetime | None


class Scopes(Listed):
    """What a token may, scope by scope."""

    data: list[Scope]


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


class OrderLine(BaseModel):
    """A line of a web order: units `ordered`, `shipped` and `refunded` in BigCommerce, those that it owes the POS,
    those that the POS has `booked`, and those that are `off_sale` for it. `product`, `variant`: in the POS, ""
    while nothing is linked."""

    line: int
    sku: str
    name: str
    product: str
    variant: str
    ordered: int
    shipped: int
    refunded: int
    owed: int
    booked: int


class WebOrder(BaseModel):
    """A web order: `status` is BigCommerce's, in words; `state` how far the POS is with it, and `how_far` the same
    in words; `settled`: it is over. Of one that cannot be read, `state` is "unreadable" and the rest blank."""

    id: int
    status: str
    state: str
    how_far: str
    what_to_do: str
    overdue: bool
    settled: bool
    placed_at: datetime | None
    changed_at: datetime | None
    lines: list[OrderLine]


class WebOrders(BaseModel):
    """Web orders, the highest number first. `after`: what the next page is asked with; 0 where there is none."""

    data: list[WebOrder]
    after: int
    as_of: datetime | None


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


class Started(BaseModel):
    """The id of what was begun."""

    id: str


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


class Wrong(BaseModel):
    """One value that is not as it should be: where it was sent, and what is wrong with it."""

    place: str
    kind: str


class Problem(BaseModel):
    """Why a call was refused (RFC 9457): `code` is for programs, `detail` for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    fields: list[Wrong]
