"""Work that is done. The order of writes makes it crash-safe: what follows is marked first, then the link
is written, the pending row goes last."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tillbridge.domain.claims import gave_something_up
from tillbridge.domain.connection import PushContent
from tillbridge.domain.decision import why_skipped
from tillbridge.domain.history.fields_sent import content_moved, values_sent
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.remembered.failed import after_refusal
from tillbridge.domain.remembered.left_out import after_the_rest
from tillbridge.domain.stock_levels import levels_differ
from tillbridge.usecases.fence import best_effort
from tillbridge.usecases.push.outcomes.follow_ups import follow_up, forget_block, release
from tillbridge.usecases.push.outcomes.waiting import await_newer
from tillbridge.usecases.push.slice.session import Session


def written(session: Session, done: Sequence[tuple[WorkItem, Link]]) -> None:
    """Record pushed content, each work item with its link as it is now. A product whose stored link
    is newer than what was just sent is sent again (never backwards); a renamed one releases the
    products that waited for its old name, and one that the POS deleted all that waited for it. One whose update went without a refused value stays
    failed."""
    if not done:
        return
    deps = session.deps
    done = [(work, _with_left_out(work, link)) for work, link in done]
    session.rows.mark(
        follow_up(session, work, Lane.AFTER, force=work.manual, manual=work.manual)
        for work, link in done
        if not work.record.deleted
        and (work.manual or levels_differ(work.record, link, session.settings, work.web_units))
    )
    index = deps.indexes.get(session.store)
    for work, link in done:
        if work.record.deleted or gave_something_up(work.link, link):
            release(session, work.product)
        if index is not None and work.link is not None:
            index.pushed(work.link, link)
        forget_block(session, work.link)
    links = [session.with_late(link, sent=True) for _, link in done]
    overtaken = set(deps.links.pushed(session.store, links))
    session.rows.mark(
        follow_up(session, work, Lane.CONTENT, force=True)
        for work, _ in done
        if work.product in overtaken
    )
    again_new = [work.product for work, _ in done if work.link is not None and work.link.went_back]
    if again_new:
        deps.stores.settle_went_back(session.store, again_new)
    for work, link in done:
        moved = content_moved(work.link, link)
        if moved or not work.of_stock_alone:
            _show_sent(session, work, moved=moved)
        if moved:
            session.history.pushed(work, session.settings)
        else:
            session.history.sent_again(work)
        if work.left_out is not None:
            session.history.refused(work, work.left_out.problem)
    finish(session, [work for work, _ in done])
    failed = sum(work.left_out is not None for work, _ in done)
    session.count(updated=len(done) - failed, failed=failed)


def _show_sent(session: Session, work: WorkItem, *, moved: bool) -> None:
    if work.of_stock_alone:
        session.views.saw_content(work.record)  # no event told of this change
    with best_effort("listing", session.store, work.product):
        every = work.force or session.settings.push_content is PushContent.LITERAL
        sent = values_sent(
            work.record, work.link, session.settings, manual=work.manual, every=every
        )
        left = work.left_out.values if work.left_out is not None else ()
        kept = {key: value for key, value in sent.items() if key not in left}
        session.views.sent(work.product, kept, moved=moved)


def _with_left_out(work: WorkItem, link: Link) -> Link:
    if work.left_out is None:
        return link
    return after_the_rest(link, work.record, work.left_out.problem, work.left_out.values)


def finish(session: Session, work_items: Iterable[WorkItem], *, wrote: bool = True) -> None:
    """Clear the rows of finished work, but for those that stay for a version the POS does not show
    yet. When something was written for it, note how long it took."""
    finished = list(work_items)
    rows = [row for work in finished for row in work.rows]
    stay = {row.rev for work in finished for row in work.late}
    session.rows.clear(row for row in rows if row.rev not in stay)
    for work in finished:
        if work.late:
            await_newer(session, work.late, work.record.version)
    if wrote:
        session.views.took(work.product for work in finished)
        session.count_written(rows)


def passed_over(session: Session, work_items: Sequence[WorkItem]) -> None:
    """End work whose content needs no call; stock that differs is still sent. A person who pushed it
    reads on its link why nothing was sent."""
    for work in work_items:
        if work.manual and (work.link is None or work.link.status is not LinkStatus.BROKEN):
            _explain(session, work)
        elif work.link is not None and work.link.problem is not None:
            session.history.not_done(work, work.link.problem)
    session.rows.mark(
        follow_up(session, work, Lane.AFTER)
        for work in work_items
        if work.link is not None
        and work.link.is_linked
        and work.record.version > work.link.stock_version
        and levels_differ(work.record, work.link, session.settings, work.web_units)
    )
    finish(session, work_items, wrote=False)


def _explain(session: Session, work: WorkItem) -> None:
    # A refusal of a version older than the link's would count as outdated, and not be read.
    pushed = work.link.content_version if work.link is not None else 0
    record = replace(work.record, version=max(work.record.version, pushed))
    why = why_skipped(work)
    session.deps.links.failed(session.store, after_refusal(work.link, record, why))
    session.history.not_done(work, why)
    session.count(failed=1)
