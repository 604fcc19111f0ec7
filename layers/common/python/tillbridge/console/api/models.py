"""What the API takes and answers, as Pydantic models: contracts/console.openapi.json is made from them.

Times are ISO 8601 with a zone, null where there is none; money and stock are texts, "" where nothing is
known."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from tillbridge.console.claims import STORE
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.jobs import JobState
from tillbridge.domain.lanes import Lane
from tillbridge.domain.people import Role
from tillbridge.domain.selection import Do
from tillbridge.domain.view_rows import RowState
from tillbridge.usecases.console.product_shown import FieldState

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
