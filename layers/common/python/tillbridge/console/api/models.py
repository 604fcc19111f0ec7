"""What the API takes and answers, as Pydantic models: contracts/console.openapi.json is made from them.

Times are ISO 8601 with a zone, null where there is none; money and stock are texts, "" where nothing is
known."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from tillbridge.console.claims import STORE
from tillbridge.domain.acceptance import LONGEST_WHY, Until
from tillbridge.domain.exact_plan import Does, ExactState
from tillbridge.domain.findings import Code
from tillbridge.domain.jobs import JobState
from tillbridge.domain.lanes import Lane
from tillbridge.domain.losses import LossKind
from tillbridge.domain.people import Role
from tillbridge.domain.run import Result
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
    """What a request would do. `exact`: what would change, field by field, null while nobody asked. `first` and `left_out` show the first products of each kind; `calls` and
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
