"""What happened to a product, and why a value is there."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from tillbridge.console.api.models.listed import Listed
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.why.reasons import Standing


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
