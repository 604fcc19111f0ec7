"""Stock: absolute levels, 2,000 a call, one call at a time, never beside a catalogue call."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from tillbridge.domain.call_sizes import STOCK_A_CALL
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link
from tillbridge.domain.plan import LinkedItem, WorkItem
from tillbridge.domain.remembered.pushed import after_no_stock
from tillbridge.domain.stock_levels import (
    all_known,
    odd_counts,
)
from tillbridge.usecases.push.orders.noting import mark_moved
from tillbridge.usecases.push.outcomes.fenced import fence_each, fenced
from tillbridge.usecases.push.outcomes.follow_ups import follow_up
from tillbridge.usecases.push.outcomes.waiting import attempts_of
from tillbridge.usecases.push.outcomes.written import finish
from tillbridge.usecases.push.slice.due import due_rows
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.stock.channel import is_new, linked_by_now, put_on_channel
from tillbridge.usecases.push.stock.levels import Levels, can_send, levels_to_send, needs_look
from tillbridge.usecases.push.stock.send_levels import send_levels
from tillbridge.usecases.push.taking.weight import by_weight


def push_stock(session: Session, lane: Lane) -> None:
    """Send the levels of a lane's products, in calls as full as the rows allow. Leave to a content
    push those levels whose ids or stock tracking the store does not have yet."""
    if lane is Lane.AFTER:
        session.stocked.clear()
    ready: list[Levels] = []

    def enough() -> bool:
        return sum(len(each.items) for each in ready) >= STOCK_A_CALL

    for rows in due_rows(session, lane, STOCK_A_CALL, enough):
        for work_items in by_weight(session, rows):
            fence_each(
                session, work_items, lambda some: ready.extend(_ready(session, some)), doing="stock"
            )
            if enough():
                break
    batches = fenced_batches(session, ready)
    if enough() and len(batches) > 1:
        batches.pop()  # only part of a call: its rows stay due, and go with later ones
    for part in batches:
        session.need_time()
        fenced(session, part, partial(send_levels, session), doing="stock", of=work_of)


def _ready(session: Session, read: Sequence[WorkItem]) -> list[Levels]:
    work_items = put_on_channel(session, linked_by_now(session, read))
    sendable: list[LinkedItem] = []
    idle: list[WorkItem] = []
    for work in work_items:
        if can_send(work, session.settings):
            sendable.append(work.linked())
        else:
            idle.append(work)
    looks = [work for work in sendable if needs_look(session, work)]
    levels_of = [levels_to_send(session, work) for work in sendable if work not in looks]
    nothing = [each.work for each in levels_of if not each.by_holder]
    arrived = [
        after_no_stock(work.link, on_channel=True, odd_counts=work.link.odd_counts)
        for work in idle
        if work.link is not None and is_new(work)
    ]
    changed = [_unstocked_link(session, work) for work in nothing]
    arrived += [link for link, work in zip(changed, nothing, strict=True) if link != work.link]
    session.deps.links.stocked(session.store, arrived)
    _leave_to_content(session, work_items)
    mark_moved(session, [work.product for work in looks])
    finish(session, [*idle, *nothing, *looks], wrote=False)
    return [each for each in levels_of if each.by_holder]


def _batches(levels_of: Sequence[Levels]) -> Iterator[list[Levels]]:
    # A product's levels stay in one call, so that its row goes only when all of them are sent. What
    # failed goes in ever smaller calls, until the product at fault stands alone.
    for attempts, group in groupby(sorted(levels_of, key=_attempts), key=_attempts):
        most = max(1, STOCK_A_CALL >> 3 * attempts)
        part: list[Levels] = []
        size = 0
        for each in group:
            if part and size + len(each.items) > most:
                yield part
                part, size = [], 0
            part.append(each)
            size += len(each.items)
        yield part


def fenced_batches(session: Session, ready: Sequence[Levels]) -> list[list[Levels]]:
    """Return levels in calls; those of a product go together, and what failed before goes in smaller
    ones."""
    batches: list[list[Levels]] = []

    def cut(some: Sequence[Levels]) -> None:
        batches.extend(list(_batches(some)))

    fenced(session, ready, cut, doing="stock", of=work_of)
    return batches


def work_of(levels_of: Levels) -> WorkItem:
    """Return the work item of levels."""
    return levels_of.work


def _attempts(levels_of: Levels) -> int:
    return attempts_of(levels_of.work)


def _leave_to_content(session: Session, work_items: Sequence[WorkItem]) -> None:
    # Only a linked product whose shape differs has content to follow, unless BigCommerce refused
    # just that. All others are not linked (yet), or their stock online is newer than this record.
    follow = [
        work
        for work in work_items
        if work.link is not None
        and work.link.is_linked
        and not work.record.deleted
        and not all_known(work.record, work.link)
        and not work.link.refused(work.record.version)
    ]
    session.rows.mark(
        follow_up(session, w, Lane.CONTENT, force=w.force or _content_done(w)) for w in follow
    )


def _content_done(work: WorkItem) -> bool:
    return work.link is not None and work.record.version <= work.link.content_version


def _unstocked_link(session: Session, work: LinkedItem) -> Link:
    odd = odd_counts(work.record, session.settings)
    return after_no_stock(work.link, on_channel=is_new(work), odd_counts=odd)
