"""The bodies with which products are made and changed."""

from typing import Literal

from pydantic import Field

from sandbox.lightspeed_x.calls.bodies import Amount, Number, Shape

MOST_VARIANTS = 200
MOST_ATTRIBUTES = 3


class NewCode(Shape):
    """One code; types in upper case."""

    type: Literal["CUSTOM", "EAN", "ISBN", "ITF", "JAN", "UPC"] = "CUSTOM"
    code: str = Field(min_length=1)


class NewSupplied(Shape):
    """From whom the product comes, for what, under which number."""

    supplier_id: str
    price: Amount | None = None
    code: str | None = None


class NewImage(Shape):
    """A picture by its address; the sandbox fetches nothing."""

    type: Literal["url"]
    location: str = Field(min_length=1)
    index: int = 0


class NewInventory(Shape):
    """The units with which a product begins at an outlet."""

    outlet_id: str
    current_amount: Number
    reorder_amount: Number | None = None
    reorder_point: Number | None = None


class Definition(Shape):
    """The value of one attribute, which must exist."""

    attribute_id: str
    value: str = Field(min_length=1)


class NewUnit(Shape):
    """What a simple product and a variant have in common."""

    sku: str = ""
    product_codes: list[NewCode] = Field(default_factory=list)
    price_including_tax: Amount | None = None
    price_excluding_tax: Amount | None = None
    supply_price: Amount | None = None
    supplier_code: str = ""
    product_suppliers: list[NewSupplied] = Field(default_factory=list, max_length=1)
    images: list[NewImage] = Field(default_factory=list)
    inventory: list[NewInventory] = Field(default_factory=list)
    weight: Amount | None = None
    weight_unit: Literal["CT", "G", "OZ", "LB", "KG"] | None = None
    length: Amount | None = None
    width: Amount | None = None
    height: Amount | None = None
    dimensions_unit: Literal["IN", "CM", "MM", "YD"] | None = None


class NewVariant(NewUnit):
    """A variant."""

    variant_definitions: list[Definition] = Field(min_length=1, max_length=MOST_ATTRIBUTES)


class NewProduct(NewUnit):
    """The body of `POST /products`. It knows no `track_inventory` (fact 7)."""

    name: str
    description: str = ""
    handle: str = ""
    source: str = "USER"
    source_id: str = ""
    source_variant_id: str = ""
    is_active: bool = True
    supplier_id: str = ""
    product_type_id: str = ""
    product_category_id: str = ""
    brand_id: str = ""
    variants: list[NewVariant] = Field(default_factory=list, max_length=MOST_VARIANTS)


class Common(Shape):
    """What a change says of the whole family."""

    track_inventory: bool | None = None


class Changed(Shape):
    """The body of `PUT /products/{id}`, as far as the sandbox goes."""

    common: Common
