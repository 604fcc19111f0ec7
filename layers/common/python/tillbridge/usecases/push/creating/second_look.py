"""A create whose reply was lost, or whose drain died: may it be posted again?"""

from tillbridge.domain.errors import Clash, Problem
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.plan import Work
from tillbridge.domain.waiting import LOOK_AGAIN_MS, backoff_ms
from tillbridge.usecases.push.clash import clash_problem
from tillbridge.usecases.push.creating.lost_reply import find_ours, with_its_images
from tillbridge.usecases.push.creating.record import record_created
from tillbridge.usecases.push.outcomes import attempts_of, postpone, refuse, waited_until
from tillbridge.usecases.push.session import Session


def may_post_again(session: Session, work: Work, link: Link) -> bool:
    """Whether nothing of an earlier POST arrived, by two looks a minute apart; else the product is
    adopted, waits for its second look, or is a clash."""
    try:
        ours = find_ours(session, work, link)
    except Clash as clash:
        refuse(session, work, clash_problem(session, work, clash))
        return False
    if ours is not None:
        record_created(session, work, with_its_images(session, ours), intent=link)
        return False
    now = session.now_ms()
    waited = waited_until(session, work)
    if waited >= link.creating_ms + LOOK_AGAIN_MS:
        return not _is_pointless(session, work)
    # Never looked at before, or too soon after the POST to be sure.
    soonest = now + (look_again_ms(work) if waited == 0 else 1_000)
    postpone(session, work.rows, max(soonest, link.creating_ms + LOOK_AGAIN_MS))
    return False


def arrived_late(session: Session, work: Work) -> bool:
    """Whether what an earlier POST made, and two looks did not find, is what a second clashed with."""
    link = work.link
    if link is None or link.status is not LinkStatus.CREATING:
        return False
    try:
        ours = find_ours(session, work, link)
    except Clash:
        return False
    if ours is not None:
        record_created(session, work, with_its_images(session, ours), intent=link)
    return ours is not None


def look_again_ms(work: Work) -> int:
    """How long until the next look: longer with each try."""
    return max(LOOK_AGAIN_MS, backoff_ms(attempts_of(work)))


def _is_pointless(session: Session, work: Work) -> bool:
    if not work.record.deleted:
        return False
    words = "The POS deleted this product before it came online. There is nothing left to do."
    refuse(session, work, Problem("deleted_in_pos", words))
    return True
