"""The body of `PUT /v1/web-orders/{external_id}`. A key that the contract does not name is refused, so
that a connector cannot pass on a customer's data unnoticed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(max_length=255)]
Amount = Annotated[str, StringConstraints(pattern=r"^-?\d{1,16}\.\d{2,4}$")]


def _units(value: object) -> object:
    if isinstance(value, str) and _QUANTITY.fullmatch(value):
        return value
    raise ValueError("is a text with at most five decimal places, such as '2', and not below 0")


_QUANTITY = re.compile(r"\d{1,12}(\.\d{1,5})?")
Units = Annotated[Decimal, BeforeValidator(_units)]
"""A quantity of the contract that is not below 0: a text, never a number."""


class Strict(BaseModel):
    """A part of a web order: no other keys than these."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WebChannel(Strict):
    """The storefront that sold."""

    id: int = Field(strict=True)
    name: Text = ""


class WebPayment(Strict):
    """How it was paid: a name, never a number."""

    method: Text = ""


class WebLine(Strict):
    """One line. `units`: the net units to be off the stock in this state of the order."""

    line_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    product_id: Text | None
    variant_id: Text | None = None
    sku: Text = ""
    name: Text = ""
    units: Units
    ordered: Units
    returned: Units = Decimal(0)
    unit_price_inc_tax: Amount
    unit_price_ex_tax: Amount


class WebExtra(Strict):
    """An amount that belongs to no line."""

    kind: Literal["shipping", "handling", "wrapping", "discount", "fee"]
    amount_inc_tax: Amount
    amount_ex_tax: Amount


class WebOrder(Strict):
    """The state of a web order at one revision."""

    revision: int = Field(ge=1, le=2**63 - 1, strict=True)
    placed_at: AwareDatetime
    number: Text
    channel: WebChannel
    outlet_id: Text
    state: Literal["open", "completed", "cancelled"]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    payment: WebPayment = WebPayment()
    lines: list[WebLine] = Field(max_length=500)
    extras: list[WebExtra] = Field(default_factory=list, max_length=100)
    total_inc_tax: Amount
