"""One look at the POS for one product: what can be done with what it shows, and what stays for later
(docs/architecture.md, When the POS lags behind)."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from tillbridge.domain.lanes import CONTENT_LANES
from tillbridge.domain.link import Link
from tillbridge.domain.looks import confirmed, second_look_ms
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.pos_looks import ABSENT, gave_up, late, look_again_ms, looked_at
from tillbridge.domain.product import NO_VERSION, Product
from tillbridge.usecases.pos_records import pos_record
from tillbridge.usecases.push.outcomes.waiting import postpone
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)


def look(
    session: Session, rows: Sequence[PendingRow], record: Product | None, link: Link | None
) -> WorkItem | None:
    """Return the work on a product for which the POS just showed this record, or None when its rows
    wait. Raise OutOfTime and whatever the POS raises: what seems to be missing is asked for once more
    by itself."""
    record = _dated(record, rows, link)
    pushed = pushed_version(link, rows)
    after = _noted(session, rows, record, pushed)
    now = session.now_ms()
    if record is None and not late(after, ABSENT) and confirmed(after[0].absent_ms, now):
        session.need_time()
        record = _dated(pos_record(session.pos, rows[0].product), rows, link)
        after = _noted(session, rows, record, pushed)
    shown = ABSENT if record is None else record.version
    waiting = late(after, shown)
    if waiting and not _worth(after, shown, pushed):
        postpone(session, after, look_again_ms(after, shown, now))
        return None
    doubtful = max(after[0].absent_ms, after[0].older_ms)
    told = record is not None and link is not None and link.went_back
    if doubtful and not told and not confirmed(doubtful, now):
        postpone(session, after, second_look_ms(doubtful))
        return None
    return WorkItem(after, record or _tombstone(after, link), link)


def pushed_version(link: Link | None, rows: Sequence[PendingRow]) -> int:
    """Return the version last pushed of what these rows' lane sends; ABSENT when none was."""
    if link is None or not link.is_linked:
        return ABSENT
    return link.content_version if rows[0].lane in CONTENT_LANES else link.stock_version


def _dated(record: Product | None, rows: Sequence[PendingRow], link: Link | None) -> Product | None:
    """Return a record that says no version as the newest that anybody knows of, so that its failure
    shows at once, and goes when a newer version can be read."""
    if record is None or record.version != NO_VERSION:
        return record
    known = [row.version for row in rows]
    if link is not None:
        known += [link.content_version, link.stock_version]
    return replace(record, version=max(known))


def _noted(
    session: Session, rows: Sequence[PendingRow], record: Product | None, pushed: int
) -> tuple[PendingRow, ...]:
    shown = ABSENT if record is None else record.version
    after = looked_at(rows, shown, pushed, session.now_ms())
    if gave_up(rows, after, shown):
        log.warning(
            "the POS never showed the announced version",
            extra={"store_id": session.store, "product_id": rows[0].product},
        )
    return after


def _worth(rows: Sequence[PendingRow], shown: int, pushed: int) -> bool:
    # A row whose own version shows has nothing to wait for. Otherwise what the POS shows must be
    # newer than what was pushed, and not have been tried with before.
    if shown == ABSENT or shown < pushed:
        return False
    waiting = late(rows, shown)
    done = all(row.done_version == shown for row in waiting)
    return len(waiting) < len(rows) or (shown > pushed and not done)


def _tombstone(rows: Sequence[PendingRow], link: Link | None) -> Product:
    # Not older than what was pushed: a product the POS no longer has is hidden like a deleted one.
    versions = [row.version for row in rows] + ([link.content_version] if link else [])
    return Product(id=rows[0].product, version=max(versions), name="", deleted=True)
