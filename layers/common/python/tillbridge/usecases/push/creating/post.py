"""The POST of one product, and how each answer to it is handled."""

import logging
from dataclasses import replace

from tillbridge.domain.errors import Clash, LostReply, Problem, Refused
from tillbridge.domain.fields import Field
from tillbridge.domain.mapping import creation
from tillbridge.domain.names import category_name, name_key
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.push.creating.lost_reply import (
    arrived_late,
    look_again_ms,
    may_post_again,
)
from tillbridge.usecases.push.creating.prepare import Categories, ensure_categories
from tillbridge.usecases.push.creating.record import record_created
from tillbridge.usecases.push.outcomes.given_up import refuse
from tillbridge.usecases.push.outcomes.refusals import clash_problem, refusal_problem
from tillbridge.usecases.push.outcomes.sending import blame_these
from tillbridge.usecases.push.outcomes.tombstones import gave_up
from tillbridge.usecases.push.outcomes.waiting import postpone, tried_once_more
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.slice.store_index import StoreIndex

log = logging.getLogger(__name__)


def post(
    session: Session, work: WorkItem, categories: Categories, index: StoreIndex | None
) -> None:
    """Send one POST and record its result: a link with ids, a refusal in words, or rows that wait
    for a second look. Raise whatever stops the store."""
    name = category_name(work.record.department)
    category = categories.get(name_key(name))
    in_category = [category] if category else []
    payload = creation(work.record, session.settings.fields, in_category, work.link)
    try:
        created, with_images = _post_payload(session, payload)
    except Refused as refusal:
        if isinstance(refusal, Clash) and arrived_late(session, work):
            return
        problem = _problem(session, work, refusal)
        if gave_up(session, work, problem):
            post(session, work, categories, index)
            return
        if category and problem.holder is None and not problem.blocked_by:
            anew = ensure_categories(session, [work], remembered=False)
            if anew.get(name_key(name)) != category:
                # The category we remembered was deleted online; it is made again.
                post(session, work, anew, index)
                return
        refuse(session, work, problem)
    except LostReply as lost:
        log.warning("a create got no reply", extra={"product_id": work.product, "why": str(lost)})
        _look_at_once(session, work, lost)
    else:
        if index is not None:
            index.add(created)
        if name and not category and session.settings.fields.sends(Field.CATEGORIES, creating=True):
            words = f"BigCommerce refused the category '{name}'. Choose a category there."
            created = replace(created, warning=f"{words} {created.warning}".strip())
        record_created(session, work, created, with_images=with_images)


def _look_at_once(session: Session, work: WorkItem, lost: LostReply) -> None:
    link = session.deps.links.get(session.store, [work.product])[work.product]
    tried = tried_once_more(session, work, str(lost))
    if may_post_again(session, tried, link):
        postpone(session, tried.rows, session.now_ms() + look_again_ms(tried))
    blame_these(session, lost)


def _problem(session: Session, work: WorkItem, refusal: Refused) -> Problem:
    if isinstance(refusal, Clash):
        return clash_problem(session, work, refusal)
    return refusal_problem(work, refusal)


def _post_payload(session: Session, payload: dict[str, object]) -> tuple[WebProduct, bool]:
    # A create refused for an image is sent again without images; they then fail separately.
    try:
        return with_throttling(session, lambda: session.api.create(payload)), True
    except Clash:
        raise
    except Refused:
        if "images" not in payload:
            raise
        bare = {key: value for key, value in payload.items() if key != "images"}
        return with_throttling(session, lambda: session.api.create(bare)), False
