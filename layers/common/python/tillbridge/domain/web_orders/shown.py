"""A web order as BigCommerce shows it. Nothing here says who bought: no name, address or e-mail."""

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from tillbridge.domain.ids import StoreProductId, StoreVariantId, WebLineId, WebOrderId


class OrderStatus(IntEnum):
    """BigCommerce's `status_id`."""

    INCOMPLETE = 0
    PENDING = 1
    SHIPPED = 2
    PARTIALLY_SHIPPED = 3
    REFUNDED = 4
    CANCELLED = 5
    DECLINED = 6
    AWAITING_PAYMENT = 7
    AWAITING_PICKUP = 8
    AWAITING_SHIPMENT = 9
    COMPLETED = 10
    AWAITING_FULFILLMENT = 11
    MANUAL_VERIFICATION = 12
    DISPUTED = 13
    PARTIALLY_REFUNDED = 14


@dataclass(frozen=True, slots=True)
class WebLine:
    """A line of a web order: units ordered, and how many of them were shipped and refunded. `product`
    is None on a custom line, `variant` None where BigCommerce names none. Prices are of one unit."""

    id: WebLineId
    product: StoreProductId | None
    quantity: int
    variant: StoreVariantId | None = None
    shipped: int = 0
    refunded: int = 0
    physical: bool = True
    sku: str = ""
    name: str = ""
    price_inc_tax: Decimal = Decimal(0)
    price_ex_tax: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Extra:
    """An amount of an order that belongs to no line: shipping, handling, wrapping, discount or fee."""

    kind: str
    inc_tax: Decimal
    ex_tax: Decimal


@dataclass(frozen=True, slots=True)
class WebOrder:
    """A web order. Times are epoch ms of BigCommerce, in whole seconds. `status` is an OrderStatus, or
    a number that we do not know, which counts like an order that is being worked on."""

    id: WebOrderId
    status: int
    placed_ms: int
    modified_ms: int
    lines: tuple[WebLine, ...]
    external_source: str = ""
    number: str = ""
    channel: int = 1
    channel_name: str = ""
    currency: str = ""
    payment: str = ""
    extras: tuple[Extra, ...] = ()
    total_inc_tax: Decimal = Decimal(0)
