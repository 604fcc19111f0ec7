"""What the API takes and answers, as Pydantic models: contracts/console.openapi.json is made from them.

Times are ISO 8601 with a zone, null where there is none; money and stock are texts, "" where nothing is
known."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from tillbridge.console.claims import STORE
from tillbridge.domain.dead_letters import Box
from tillbridge.domain.jobs import JobState
from tillbridge.domain.lanes import Lane
from tillbridge.domain.people import Role
from tillbridge.domain.selection import Do
from tillbridge.domain.view_rows import RowState

ID = r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}"
"""The pattern of the id of a plan or a job."""

LONGEST_CURSOR = 4_000
LONGEST_SEARCH = 200

type ProductId = Annotated[str, Field(min_length=1, max_length=255)]
type GivenId = Annotated[str, Field(pattern=f"^{ID}$")]


class Taken(BaseModel):
    """What a caller sends: a name that is not known is refused, for it may have been meant to narrow."""

    model_config = ConfigDict(extra="forbid")


class Question(Taken):
    """What a list is asked: a search, a status, or both; neither is every product."""

    text: Annotated[str, Field(max_length=LONGEST_SEARCH)] = ""
    status: RowState | None = None


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
    """A request to be planned: an import of products of BigCommerce, or something about products of the POS."""

    do: Literal["push", "retry", "import", "link", "unlink"]
    select: Select

    @model_validator(mode="after")
    def _fits(self) -> Self:
        chosen = self.select
        if (self.do == "link") != (chosen.pairs is not None):
            raise PydanticCustomError("link_needs_pairs", "pairs go with link, and link with pairs")
        if self.do == "import" and not all(map(is_number, (*(chosen.ids or ()), *chosen.without))):
            raise PydanticCustomError("import_needs_numbers", "ids of BigCommerce are numbers")
        return self


def is_number(product: str) -> bool:
    """Return whether a text is the number of a BigCommerce product, as it is written everywhere."""
    return product.isascii() and product.isdecimal() and 0 < len(product) < 16 and product[0] != "0"


class NewJob(Taken):
    """A plan to be carried out, but for the products in `without`."""

    plan: GivenId
    without: list[ProductId] = []


class NewComparison(Taken):
    """A comparison of both sides: of what changed, or `full`."""

    full: StrictBool = False


class Me(BaseModel):
    """Who calls, and with which role in which store; `*` is every store."""

    issuer: str
    subject: str
    name: str
    roles: dict[str, Role]


class Store(BaseModel):
    """A store that the caller may see, and as what."""

    id: Annotated[str, Field(pattern=f"^{STORE}$")]
    role: Role


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
    may fit behind `after`. `as_of`: when both sides were last compared."""

    data: list[Row]
    further: bool


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


class Plan(BaseModel):
    """What a request would do. `first` and `left_out` show the first products of each kind; `calls` and
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
