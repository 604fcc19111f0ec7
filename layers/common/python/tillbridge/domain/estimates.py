"""About how many calls and seconds a request costs, told before and while it goes. Nothing depends on it."""

from collections.abc import Mapping, Sequence

from tillbridge.domain.call_sizes import PRODUCTS_A_CALL, STOCK_A_CALL, VARIANTS_A_CALL
from tillbridge.domain.lanes import LEVEL_LANES, WRITING_LANES
from tillbridge.domain.link import Link

CALLS_A_SECOND = 5
"""BigCommerce's smallest quota: 150 calls in 30 seconds. What people ask for may spend all of it."""

READ_A_CALL = 250
"""Products of a list of BigCommerce (usecases/push/taking/asked.py reads those that were pushed by hand)."""

LEAST_MEASURED = 20
"""Of fewer products a speed says nothing."""


def push_calls(creates: int, linked: Sequence[Link], unread: int = 0) -> int:
    """Return the calls of a push by hand: of new products, of linked ones, and of `unread` ones that are counted as
    linked and without variants."""
    updates = len(linked) + unread
    variants = sum(len(link.variants) for link in linked)
    levels = creates + max(updates, variants)
    return (
        creates
        + _calls(updates, PRODUCTS_A_CALL)
        + _calls(variants, VARIANTS_A_CALL)
        + _calls(updates, READ_A_CALL)
        + _calls(levels, STOCK_A_CALL)
    )


def read_calls(products: int) -> int:
    """Return the calls that read so many products of BigCommerce, as an import or a link does."""
    return _calls(products, READ_A_CALL)


def backlog_calls(waits: Mapping[str, int]) -> int:
    """Return the calls of what waits in a store's lanes: rows of each lane, counted as linked and without variants."""
    levels = sum(waits.get(lane, 0) for lane in LEVEL_LANES)
    pushed = sum(waits.get(lane, 0) for lane in WRITING_LANES)
    others = sum(waits.values()) - levels - pushed
    return _calls(levels, STOCK_A_CALL) + push_calls(0, (), pushed) + _calls(others, READ_A_CALL)


def seconds_of(calls: int) -> int:
    """Return the seconds that so many calls take under the quota."""
    return _calls(calls, CALLS_A_SECOND)


def seconds_left(left: int, told: int, since_ms: int) -> int:
    """Return about how long what is left of a job takes: as long as what was done, where enough was, else as under
    the quota. `since_ms`: how long the job has gone on."""
    if told >= LEAST_MEASURED and since_ms > 0:
        return -(-left * since_ms // (told * 1_000))
    return seconds_of(_calls(left, PRODUCTS_A_CALL))


def _calls(things: int, a_call: int) -> int:
    return -(-things // a_call)
