"""From what happened to the calls that tell of it: one for each hook that subscribes, and hazards."""

import uuid
from typing import Any

from sandbox.bigcommerce.hooks.messages import payload
from sandbox.bigcommerce.hooks.scopes import tells
from sandbox.bigcommerce.state.hazards import Hazard
from sandbox.bigcommerce.state.hook_book import Delivery, Hook
from sandbox.bigcommerce.state.outbox import Happened
from sandbox.bigcommerce.state.store import Store

FORGED_ORDER = 999_999_999


def tell(store: Store) -> None:
    """Post a call for everything that happened since the last time, to every hook that works."""
    moved = store.settling.take_applied()
    if not store.hooks.hooks:
        store.outbox.take()
        return
    for change in moved:
        _level_written(store, change.kind, change.item_id, change.quantity)
    store.hooks.end_silent_ones()
    for happened in store.outbox.take():
        for hook in list(store.hooks.hooks.values()):
            if tells(hook.scope, happened.scope):
                _post(store, hook, happened)


def _level_written(store: Store, kind: str, item_id: int, quantity: int) -> None:
    """Note that an adjustment was applied. A product's own event lists stock among its triggers, so
    it is told too."""
    product_id = item_id
    if kind == "v":
        product_id = store.db.value("SELECT product_id FROM variants WHERE id=?", item_id) or 0
    store.outbox.level("inventory/updated", kind, product_id, item_id, quantity, "absolute")
    store.outbox.say("product/updated", "product", product_id)


def _post(store: Store, hook: Hook, happened: Happened) -> None:
    book = store.hooks

    def strikes(name: str) -> Hazard | None:
        return store.hazards.strikes(name, "POST", happened.scope, "")

    if not hook.is_active or book.now() < hook.works_at:
        return
    hook.heard_at = book.now()
    if strikes("hook-off"):
        book.deactivate(hook.id)
        return
    if strikes("hook-forged"):
        book.post(_forged(store, hook))
    if strikes("hook-lost"):
        return
    destination, headers = hook.tells(book.now())
    delivery = Delivery(
        hook.id,
        destination,
        happened.scope,
        payload(happened, store.config.store_hash),
        f"msg_{uuid.uuid4().hex}",
        headers,
        signed=strikes("hook-unsigned") is None,
    )
    after = _seconds(strikes("hook-late"), 5)
    reordered = strikes("hook-reordered")
    if reordered:
        after += store.random.random() * _seconds(reordered, 1)
    # Hazards are in real seconds, the book's clock in BigCommerce's.
    book.post(delivery, after / book.scale)
    if strikes("hook-duplicate"):
        book.post(delivery_again(delivery), after / book.scale)


def delivery_again(delivery: Delivery) -> Delivery:
    """Return the same call, to be made a second time."""
    return Delivery(
        delivery.hook_id,
        delivery.destination,
        delivery.scope,
        delivery.body,
        delivery.message_id,
        delivery.headers,
        signed=delivery.signed,
    )


def _forged(store: Store, hook: Hook) -> Delivery:
    """Return a call by somebody who knows the address, and neither the headers nor the secret."""
    data: dict[str, Any] = {"type": "order", "id": FORGED_ORDER}
    happened = Happened("store/order/created", data, 0)
    body = payload(happened, store.config.store_hash)
    message = f"msg_{uuid.uuid4().hex}"
    return Delivery(hook.id, hook.destination, happened.scope, body, message, {}, genuine=False)


def _seconds(hazard: Hazard | None, default: float) -> float:
    return 0.0 if hazard is None else float(hazard.params.get("seconds", default))
