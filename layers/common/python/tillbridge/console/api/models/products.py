"""Products of one side or both."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from tillbridge.console.api.models.listed import Listed
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.lanes import Lane
from tillbridge.domain.view_rows import RowState
from tillbridge.usecases.console.product_shown import FieldState


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
