"""Jobs: plans that are carried out."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from tillbridge.console.api.models.listed import Listed
from tillbridge.console.api.models.taken import GivenId, ProductId, Taken
from tillbridge.domain.jobs import JobState
from tillbridge.domain.selection import Do


class NewJob(Taken):
    """A plan to be carried out, but for the products in `without`. Of a plan that was compared exactly, products that
    would lose something go only if each code of `exact.losses` that names them is in `confirm`."""

    plan: GivenId
    without: list[ProductId] = []  # noqa: RUF012 - Pydantic copies it
    confirm: list[Annotated[str, Field(max_length=100)]] = []  # noqa: RUF012 - Pydantic copies it


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
