"""What is marked when work ends: more of the same product, and products that waited for it."""

from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link
from tillbridge.domain.pending import Change, of_our_own
from tillbridge.domain.plan import WorkItem
from tillbridge.usecases.push.slice.session import Session


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


def again(session: Session, product: PosProductId, lane: Lane) -> Change:
    """Return a forced change of a product, whatever its version."""
    return of_our_own(session.store, lane, product, session.now_ms(), "release", force=True)


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
