"""How batches go out: halved when refused, postponed when they keep failing."""

import logging
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Protocol

from tillbridge.domain.errors import (
    ChangeOfCourse,
    LostReply,
    OutOfTime,
    Refused,
    RetryLater,
    StoreDown,
)
from tillbridge.domain.link import Part
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.waiting import LOOK_AGAIN_MS
from tillbridge.usecases.bisect import bisect
from tillbridge.usecases.push.outcomes.waiting import try_again
from tillbridge.usecases.push.slice.calls import write
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)

MOST_UNANSWERED = 5
"""After this many failed calls in a row, a slice makes no more calls to the store."""


class Item(Protocol):
    """Anything that is part of one product's work."""

    @property
    def work(self) -> WorkItem:
        """The work item it belongs to."""
        ...


class ItemsWait(ChangeOfCourse):
    """Calls with these items keep failing: nothing more of their products is sent now."""

    def __init__(self, items: Sequence[Item], trouble: StoreDown) -> None:
        super().__init__(str(trouble))
        self.work_items = {item.work.product: item.work for item in items}.values()
        self.trouble = trouble


def send_items[T: Item](
    session: Session,
    items: Sequence[T],
    parts: Collection[Part],
    call: Callable[[Sequence[T]], None],
    refused: Callable[[T, Refused], None],
) -> None:
    """Send the items by `call`, halving them until each that BigCommerce refuses stands alone and
    is handed to `refused`. `parts` are what they write. When calls with some of them keep failing,
    postpone those and raise ItemsWait; an item for which `refused` runs into that waits alone."""

    def send(part: Sequence[T]) -> None:
        try:
            links = [item.work.link for item in part if item.work.link is not None]
            with session.calls.made_for(item.work for item in part):
                write(session, links, parts, partial(call, part))
        except StoreDown as trouble:
            raise ItemsWait(part, trouble) from trouble

    def handle(item: T, refusal: Refused) -> None:
        handle_refusal(session, item.work, partial(refused, item, refusal))

    try:
        bisect(items, send, handle, on=Refused)
    except ItemsWait as failed:
        blame_these(session, failed.trouble)
        log.warning("a call keeps failing though the store answers", extra={"why": str(failed)})
        try_again(session, failed.work_items, str(failed))
        raise


def handle_refusal(session: Session, work: WorkItem, run: Callable[[], object]) -> None:
    """Handle a refusal of one product. When what is asked or written for that keeps failing though the
    store answers, have the product tried again later."""
    try:
        run()
    except StoreDown as trouble:
        blame_these(session, trouble)
        try_again(session, [work], str(trouble))


def blame_these(session: Session, trouble: StoreDown | LostReply) -> None:
    """Return when the products at hand are at fault. Raise when the store is: StoreDown when it does
    not answer a ping; `trouble` when it answers pings but none of several calls in a row, or
    OutOfTime if other calls of this slice got through."""
    try:
        _blame_these(session, trouble)
    except RetryLater:
        session.unsure = True  # no row says that this call may have arrived
        raise


def _blame_these(session: Session, trouble: StoreDown | LostReply) -> None:
    session.api.ping()
    if session.count_unanswered() < MOST_UNANSWERED:
        return
    if session.record.wrote_something:
        raise OutOfTime(
            "BigCommerce answers other calls, but not the ones for these products.",
            LOOK_AGAIN_MS / 1_000,
        )
    raise trouble
