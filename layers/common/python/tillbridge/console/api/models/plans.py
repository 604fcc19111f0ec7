"""Plans: what a request would do, and what would change exactly."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from tillbridge.console.api.models.runs import Difference
from tillbridge.console.api.models.taken import FieldName, GivenId, Select, Taken, is_number
from tillbridge.domain.exact_plan import Does, ExactState
from tillbridge.domain.losses import LossKind
from tillbridge.domain.selection import Do


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
