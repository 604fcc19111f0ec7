"""Comparisons of both sides, and what may stay."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StrictBool

from tillbridge.console.api.models.taken import ID, ProductId, Taken
from tillbridge.domain.acceptance import Until
from tillbridge.domain.findings import Code
from tillbridge.domain.run import Result
from tillbridge.usecases.pausing import LONGEST_WHY


class NewAcceptance(Taken):
    """Drift of a product that may stay, by the `place` of its differences; no places: all that was found. `again`:
    the places are compared again. `run`: the comparison that found it, without one the newest."""

    product: ProductId
    places: list[Annotated[str, Field(min_length=1, max_length=400)]] = []  # noqa: RUF012 - Pydantic copies it
    until: Until = Until.CHANGED
    why: Annotated[str, Field(max_length=LONGEST_WHY)] = ""
    run: Annotated[str, Field(pattern=f"^({ID})?$")] = ""
    again: StrictBool = False


class NewComparison(Taken):
    """A comparison of both sides: of what changed, or `full`."""

    full: StrictBool = False


class Difference(BaseModel):
    """One value: `web` is what BigCommerce has, `pos` what a push makes of it. `place`: by which it is accepted."""

    place: str
    field: str
    variant: str
    web: str
    pos: str


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
