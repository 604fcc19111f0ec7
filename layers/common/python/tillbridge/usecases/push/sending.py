"""Sends a batch so that the good items land and each bad one gets its own words."""

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from tillbridge.domain.errors import LostReply, OutOfTime, Refused, StoreDown, StoreThrottled
from tillbridge.domain.plan import Work
from tillbridge.domain.waiting import LOOK_AGAIN_MS
from tillbridge.usecases.push.outcomes import try_again
from tillbridge.usecases.push.session import Session

log = logging.getLogger(__name__)

MOST_UNANSWERED = 5
"""After so many calls that failed, one after the other, a slice asks no more of the store."""


class Item(Protocol):
    """Anything that is part of one product's work."""

    @property
    def work(self) -> Work:
        """The work it belongs to."""
        ...


def send_items[T: Item](
    session: Session,
    items: Sequence[T],
    call: Callable[[Sequence[T]], None],
    refused: Callable[[T, Refused], None],
) -> None:
    """Calls `call` with the items; when BigCommerce refuses the lot without naming the culprit,
    halves it until each bad item stands alone and is handed to `refused`.

    One bad item among n costs at most 2·⌈log2 n⌉ further calls. Items applied before the refusal
    are sent again: every update is idempotent."""
    if not items:
        return
    try:
        patiently(session, lambda: call(items))
    except Refused as refusal:
        if len(items) == 1:
            refused(items[0], refusal)
            return
        middle = len(items) // 2
        send_items(session, items[:middle], call, refused)
        send_items(session, items[middle:], call, refused)
    except StoreDown as trouble:
        blame_these(session, trouble)
        log.warning("a call keeps failing though the store answers", extra={"why": str(trouble)})
        try_again(
            session, list({item.work.product: item.work for item in items}.values()), str(trouble)
        )
        raise ItemsWait from trouble


def blame_these(session: Session, trouble: StoreDown | LostReply) -> None:
    """Returns when it is the products at hand that fail; raises when it is the store: it does not
    answer a ping, or answers that and nothing of this kind. What else it takes goes on."""
    session.api.ping()
    with session.lock:
        session.unanswered += 1
        in_a_row = session.unanswered
    if in_a_row < MOST_UNANSWERED:
        return
    if session.record.wrote_something:
        raise OutOfTime("BigCommerce takes some calls, and these not.", LOOK_AGAIN_MS / 1_000)
    raise trouble


class ItemsWait(Exception):
    """These items were put off; nothing more of their products is sent now."""


def patiently[R](session: Session, call: Callable[[], R]) -> R:
    """Makes a call when the quota lets it, waiting out 429 as long as the slice lasts. Raises
    OutOfTime after that."""
    while True:
        session.wait_for_quota()
        try:
            return call()
        except StoreThrottled as throttled:
            session.need_time(throttled.wait)
            session.deps.clock.sleep(throttled.wait)
