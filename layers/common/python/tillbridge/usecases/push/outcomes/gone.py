"""Whether a product, or a variant, that a call did not find was deleted in BigCommerce.

A 404 is trouble and proves nothing, whatever call it answers: a proxy or a lagging replica says it of
products that are there. Deleted is what a list that was answered does not have, twice, half a minute
apart. The first look is noted on the link as a doubt, and the row waits for the second."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from tillbridge.domain.errors import Refused
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.link import Part
from tillbridge.domain.looks import confirmed, second_look_ms
from tillbridge.domain.names import clean_name
from tillbridge.domain.plan import LinkedItem
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.remembered.doubts import doubted, sure_of
from tillbridge.domain.remembered.failed import without_variants
from tillbridge.usecases.push.outcomes.given_up import give_up
from tillbridge.usecases.push.outcomes.guard import guard
from tillbridge.usecases.push.outcomes.waiting import postpone, tried_once_more, try_again
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.session import Session

NOT_FOUND = "BigCommerce answers 'not found' for a product that it lists"


def unless_gone(
    session: Session, work: LinkedItem, otherwise: Callable[[LinkedItem], None]
) -> None:
    """Do `otherwise` when BigCommerce lists the product. When it does not, note that and have the
    rows wait for a second look; at that, break the link."""
    try:
        there = with_throttling(session, partial(session.api.is_listed, work.id))
    except Refused as trouble:
        try_again(session, [work], str(trouble))
        return
    doubt, now = work.link.doubts.get(Part.EXISTENCE), session.now_ms()
    if there:
        if doubt is not None:
            work = replace(work, link=sure_of(work.link, Part.EXISTENCE))
            session.deps.links.note_doubts(session.store, work.link)
        otherwise(work)
    elif doubt is not None and confirmed(doubt.since_ms, now):
        guard(session, work, "BigCommerce does not list them")
        _break(session, work)
    else:
        guard(session, work, "BigCommerce does not list them")
        link = doubted(work.link, [Part.EXISTENCE], since_ms=now, late_until_ms=now)
        session.deps.links.note_doubts(session.store, link)
        again_ms = second_look_ms(link.doubts[Part.EXISTENCE].since_ms)
        tried = tried_once_more(session, work, "BigCommerce does not list it")
        postpone(session, tried.rows, again_ms)


def not_found(session: Session, work: LinkedItem) -> None:
    """Try again later: a call did not find a product that BigCommerce lists."""
    guard(session, work, NOT_FOUND)
    try_again(session, [work], NOT_FOUND)


def forgot_dead_variants(session: Session, work: LinkedItem) -> bool:
    """Forget the variants of a product that were deleted online, and return whether there were any.
    The rows stay due, and the next plan makes those variants again. Raise what reading raises."""
    if not work.link.variants:
        return False
    there = {each.id for each in with_throttling(session, partial(session.api.variants, work.id))}
    link = session.deps.links.get(session.store, [work.product]).get(work.product)
    if link is None or link.id != work.id or not there:
        return False
    dead: list[PosVariantId] = [key for key, each in link.variants.items() if each.id not in there]
    if not dead:
        return False
    now = session.now_ms()
    alive = doubted(without_variants(link, dead), [Part.SHAPE], since_ms=now, late_until_ms=now)
    session.deps.links.pushed(session.store, [alive])
    return True


def _break(session: Session, work: LinkedItem) -> None:
    name = clean_name(work.record.name) or work.link.name
    problem = problem_of(ProblemCode.DELETED_ONLINE, name=name, number=work.id)
    give_up(session, work, problem, broken=True)
