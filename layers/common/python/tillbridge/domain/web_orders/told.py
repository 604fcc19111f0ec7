"""What the POS is told of a web order: its state, not its events, so that saying it again changes
nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tillbridge.domain.ids import WebLineId, WebOrderId
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.shown import Extra, OrderStatus, WebLine, WebOrder

type Json = dict[str, Any]

LEAST_DECIMALS, MOST_DECIMALS = 2, 4
"""Of an amount (contracts/pos-api.openapi.yaml, SignedMoney)."""


class OrderState(StrEnum):
    """What the POS is told that an order is."""

    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


_STATES = {
    OrderStatus.SHIPPED: OrderState.COMPLETED,
    OrderStatus.COMPLETED: OrderState.COMPLETED,
    OrderStatus.REFUNDED: OrderState.CANCELLED,
    OrderStatus.CANCELLED: OrderState.CANCELLED,
    OrderStatus.DECLINED: OrderState.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line as the POS is told it. `units`: what must be off the stock, net, in this state."""

    line: WebLineId
    holder: Holder | None
    units: int
    sku: str
    name: str
    ordered: int
    returned: int
    price_inc_tax: Decimal
    price_ex_tax: Decimal


@dataclass(frozen=True, slots=True)
class Told:
    """An order as the POS is told it; the revision rises whenever anything else here changes."""

    revision: int
    order: WebOrderId
    placed_ms: int
    number: str
    channel: int
    channel_name: str
    outlet: str
    state: OrderState
    currency: str
    payment: str
    lines: tuple[ToldLine, ...]
    extras: tuple[Extra, ...]
    total_inc_tax: Decimal


def told(order: WebOrder, lines: Iterable[ToldLine], outlet: str, revision: int) -> Told:
    """Return what the POS is told of an order, to be booked at an outlet."""
    return Told(
        revision=revision,
        order=order.id,
        placed_ms=order.placed_ms,
        number=order.number or str(order.id),
        channel=order.channel,
        channel_name=order.channel_name,
        outlet=outlet,
        state=next((s for key, s in _STATES.items() if key == order.status), OrderState.OPEN),
        currency=order.currency,
        payment=order.payment,
        lines=tuple(lines),
        extras=order.extras,
        total_inc_tax=order.total_inc_tax,
    )


def told_line(line: WebLine, holder: Holder | None, units: int) -> ToldLine:
    """Return a line as the POS is told it."""
    return ToldLine(
        line=line.id,
        holder=holder,
        units=units,
        sku=line.sku,
        name=line.name,
        ordered=line.quantity,
        returned=line.refunded,
        price_inc_tax=line.price_inc_tax,
        price_ex_tax=line.price_ex_tax,
    )


def external_id(store_hash: str, order: WebOrderId) -> str:
    """Return the name by which the POS knows an order: the same for ever, and no other store's."""
    return f"bigcommerce:{store_hash}:{order}"


def body(order: Told) -> Json:
    """Return the body of the call that tells the POS; amounts and units are texts, as everywhere in
    the POS's API."""
    return {
        "revision": order.revision,
        "placed_at": _time(order.placed_ms),
        "number": order.number,
        "channel": {"id": order.channel, "name": order.channel_name},
        "outlet_id": order.outlet,
        "state": str(order.state),
        "currency": order.currency,
        "payment": {"method": order.payment},
        "lines": [_line(each) for each in order.lines],
        "extras": [
            {
                "kind": each.kind,
                "amount_inc_tax": _amount(each.inc_tax),
                "amount_ex_tax": _amount(each.ex_tax),
            }
            for each in order.extras
        ],
        "total_inc_tax": _amount(order.total_inc_tax),
    }


def _line(line: ToldLine) -> Json:
    return {
        "line_id": str(line.line),
        "product_id": line.holder.product if line.holder else None,
        "variant_id": line.holder.variant if line.holder else None,
        "sku": line.sku,
        "name": line.name,
        "units": str(line.units),
        "ordered": str(line.ordered),
        "returned": str(line.returned),
        "unit_price_inc_tax": _amount(line.price_inc_tax),
        "unit_price_ex_tax": _amount(line.price_ex_tax),
    }


def _amount(amount: Decimal) -> str:
    """Return an amount as the contract has it: with two to four digits after the point."""
    decimals = min(MOST_DECIMALS, max(LEAST_DECIMALS, -int(amount.as_tuple().exponent)))
    return f"{amount:.{decimals}f}"


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms // 1_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
