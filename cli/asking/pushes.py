"""Requests to push products."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import batched
from typing import Any

from cli.asking.bus import PRODUCTS_AN_EVENT, new_job, put, request
from cli.asking.quiet import until_quiet
from cli.deployment.backlog import Backlog
from cli.deployment.ledger import ledger
from cli.deployment.target import Target
from tillbridge.domain.ids import StoreId


def ask_push(target: Target, store: StoreId, products: Sequence[str]) -> None:
    """Request a push of products by their POS ids, without waiting for it."""
    put(target, list(_requests(store, products)))


def push_and_wait(
    target: Target,
    store: StoreId,
    products: Sequence[str],
    watch: Callable[[int], None] = lambda _: None,
) -> int:
    """Push products, wait until the store is quiet, and return the number of API calls made.

    Call `watch` with the number of products done. Raise NeverQuiet when work is stuck."""
    began_ms = time.time_ns() // 1_000_000

    def see(left: Backlog) -> None:
        watch(max(0, len(products) - left.rows.total()))

    ask_push(target, store, products)
    until_quiet(target, store, see)
    watch(len(products))
    return ledger(target, store, began_ms).total.calls.total()


def _requests(store: str, products: Sequence[str]) -> Iterator[dict[str, Any]]:
    # Each event carries the total, so that intake puts a long list in the bulk lane.
    offset, job, named = 0, new_job(), list(dict.fromkeys(products))
    for part in batched(named, PRODUCTS_AN_EVENT, strict=False):
        data = {"product_ids": list(part), "total": len(named), "offset": offset}
        yield request("push.requested", store, data, job)
        offset += len(part)
