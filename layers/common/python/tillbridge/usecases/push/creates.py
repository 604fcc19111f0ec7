"""Creates: link row first (it is the intent), then one POST, then the ids (DESIGN 2, Crash-safe)."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from tillbridge.domain.errors import Clash, Conflict, LostReply, Problem, Refused, StoreDown
from tillbridge.domain.field_policy import Field
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import Link, LinkStatus, SentImage
from tillbridge.domain.mapping import creation, sendable_images
from tillbridge.domain.names import category_name
from tillbridge.domain.plan import Work
from tillbridge.domain.planner import claims_of
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.push.before_creates import (
    Categories,
    ensure_categories,
    store_index,
)
from tillbridge.usecases.push.calls import Call
from tillbridge.usecases.push.clash import clash_problem, refusal_problem, taken
from tillbridge.usecases.push.created import record_created
from tillbridge.usecases.push.outcomes import (
    postpone,
    refuse,
    tried_once_more,
    try_again,
)
from tillbridge.usecases.push.second_look import arrived_late, look_again_ms, may_post_again
from tillbridge.usecases.push.sending import blame_these, patiently
from tillbridge.usecases.push.session import Session
from tillbridge.usecases.push.store_index import MANY_CREATES, StoreIndex

log = logging.getLogger(__name__)


def create_calls(session: Session, works: Sequence[Work]) -> Iterator[Call]:
    """One call per product. Two that bring the same new brand do not fly together: BigCommerce
    finds or creates a brand by name, and a race makes two (brand-race)."""
    if not works:
        return
    index = store_index(session) if len(works) > MANY_CREATES else None
    if session.mark is None:
        session.mark = patiently(session, session.api.highest_id)
    categories = ensure_categories(session, works)
    for work in works:
        brand = work.record.brand.strip().casefold()
        touches: set[str] = {work.product}
        if brand and brand not in session.brands:
            touches.add(f"brand {brand}")
        yield Call(partial(_create, session, work, categories, index), frozenset(touches))


def _create(session: Session, work: Work, categories: Categories, index: StoreIndex | None) -> None:
    try:
        _look_and_post(session, work, categories, index)
    except StoreDown as trouble:
        blame_these(session, trouble)
        try_again(session, [work], str(trouble))


def _look_and_post(
    session: Session, work: Work, categories: Categories, index: StoreIndex | None
) -> None:
    link = work.link
    if link is not None and link.status is LinkStatus.CREATING:
        if not may_post_again(session, work, link):
            return
    elif index is not None and (problem := _taken_already(session, work, index)) is not None:
        refuse(session, work, problem)
        return
    else:
        session.need_time()
        try:
            session.deps.links.begin(session.store, _intent(session, work))
        except Conflict:
            # A link or an import of the same product is under way: see what it leads to.
            postpone(session, work.rows, session.now_ms() + 5_000)
            return
    _post(session, work, categories, index)


def _taken_already(session: Session, work: Work, index: StoreIndex) -> Problem | None:
    # Somebody may have asked because the name is free now: what was read before is read again.
    asked_ms = max(row.queued_ms for row in work.rows)
    while (held := index.holder(claims_of(work.record, work.link))) is not None:
        key, number = held
        holder = StoreProductId(number)
        if asked_ms > index.read_ms:
            found = patiently(session, partial(session.api.find, holder))
            with session.lock:
                still = index.look_again(key, found)
            if not still:
                continue
        what, value = key
        shown = index.names.get(holder, value) if what == "name" else value
        return taken(session, work, what, shown, holder)
    return None


def _intent(session: Session, work: Work) -> Link:
    return Link(
        product=work.product,
        status=LinkStatus.CREATING,
        name=work.record.name,
        mark=session.mark or 0,
        creating_ms=session.now_ms(),
        images=_sent_images(session, work),
        came_with_sku=work.link is not None and work.link.came_with_sku,
    )


def _sent_images(session: Session, work: Work) -> tuple[SentImage, ...]:
    if not session.settings.fields.sends(Field.IMAGES, creating=True):
        return ()
    return tuple(SentImage(url) for url in sendable_images(work.record))


def _post(session: Session, work: Work, categories: Categories, index: StoreIndex | None) -> None:
    name = category_name(work.record.department)
    category = categories.get(name.casefold())
    in_category = [category] if category else []
    payload = creation(work.record, session.settings.fields, in_category, work.link)
    try:
        created, with_images = _post_payload(session, payload)
    except Refused as refusal:
        if isinstance(refusal, Clash) and arrived_late(session, work):
            return
        problem = _problem(session, work, refusal)
        if category and problem.holder is None and not problem.blocked_by:
            anew = ensure_categories(session, [work], remembered=False)
            if anew.get(name.casefold()) != category:
                # The category we remembered was deleted online; it is made again.
                _post(session, work, anew, index)
                return
        refuse(session, work, problem)
    except LostReply as lost:
        log.warning("a create got no reply", extra={"product_id": work.product, "why": str(lost)})
        link = session.deps.links.get(session.store, [work.product])[work.product]
        tried = tried_once_more(session, work, str(lost))
        if may_post_again(session, tried, link):
            postpone(session, tried.rows, session.now_ms() + look_again_ms(tried))
        blame_these(session, lost)
    else:
        if index is not None:
            with session.lock:
                index.add(created)
        if name and not category and session.settings.fields.sends(Field.CATEGORIES, creating=True):
            words = f"The category '{name}' could not be made; choose one online."
            created = replace(created, warning=f"{words} {created.warning}".strip())
        record_created(session, work, created, with_images=with_images)


def _problem(session: Session, work: Work, refusal: Refused) -> Problem:
    if isinstance(refusal, Clash):
        return clash_problem(session, work, refusal)
    return refusal_problem(work, refusal)


def _post_payload(session: Session, payload: dict[str, object]) -> tuple[WebProduct, bool]:
    # A create refused for an image is sent again without images; they then fail separately.
    try:
        return patiently(session, lambda: session.api.create(payload)), True
    except Clash:
        raise
    except Refused:
        if "images" not in payload:
            raise
        bare = {key: value for key, value in payload.items() if key != "images"}
        return patiently(session, lambda: session.api.create(bare)), False
