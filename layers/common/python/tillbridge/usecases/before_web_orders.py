"""What BigCommerce says before a store's web orders are switched on. Nothing is changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tillbridge.domain.errors import TillbridgeError
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders import switching
from tillbridge.domain.web_orders.shown import WebOrder
from tillbridge.ports.clock import Clock
from tillbridge.ports.web_orders import WebOrders

OLDER_MS = 30 * 24 * 60 * 60 * 1_000
"""Orders that changed within the last 30 days are looked at: what is still to be shipped mostly did."""

MOST_PAGES = 8
"""2,000 orders."""


@dataclass(frozen=True, slots=True)
class Before:
    """`now_ms`: BigCommerce's time, from which on orders count (epoch ms). `words`: what people should
    know."""

    now_ms: int
    words: tuple[str, ...]


def look_before(
    orders: WebOrders, channel: int, kept_back: Callable[[], int], clock: Clock
) -> Before:
    """Return BigCommerce's time, and in words how it moves stock and which orders are open. `kept_back`:
    reads how many items have a safety stock of BigCommerce's own. Raise what the reader of orders
    raises; what else cannot be read is only said."""
    now_ms, older, more = _older(orders, clock)
    said = [
        *_settings(orders, channel),
        _kept_back(kept_back),
        switching.older_orders(older, more=more),
    ]
    return Before(now_ms, tuple(words for words in said if words))


def _older(orders: WebOrders, clock: Clock) -> tuple[int, Sequence[WebOrderId], bool]:
    since_ms = max(0, clock.now_ms() - OLDER_MS)
    first = page = orders.changed(since_ms, WebOrderId(1))
    now_ms = clock.now_ms() if first.answered_ms is None else first.answered_ms
    found: list[WebOrder] = list(first.orders)
    for _ in range(MOST_PAGES - 1):
        if page.following is None:
            break
        page = orders.changed(since_ms, page.following)
        found += page.orders
    placed = [order for order in found if order.placed_ms < now_ms]
    return now_ms, switching.still_open(placed, now_ms), page.following is not None


def _settings(orders: WebOrders, channel: int) -> list[str]:
    try:
        whole, own = orders.inventory_settings(), orders.inventory_settings(channel)
    except TillbridgeError as why:
        return [switching.unreadable_settings(str(why))]
    return [
        switching.when_stock_goes(_either(own.at_placing, whole.at_placing)),
        switching.on_edits_and_refunds(
            _either(own.on_edit, whole.on_edit), _either(own.on_refund, whole.on_refund)
        ),
    ]


def _kept_back(read: Callable[[], int]) -> str:
    try:
        return switching.kept_back_twice(read())
    except TillbridgeError as why:
        return switching.unreadable_safety_stock(str(why))


def _either(own: bool | None, whole: bool | None) -> bool | None:
    # A channel that says nothing has the store's.
    return whole if own is None else own
