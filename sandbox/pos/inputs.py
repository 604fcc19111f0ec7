"""The inputs of the POS from people, files and the API, validated by shape."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from sandbox.pos.plain_fields import Input, PlainProductInput, PlainVariantInput

type BarcodeType = Literal["UPC", "EAN", "GTIN"]
Quantity = Annotated[Decimal, Field(allow_inf_nan=False, max_digits=20, decimal_places=5)]
Money = Annotated[Decimal, Field(allow_inf_nan=False, ge=0, max_digits=20, decimal_places=4)]


class BarcodeInput(Input):
    """One scannable code."""

    type: BarcodeType
    code: str = Field(min_length=1)


class ImageInput(Input):
    """One picture by its address."""

    url: str = Field(min_length=1)


class OptionValueInput(Input):
    """One value of one option, such as Colour: Blue."""

    name: str = Field(min_length=1)
    value: str = Field(min_length=1)


class DimensionsInput(Input):
    """Sizes in centimetres."""

    width: Money
    height: Money
    depth: Money


class VariantInput(PlainVariantInput):
    """A variant; without an id it is new, or the one with the same option values.

    `stock` is on hand by outlet id.
    """

    id: str | None = None
    sku: str = ""
    price: Money | None = None
    cost: Money | None = None
    barcodes: list[BarcodeInput] = Field(default_factory=list)
    option_values: list[OptionValueInput] = Field(default_factory=list)
    stock: dict[str, Quantity] = Field(default_factory=dict)


class ProductInput(PlainProductInput):
    """A product to create, or the changed fields of one that exists; fields not set are ignored."""

    id: str | None = None
    name: str = ""
    sku: str = ""
    description_html: str = ""
    department: str | None = None
    vendor: str | None = None
    price: Money = Decimal(0)
    cost: Money | None = None
    barcodes: list[BarcodeInput] = Field(default_factory=list)
    track_stock: bool = True
    stock: dict[str, Quantity] = Field(default_factory=dict)
    weight: Quantity | None = None
    dimensions: DimensionsInput | None = None
    images: list[ImageInput] = Field(default_factory=list)
    variants: list[VariantInput] = Field(default_factory=list)
    active: bool = True
    external_ids: dict[str, str] = Field(default_factory=dict)


class Line(Input):
    """A quantity of one unit; `variant_id` names the unit of a product with variants."""

    product_id: str
    variant_id: str | None = None
    quantity: Quantity


class RefundLine(Line):
    """A returned line; goods not restocked (damaged) do not go back on the shelf."""

    restocked: bool = True


class OrderLine(Input):
    """Goods received from a vendor."""

    product_id: str
    variant_id: str | None = None
    received: Quantity
    ordered: Quantity | None = None
    unit_cost: Money | None = None


class CountLine(Input):
    """A counted quantity, which is an absolute level."""

    product_id: str
    variant_id: str | None = None
    counted: Quantity


class AdjustmentLine(Input):
    """A correction up or down."""

    product_id: str
    variant_id: str | None = None
    delta: Quantity
