"""Images that BigCommerce could not fetch are tried again: after a quarter of an hour, then less and
less often, and at once when a person pushes.

Their rows are in a lane of their own: nothing else of a product waits with them, and nobody waits for
them. One that is due has its product's content pushed by force, in its turn and in full calls. It goes
once the link lacks no image any more, or after the last attempt."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from tillbridge.domain.images import missing_images
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.plan import WorkItem
from tillbridge.usecases.push.outcomes.fenced import fence_rows
from tillbridge.usecases.push.outcomes.follow_ups import again
from tillbridge.usecases.push.outcomes.waiting import postpone
from tillbridge.usecases.push.slice.session import Session

_WAITS_MIN = (15, 60, 240, 960, 1_440, 1_440)
"""After the last, only another set of images or a person's push tries again: an address that nobody
has served for three days is wrong."""

_AT_ONCE = 100


def try_images_later(session: Session, work: WorkItem) -> None:
    """Have the missing images of a product tried again. What waits for that already goes on waiting,
    unless a person pushed."""
    rows, product = session.rows, [work.product]
    if not work.manual and rows.of([Lane.PICTURES], product):
        return
    rows.mark([again(session, work.product, Lane.PICTURES)])
    _wait(session, rows.of([Lane.PICTURES], product))


def retry_images(session: Session) -> bool:
    """Have those products pushed whose missing images are to be tried now. Return whether any were
    due."""
    if not session.rows.wait(Lane.PICTURES):
        return False
    rows = session.rows.due(Lane.PICTURES, _AT_ONCE)
    fence_rows(session, rows, partial(_retry, session))
    return bool(rows)


def _retry(session: Session, rows: Sequence[PendingRow]) -> list[PendingRow]:
    links = session.deps.links.get(session.store, [row.product for row in rows])
    tried = [
        row
        for row in rows
        if row.attempts < len(_WAITS_MIN) and _lacks_images(links.get(row.product))
    ]
    # First of all: a kill between the two must not lose an attempt.
    session.rows.mark(again(session, row.product, Lane.CONTENT) for row in tried)
    _wait(session, [replace(row, attempts=row.attempts + 1) for row in tried])
    session.rows.clear(row for row in rows if row not in tried)
    return tried


def _lacks_images(link: Link | None) -> bool:
    if link is None or not link.is_linked:
        return False
    under_way = link.images_seen is not None
    return under_way or bool(missing_images([image.url for image in link.images], link))


def _wait(session: Session, rows: Sequence[PendingRow]) -> None:
    for row in rows:
        wait_min = _WAITS_MIN[min(row.attempts, len(_WAITS_MIN) - 1)]
        postpone(session, [row], session.now_ms() + wait_min * 60_000)
