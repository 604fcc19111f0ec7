"""The columns of the POS's own product file."""

from __future__ import annotations

from decimal import Decimal

from sandbox.pos.plain_fields import OWN_COLUMNS
from sandbox.pos.product_columns import Columns

OWN = Columns(
    id="id",
    name="name",
    description="description",
    department=("department",),
    active=("active",),
    sku="sku",
    price="price",
    cost="cost",
    barcode="barcode",
    stock="stock",
    stock_at=r"stock[ _](?P<outlet>\S+)",
    weights={"weight_kg": Decimal(1)},
    images=("images",),
    image_separator="|",
    options=tuple((f"option{n}_name", f"option{n}_value") for n in (1, 2, 3)),
    plain=OWN_COLUMNS,
    vendor="vendor",
    track_stock="track_stock",
    always_priced=False,
)
