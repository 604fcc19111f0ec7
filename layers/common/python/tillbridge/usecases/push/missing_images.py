"""Images that BigCommerce could not fetch are tried again: after a quarter of an hour, then less and
less often, and at once when a person pushes.

A row in the lane of what people asked for waits for that, because no other event of the product has to
wait with it: a push by a person is the only one that goes there, and it makes the row due."""

from dataclasses import replace

from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.plan import WorkItem
from tillbridge.usecases.push.outcomes import follow_up, postpone
from tillbridge.usecases.push.session import Session

_WAITS_MIN = (15, 60, 240, 960, 1_440, 1_440)
"""After the last, only another set of images or a person's push tries again: an address that nobody
has served for three days is wrong."""


def waits_for_images(row: PendingRow, now_ms: int) -> bool:
    """Return whether a row only waits until a missing image is tried again."""
    return _is_for_images(row) and row.not_before_ms > now_ms


def try_images_later(session: Session, work: WorkItem) -> None:
    """Leave a row that tries the missing images of a product again."""
    tried = max((row.attempts for row in work.rows if _is_for_images(row)), default=0)
    if tried >= len(_WAITS_MIN):
        return
    pending = session.deps.pending
    pending.mark([follow_up(session, work, Lane.ASKED, force=True)])
    rows = pending.of(session.store, Lane.ASKED, [work.product])
    again = [replace(row, attempts=tried + 1) for row in rows if not row.manual]
    postpone(session, again, session.now_ms() + _WAITS_MIN[tried] * 60_000)


def _is_for_images(row: PendingRow) -> bool:
    return row.lane is Lane.ASKED and not row.manual
