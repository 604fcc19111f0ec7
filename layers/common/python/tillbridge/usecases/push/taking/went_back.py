"""A POS that went back: it shows older versions than were pushed, as after a restored backup. Nothing
is pushed backwards; the link and the store say so, and a person decides."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from tillbridge.domain.link import Link
from tillbridge.domain.names import clean_name
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.remembered.failed import after_going_back, taking_back
from tillbridge.domain.stock_levels import levels
from tillbridge.domain.versions import number_of
from tillbridge.usecases.push.outcomes.written import finish
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.taking.pos_look import pushed_version

log = logging.getLogger(__name__)


def went_back(session: Session, work_items: Sequence[WorkItem]) -> list[WorkItem]:
    """Return the work items without those that the POS shows older than they were pushed: their links
    say so, and their rows go. Where a link said so before and a person pushes, the link takes the
    POS's version, and the work stays."""
    left: list[WorkItem] = []
    noted: list[WorkItem] = []
    for work in work_items:
        link = work.link
        if link is None or not _is_older(work):
            left.append(work)
        elif work.manual and link.went_back:
            left.append(_taken(session, work, link))
        elif link.went_back:
            finish(session, [work], wrote=False)
        else:
            _note(session, work, link)
            noted.append(work)
    if noted:
        session.deps.stores.note_went_back(session.store, [work.product for work in noted])
        log.warning(
            "the POS shows older versions than were pushed",
            extra={"store_id": session.store, "products": len(noted)},
        )
        finish(session, noted, wrote=False)
        session.count(failed=len(noted))
    return left


def _is_older(work: WorkItem) -> bool:
    if work.link is None or not work.link.is_linked or work.absent:
        return False
    return work.record.version < _pushed(work, work.link)


def _pushed(work: WorkItem, link: Link) -> int:
    """Return the version last pushed of what the work sends; a person's push sends everything."""
    if work.manual:
        return max(link.content_version, link.stock_version)
    return pushed_version(link, work.rows)


def _note(session: Session, work: WorkItem, link: Link) -> None:
    problem = problem_of(
        ProblemCode.POS_WENT_BACK,
        shown=number_of(work.record.version),
        pushed=number_of(_pushed(work, link)),
        name=clean_name(work.record.name) or link.name,
        levels=_levels(session, work, link),
    )
    session.deps.links.failed(session.store, after_going_back(link, problem))
    session.history.not_done(work, problem)


def _levels(session: Session, work: WorkItem, link: Link) -> str:
    """Return what both sides have in stock, in words; '' where they agree or one is not known."""
    wanted = [
        level.level for level in levels(work.record, session.settings, work.web_units).values()
    ]
    online = [link.level, *(variant.level for variant in link.variants.values())]
    known = [level for level in online if level is not None]
    if not wanted or not known or sum(wanted) == sum(known):
        return ""
    return f" (the POS has {sum(wanted)}, the store {sum(known)})"


def _taken(session: Session, work: WorkItem, link: Link) -> WorkItem:
    fallen = taking_back(link, work.record, session.now_ms())
    session.deps.links.fall(session.store, link, fallen)
    return replace(work, link=fallen)
