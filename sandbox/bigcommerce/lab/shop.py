"""What shoppers and the web staff do to orders, as operations of the control API."""

from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from sandbox.bigcommerce.hooks.telling import tell
from sandbox.bigcommerce.lab.audit_orders import oversold, swallowed
from sandbox.bigcommerce.lab.snapshot import orders_with_lines
from sandbox.bigcommerce.orders import inventory_settings, staff_changes
from sandbox.bigcommerce.orders.placing import SoldOut, check_out, place_order
from sandbox.bigcommerce.orders.refunds import refund as refund_order
from sandbox.bigcommerce.orders.statuses import CANCELLED, INCOMPLETE
from sandbox.bigcommerce.orders.stock import holder_of, level_of
from sandbox.bigcommerce.state.config import SHOPPER, WEB_STAFF
from sandbox.bigcommerce.state.store import Store
from sandbox.bigcommerce.state.transaction import all_or_nothing


def level(store: Store, _payload: Any, query: dict[str, str]) -> Any:
    """Return the level that the storefront goes by, null where nothing is tracked."""
    store.settling.settle(store.db)
    variant_id = int(query.get("variant_id", "0"))
    holder = holder_of(store.db, int(query["product_id"]), variant_id)
    return {"level": None if holder is None else level_of(store.db, holder)}


def pay(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Check a cart out: return the order's id; null, and in words why, if the units are gone."""
    try:
        return {"order_id": _at_once(store, lambda: check_out(store, payload, SHOPPER))}
    except SoldOut as refusal:
        return {"order_id": None, "words": str(refusal)}


def fail_to_pay(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Leave an order at the payment step: Incomplete, without any effect on stock."""
    wanted = payload | {"status_id": INCOMPLETE}
    return {"order_id": _at_once(store, lambda: place_order(store, wanted, SHOPPER))}


def place(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Place an order that no shopper checked out: by hand, by an app, or from a till."""
    return {"order_id": _at_once(store, lambda: place_order(store, payload, WEB_STAFF))}


def set_status(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Give an order another status."""
    order_id, status_id = payload["order_id"], payload["status_id"]
    return _at_once(store, lambda: staff_changes.set_status(store, order_id, status_id))


def ship(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Ship units of an order, or everything that is left."""
    units = _units(payload)
    return _at_once(store, lambda: staff_changes.ship(store, payload["order_id"], units))


def cancel(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Cancel an order."""
    return set_status(store, payload | {"status_id": CANCELLED}, {})


def refund(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Refund units or an amount; return the refund's id."""
    amount = payload.get("amount")
    refund_id = _at_once(
        store,
        lambda: refund_order(
            store,
            payload["order_id"],
            _units(payload),
            amount=None if amount is None else Decimal(str(amount)),
            restock=payload.get("restock"),
            by_app=payload.get("by_app", False),
        ),
    )
    return {"refund_id": refund_id}


def edit(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Change an order's lines; return new ids of lines by the old ones."""
    renamed = _at_once(
        store,
        lambda: staff_changes.edit(
            store,
            payload["order_id"],
            _units(payload),
            added=payload.get("added"),
            new_ids=payload.get("new_ids", False),
        ),
    )
    return {"renamed": renamed}


def archive(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Archive an order, or bring it back."""
    archived = payload.get("archived", True)
    order_id = payload["order_id"]
    return _at_once(store, lambda: staff_changes.archive(store, order_id, archived=archived))


def change_settings(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Change the inventory settings of a channel, or the global ones; return what is set then."""
    channel_id = payload.get("channel_id", inventory_settings.GLOBAL)
    return _at_once(
        store, lambda: inventory_settings.change(store, channel_id, payload["settings"])
    )


def orders(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    """Return every order with its lines, and the units that each took off the stock."""
    return orders_with_lines(store.db)


def readings(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    """Return every list of orders that was answered."""
    return [asdict(each) for each in store.readings]


def stock_moves(store: Store, _payload: Any, query: dict[str, str]) -> Any:
    """Return what moved levels, from number `since` on."""
    store.settling.settle(store.db)
    return [asdict(move) for move in store.settling.moves[int(query.get("since", "0")) :]]


def audit(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    """Return units that a write put back on sale (swallowed), and lines sold without stock."""
    store.settling.settle(store.db)
    return {"swallowed": swallowed(store.settling.moves), "oversold": oversold(store)}


def _units(payload: dict[str, Any]) -> dict[int, int] | None:
    """Return units by line; JSON has no numbers as keys."""
    units = payload.get("units")
    return None if units is None else {int(line_id): count for line_id, count in units.items()}


def _at_once[Result](store: Store, work: Callable[[], Result]) -> Result:
    """Do something after all stock writes that are due, wholly or not at all."""
    store.settling.settle(store.db)
    result = all_or_nothing(store, work)
    tell(store)
    return result
