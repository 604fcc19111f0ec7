"""Stock: absolute levels, 2,000 a call, one call at a time, never beside a catalogue call."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.errors import Gone, Refused
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.lanes import CONTENT_LANES, Lane
from tillbridge.domain.link import Link
from tillbridge.domain.names import clean_name
from tillbridge.domain.plan import STOCK_A_CALL, LinkedItem, WorkItem
from tillbridge.domain.problem_words import WHILE_TRIED, ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.remembered.doubts import STOCK_PARTS
from tillbridge.domain.remembered.pushed import after_no_stock, after_stock
from tillbridge.domain.stock import Sellable
from tillbridge.domain.stock_levels import (
    all_known,
    known_holders,
    last_level,
    levels,
    levels_differ,
    odd_counts,
)
from tillbridge.domain.what_goes_on import refused_too
from tillbridge.ports.store_api import StockItem
from tillbridge.usecases.push.outcomes.fenced import fence_each, fenced
from tillbridge.usecases.push.outcomes.gone import not_found, unless_gone
from tillbridge.usecases.push.outcomes.outcomes import (
    attempts_of,
    finish,
    follow_up,
    give_up,
    try_again,
)
from tillbridge.usecases.push.outcomes.sending import ItemsWait, send_items
from tillbridge.usecases.push.slice.due import due_rows
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.stock.channel import is_new, linked_by_now, put_on_channel
from tillbridge.usecases.push.taking.weight import by_weight


@dataclass(frozen=True, slots=True)
class _Levels:
    """All levels of one product: they are sent, recorded and refused together."""

    work: LinkedItem
    by_holder: Mapping[PosVariantId | None, Sellable]
    items: tuple[StockItem, ...]


def push_stock(session: Session, lane: Lane) -> None:
    """Send the levels of a lane's products, in calls as full as the rows allow. Leave to a content
    push those levels whose ids or stock tracking the store does not have yet."""
    if lane is Lane.AFTER:
        session.stocked.clear()
    ready: list[_Levels] = []

    def enough() -> bool:
        return sum(len(each.items) for each in ready) >= STOCK_A_CALL

    for rows in due_rows(session, lane, STOCK_A_CALL, enough):
        for work_items in by_weight(session, rows):
            fence_each(
                session, work_items, lambda some: ready.extend(_ready(session, some)), doing="stock"
            )
            if enough():
                break
    batches = _fenced_batches(session, ready)
    if enough() and len(batches) > 1:
        batches.pop()  # only part of a call: its rows stay due, and go with later ones
    for part in batches:
        session.need_time()
        fenced(session, part, partial(_send, session), doing="stock", of=_work)


def _ready(session: Session, read: Sequence[WorkItem]) -> list[_Levels]:
    work_items = put_on_channel(session, linked_by_now(session, read))
    sendable: list[LinkedItem] = []
    idle: list[WorkItem] = []
    for work in work_items:
        if _can_send(work, session.settings):
            sendable.append(work.linked())
        else:
            idle.append(work)
    levels_of = [_levels(session, work) for work in sendable]
    nothing = [each.work for each in levels_of if not each.items]
    arrived = [
        after_no_stock(work.link, on_channel=True, odd_counts=work.link.odd_counts)
        for work in idle
        if work.link is not None and is_new(work)
    ]
    changed = [_unstocked_link(session, work) for work in nothing]
    arrived += [link for link, work in zip(changed, nothing, strict=True) if link != work.link]
    session.deps.links.stocked(session.store, arrived)
    _leave_to_content(session, work_items)
    finish(session, [*idle, *nothing], wrote=False)
    return [each for each in levels_of if each.items]


def _batches(levels_of: Sequence[_Levels]) -> Iterator[list[_Levels]]:
    # A product's levels stay in one call, so that its row goes only when all of them are sent. What
    # failed goes in ever smaller calls, until the product at fault stands alone.
    for attempts, group in groupby(sorted(levels_of, key=_attempts), key=_attempts):
        most = max(1, STOCK_A_CALL >> 3 * attempts)
        part: list[_Levels] = []
        size = 0
        for each in group:
            if part and size + len(each.items) > most:
                yield part
                part, size = [], 0
            part.append(each)
            size += len(each.items)
        yield part


def _fenced_batches(session: Session, ready: Sequence[_Levels]) -> list[list[_Levels]]:
    batches: list[list[_Levels]] = []

    def cut(some: Sequence[_Levels]) -> None:
        batches.extend(list(_batches(some)))

    fenced(session, ready, cut, doing="stock", of=_work)
    return batches


def _work(levels_of: _Levels) -> WorkItem:
    return levels_of.work


def _attempts(levels_of: _Levels) -> int:
    return attempts_of(levels_of.work)


def _can_send(work: WorkItem, settings: Settings) -> bool:
    link, record = work.link, work.record
    if link is None or not link.is_linked or record.deleted or not known_holders(record, link):
        return False
    if record.version == link.stock_version:
        # A second event of one version has no second effect.
        return work.force or levels_differ(record, link, settings, work.web_units)
    return record.version > link.stock_version


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


def _levels(session: Session, work: LinkedItem) -> _Levels:
    link = work.link
    location = session.connection.location_id
    known = known_holders(work.record, link)
    wanted = levels(
        work.record,
        session.settings,
        work.web_units,
        creating=is_new(work),
        manual=work.manual,
    )
    found = {holder: level for holder, level in wanted.items() if holder in known}
    when_changed = session.settings.push_content is PushContent.WHEN_CHANGED
    if when_changed and not work.force:
        found = {
            holder: level
            for holder, level in found.items()
            if level.level != last_level(link, holder)
        }
    items = tuple(
        StockItem(location, level.level, product=work.id)
        if holder is None
        else StockItem(location, level.level, variant=link.variants[holder].id)
        for holder, level in found.items()
    )
    return _Levels(work, found, items)


def _send(session: Session, part: Sequence[_Levels]) -> None:
    def call(given: Sequence[_Levels]) -> None:
        some = _not_older(session, given)
        if not some:
            return
        session.api.set_stock([item for each in some for item in each.items])
        _record(session, some)

    def refused(levels_of: _Levels, refusal: Refused) -> None:
        unless_gone(session, levels_of.work, partial(_refused, session, refusal))

    try:
        send_items(session, part, STOCK_PARTS, call, refused)
    except ItemsWait:
        return


def _not_older(session: Session, given: Sequence[_Levels]) -> Sequence[_Levels]:
    # A sale may have gone in between, after these levels were read. Rows of such a product stay due,
    # and are read again.
    products = {each.work.product for each in given}
    if session.way.is_mine():
        session.stocked |= products
        return given
    return [each for each in given if each.work.product not in session.stocked]


def _refused(session: Session, refusal: Refused, work: LinkedItem) -> None:
    if isinstance(refusal, Gone):
        not_found(session, work)
        return
    content = work.link.problem if work.link.refused(work.record.version) else None
    if content is None and attempts_of(work) < 1:
        # Somebody changed where stock is tracked: content corrects that first, then stock follows.
        session.rows.mark([follow_up(session, work, Lane.CONTENT, force=True)])
        try_again(session, [work], refusal.title)
        return
    name = clean_name(work.record.name)
    problem = problem_of(ProblemCode.STOCK_REFUSED, name=name, said=refusal.said)
    give_up(session, work, refused_too(content, problem) if content else problem)


def _record(session: Session, some: Sequence[_Levels]) -> None:
    """Record what was sent. A product whose link has a newer level is sent again (another drain of
    this store was faster: never backwards)."""
    deps = session.deps
    overtaken = set(
        deps.links.stocked(
            session.store,
            [session.with_late(_stocked_link(session, each), sent=True) for each in some],
        )
    )
    session.rows.mark(
        follow_up(session, each.work, Lane.STOCK, force=True)
        for each in some
        if each.work.product in overtaken
    )
    session.rows.mark(
        follow_up(session, work, Lane.CONTENT, force=True)
        for work in _without_content(session, [e.work for e in some if _kept_failing(e.work)])
    )
    finish(session, [each.work for each in some])
    session.count(stocked=sum(len(each.items) for each in some))


def _without_content(session: Session, work_items: Sequence[LinkedItem]) -> list[LinkedItem]:
    # Content that waits is tried at its time: marked anew, it would be tried at once, again and again.
    ids = [work.product for work in work_items]
    waits = {row.product for row in session.rows.of(CONTENT_LANES, ids)}
    return [work for work in work_items if work.product not in waits]


def _kept_failing(work: LinkedItem) -> bool:
    # It no longer keeps failing: a content push removes that problem from the link.
    problem = work.link.problem
    return problem is not None and problem.code in WHILE_TRIED


def _unstocked_link(session: Session, work: LinkedItem) -> Link:
    odd = odd_counts(work.record, session.settings)
    return after_no_stock(work.link, on_channel=is_new(work), odd_counts=odd)


def _stocked_link(session: Session, levels_of: _Levels) -> Link:
    work = levels_of.work
    return after_stock(
        work.link,
        work.record,
        levels_of.by_holder,
        on_channel=is_new(work),
        odd_counts=odd_counts(work.record, session.settings),
    )
