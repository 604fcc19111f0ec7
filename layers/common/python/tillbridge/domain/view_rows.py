"""The rows of the POS view and of the Web view."""

from dataclasses import dataclass, field
from enum import StrEnum

POS, WEB = "pos", "web"

LONGEST_TEXT = 1_000
"""The most characters of a text in a row. BigCommerce takes 250 of a name and 255 of a SKU; a longer
one is refused, and the list shows its beginning."""


class RowState(StrEnum):
    """How a product stands to the other side. What waits is told by the pending rows, not here: a sale must
    not move a row. `left_out`: an import left it in BigCommerce alone."""

    NOT_LINKED = "not_linked"
    LINKED = "linked"
    FAILED = "failed"
    BROKEN = "broken"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One product of one side ('pos' or 'web'), as a list shows it; '' where nothing was read. `other`: the id
    of the product on the other side. `code` and `words` tell of a problem, `notes` of what else a person should
    know. `holder`: the BigCommerce number that has the name or SKU which this product needs. `synced_ms`: when
    BigCommerce last took something of it, 0 never (epoch ms). `price_to`: the highest price of its variants where
    they differ, `price` is then the lowest. `barcodes`: at most five. `maker`: vendor, brand or department, as far as it is known."""

    side: str
    id: str
    name: str
    sku: str = ""
    product_number: str = ""
    price: str = ""
    stock: str = ""
    image: str = ""
    deleted: bool = False
    skus: tuple[str, ...] = ()
    """Every SKU it has, its variants' too; empty where only a name was read."""
    barcodes: tuple[str, ...] = ()
    state: RowState = RowState.NOT_LINKED
    other: str = ""
    code: str = ""
    words: str = ""
    notes: tuple[str, ...] = ()
    holder: str = ""
    synced_ms: int = 0
    price_to: str = ""
    maker: str = ""
    variants: int = 0
    detail: str = field(default="", compare=False)
    """The digest of its detail (`domain/details`), "" where none is kept. It is not shown."""
