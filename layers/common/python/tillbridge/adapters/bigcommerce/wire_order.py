"""An order of BigCommerce on the wire: only what is kept of it. Names, addresses and messages of
shoppers have no field here, and so never leave this module."""

from datetime import UTC
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from tillbridge.adapters.bigcommerce.wire import Amount, Count, Number, reader
from tillbridge.adapters.bigcommerce.wire_order_lines import Consignments, LineRecord
from tillbridge.adapters.borders.values import MONEY_DIGITS, Text, number_within
from tillbridge.adapters.wire_record import Record
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders.shown import Extra, WebOrder


def time_ms(value: Any) -> int:
    """Return the epoch ms of a time in RFC 2822, in which v2 gives all times."""
    try:
        moment = parsedate_to_datetime(value)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return int(aware.timestamp()) * 1_000
    except (TypeError, ValueError, OverflowError, AttributeError, IndexError):
        raise PydanticCustomError("number", "is no time") from None


def _total(value: Any) -> Any:
    try:
        return number_within(MONEY_DIGITS)(value)
    except PydanticCustomError:
        return None


type _Time = Annotated[int, BeforeValidator(time_ms)]


class OrderRecord(Record):
    """An order. `items_total` is the sum of its lines' quantities, None when that cannot be read: then
    the lines are asked for, as when it differs."""

    id: Number
    status_id: Number
    date_created: _Time
    date_modified: _Time
    items_total: Annotated[Decimal | None, BeforeValidator(_total)] = None
    external_source: Text = ""
    channel_id: Count = 1
    currency_code: Text = ""
    default_currency_code: Text = ""
    payment_method: Text = ""
    shipping_cost_inc_tax: Amount = Decimal(0)
    shipping_cost_ex_tax: Amount = Decimal(0)
    handling_cost_inc_tax: Amount = Decimal(0)
    handling_cost_ex_tax: Amount = Decimal(0)
    wrapping_cost_inc_tax: Amount = Decimal(0)
    wrapping_cost_ex_tax: Amount = Decimal(0)
    discount_amount: Amount = Decimal(0)
    coupon_discount: Amount = Decimal(0)
    total_inc_tax: Amount = Decimal(0)
    consignments: Annotated[Consignments, BeforeValidator(lambda value: value or {})] = (
        Consignments()
    )

    @property
    def lines(self) -> tuple[LineRecord, ...]:
        """The lines that came with the order."""
        return self.consignments.lines

    def as_read(self, lines: tuple[LineRecord, ...]) -> WebOrder:
        """Return the order with these lines, as the port returns it."""
        return WebOrder(
            id=WebOrderId(self.id),
            status=self.status_id,
            placed_ms=self.date_created,
            modified_ms=self.date_modified,
            lines=tuple(line.as_read() for line in lines),
            external_source=self.external_source,
            number=str(self.id),
            channel=self.channel_id,
            currency=self.default_currency_code or self.currency_code,
            payment=self.payment_method,
            extras=self._extras(),
            total_inc_tax=self.total_inc_tax,
        )

    def _extras(self) -> tuple[Extra, ...]:
        discount = self.discount_amount + self.coupon_discount
        found = (
            Extra("shipping", self.shipping_cost_inc_tax, self.shipping_cost_ex_tax),
            Extra("handling", self.handling_cost_inc_tax, self.handling_cost_ex_tax),
            Extra("wrapping", self.wrapping_cost_inc_tax, self.wrapping_cost_ex_tax),
            Extra("discount", discount, discount),
        )
        return tuple(each for each in found if each.inc_tax or each.ex_tax)


class RefundRecord(Record):
    """A refund, as far as it says which order it is of."""

    order_id: Number


class InventorySettingsRecord(Record):
    """Inventory settings; of a channel, null is what it inherits."""

    update_stock_behavior: Text = ""
    edit_order_stock_adjustment: bool | None = None
    refund_order_stock_adjustment: bool | None = None


class _Named(Record):
    id: Number


read_order = reader(OrderRecord)
read_refund = reader(RefundRecord)
read_inventory_settings = reader(InventorySettingsRecord)
read_order_id = reader(_Named)
