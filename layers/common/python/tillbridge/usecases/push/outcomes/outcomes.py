"""How work ends: written, waiting, or refused in words. The order of writes makes it crash-safe:
what follows is marked first, then the link is written, the pending row goes last."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tillbridge.domain.claims import gave_something_up
from tillbridge.domain.decision import why_skipped
from tillbridge.domain.errors import Problem
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import CONTENT_LANES, Lane
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.pending import Change, PendingRow, arrival
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.pos_looks import look_again_ms
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.remembered.failed import after_refusal, while_failing
from tillbridge.domain.remembered.left_out import after_the_rest
from tillbridge.domain.stock_levels import level_waits, levels_differ
from tillbridge.domain.waiting import MOST_ATTEMPTS, backoff_ms
from tillbridge.domain.what_goes_on import with_what_goes_on
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)


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
    finish(session, [work for work, _ in done])
    failed = sum(work.left_out is not None for work, _ in done)
    session.count(updated=len(done) - failed, failed=failed)


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
        session.count_written(row.queued_ms for row in rows)


def await_newer(session: Session, rows: Sequence[PendingRow], done: int) -> None:
    """Postpone one product's rows, which wait for a newer version, to the next look at the POS.
    `done`: the version with which everything was done that could be."""
    # What was queued before is written: from here on only the awaited version is late.
    waiting = [
        replace(row, attempts=0, done_version=done, queued_ms=row.seen_stale_ms) for row in rows
    ]
    postpone(session, waiting, look_again_ms(waiting, done, session.now_ms()))


def passed_over(session: Session, work_items: Sequence[WorkItem]) -> None:
    """End work whose content needs no call; stock that differs is still sent. A person who pushed it
    reads on its link why nothing was sent."""
    for work in work_items:
        if work.manual and (work.link is None or work.link.status is not LinkStatus.BROKEN):
            _explain(session, work)
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
    link = after_refusal(work.link, record, why_skipped(work))
    session.deps.links.failed(session.store, link)
    session.count(failed=1)


def refuse(session: Session, work: WorkItem, problem: Problem, *, broken: bool = False) -> None:
    """Give up on this version of a product's content: write the reason on its link for people to
    read, then clear its rows. Its stock goes on. `broken`: the product was deleted in
    BigCommerce."""
    if not broken:
        _let_stock_go_on(session, work)
        problem = with_what_goes_on(problem, work, session.settings)
    give_up(session, work, problem, broken=broken)


def give_up(session: Session, work: WorkItem, problem: Problem, *, broken: bool = False) -> None:
    """Give up on this version of a product, stock included: write the reason on its link, then clear
    its rows. `broken`: the product was deleted in BigCommerce."""
    link = after_refusal(work.link, work.record, problem, gone=broken)
    counted = _counted(work)
    session.deps.links.failed(session.store, session.with_late(link, sent=False))
    log.info(
        "product refused",
        extra={"store_id": session.store, "product_id": work.product, "code": problem.code},
    )
    if broken:
        release(session, work.product)
    finish(session, [work], wrote=False)
    if not counted:
        session.count(failed=1)


def _counted(work: WorkItem) -> bool:
    # A product whose stock is refused after its content has failed once, not twice.
    content = work.rows[0].lane in CONTENT_LANES
    return not content and work.link is not None and work.link.refused(work.record.version)


def _let_stock_go_on(session: Session, work: WorkItem) -> None:
    # What ends the content of a change must not end its stock: nothing else would send it.
    link, record = work.link, work.record
    if link is None or not link.is_linked or record.deleted:
        return
    if record.version >= link.stock_version and level_waits(
        record, link, session.settings, work.web_units
    ):
        session.rows.mark([follow_up(session, work, Lane.AFTER, force=work.manual)])


def try_again(
    session: Session, work_items: Iterable[WorkItem], why: str, *, at_least_ms: int = 0
) -> None:
    """Postpone products that had transient trouble, longer each time; after that each goes in a call
    of its own. From the tenth failure on the link says so, and the attempts continue."""
    for work in work_items:
        tried = tried_once_more(session, work, why)
        wait_ms = max(at_least_ms, backoff_ms(attempts_of(tried)))
        postpone(session, tried.rows, session.now_ms() + wait_ms)


def attempts_of(work: WorkItem) -> int:
    """Return how many times in a row this work item failed."""
    return max(row.attempts for row in work.rows)


def tried_once_more(session: Session, work: WorkItem, why: str) -> WorkItem:
    """Return the work item with one more failure counted, for the caller to postpone. From the tenth
    failure on, write the trouble on its link."""
    attempts = attempts_of(work) + 1
    if attempts >= MOST_ATTEMPTS:
        _note_failing(session, work, attempts, why)
    rows = tuple(replace(row, attempts=attempts, unsure=True) for row in work.rows)
    return replace(work, rows=rows)


def _note_failing(session: Session, work: WorkItem, attempts: int, why: str) -> None:
    # The rows stay: no value of the product is to blame, so a later attempt can succeed. A create
    # stays under way: what it may have made has to be looked for.
    links = session.deps.links
    there = links.get(session.store, [work.product]).get(work.product)
    if there is not None and there.status is LinkStatus.BROKEN:
        return
    problem = problem_of(ProblemCode.KEEPS_FAILING, count=attempts, why=why.rstrip("."))
    links.failed(session.store, while_failing(there, work.record, problem))
    if attempts == MOST_ATTEMPTS:
        session.count(failed=1)


def postpone(session: Session, rows: Iterable[PendingRow], at_ms: int) -> None:
    """Postpone rows until `at_ms` (epoch ms), and have the store woken then. In an unsure slice they
    stay unsure after it."""
    session.rows.postpone(
        replace(row, not_before_ms=at_ms, unsure=row.unsure or session.unsure) for row in rows
    )
    session.wake_by(at_ms)


def waited_until(session: Session, work: WorkItem) -> int:
    """Return the latest time (epoch ms) until which a row of this work item has waited; 0 if none
    did. A row that still waits came along with one of another lane: its time proves nothing."""
    now = session.now_ms()
    return max((row.not_before_ms for row in work.rows if row.not_before_ms <= now), default=0)


def release(session: Session, holder: str) -> None:
    """Mark the products that failed because `holder` had their name or SKU, then remove that block
    from their links: in this order a kill loses none."""
    waiting = session.deps.links.blocked_by(session.store, holder)
    session.rows.mark(
        again(session, each.product, Lane.CONTENT) for each in waiting if each.product != holder
    )
    session.deps.links.unblock(session.store, waiting)


def forget_block(session: Session, link: Link | None) -> None:
    """Forget that a BigCommerce product blocked this one, when its link says so and it no longer does."""
    if link is None or link.problem is None or link.problem.holder is None:
        return
    waiting = session.deps.links.blocked_by(session.store, f"#{link.problem.holder}")
    mine = [each for each in waiting if each.product == link.product]
    session.deps.links.unblock(session.store, mine)


def again(session: Session, product: PosProductId, lane: Lane) -> Change:
    """Return a forced change of a product, whatever its version."""
    return Change(
        store=session.store,
        lane=lane,
        product=product,
        version=0,
        order=arrival(session.now_ms()),
        queued_ms=session.now_ms(),
        trigger="release",
        force=True,
    )


def follow_up(
    session: Session, work: WorkItem, lane: Lane, *, force: bool = False, manual: bool = False
) -> Change:
    """Return a change of the same product in another lane, as old as its oldest row."""
    return Change(
        store=session.store,
        lane=lane,
        product=work.product,
        version=work.record.version,
        order=min(row.order for row in work.rows),
        queued_ms=min(row.queued_ms for row in work.rows),
        trigger="follow-up",
        force=force,
        manual=manual,
    )
