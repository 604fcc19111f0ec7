"""The fence around what is asked once before many creates: a question that BigCommerce refuses holds
back the products that need its answer, and no others."""

import logging
from collections.abc import Sequence

from tillbridge.domain.errors import Refused
from tillbridge.domain.names import category_name
from tillbridge.domain.plan import WorkItem
from tillbridge.usecases.fence import Fault, is_fault, note
from tillbridge.usecases.push.creating.prepare import Categories, ensure_categories, store_index
from tillbridge.usecases.push.outcomes.fenced import fence_each, hold_back
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.slice.store_index import StoreIndex

log = logging.getLogger(__name__)

_DOING = "preparing to create"


def index_if_any(session: Session) -> StoreIndex | None:
    """Return the names and SKUs of the store, or None when they cannot be read, which costs refused
    POSTs at most. Raise OutOfTime, and what stops the store."""
    try:
        return store_index(session)
    except Refused as refusal:
        extra = {"store_id": session.store, "why": str(refusal)}
        log.warning("names of the store are not shown", extra=extra)
    except Exception as error:  # an index is never needed
        if not is_fault(error):
            raise
        note(Fault(error, "reading the store's names", session.store))
    return None


def prepared(session: Session, work_items: Sequence[WorkItem]) -> tuple[list[WorkItem], Categories]:
    """Return the products that can be created now, and the categories of their departments; hold the
    others back."""
    ready: list[WorkItem] = []
    categories: Categories = {}
    if not _knows_highest_id(session, work_items):
        return ready, categories

    def prepare(some: Sequence[WorkItem]) -> None:
        found, waiting = _categories(session, some)
        categories.update(found)
        ready.extend(work for work in some if work not in waiting)

    fence_each(session, work_items, prepare, doing=_DOING)
    return ready, categories


def _knows_highest_id(session: Session, work_items: Sequence[WorkItem]) -> bool:
    if session.highest_id is not None:
        return True
    try:
        session.highest_id = with_throttling(session, session.api.highest_id)
    except Refused as refusal:
        # Without it nothing would tell what a lost reply made.
        _wait(session, work_items, refusal)
        return False
    return True


def _categories(
    session: Session, work_items: Sequence[WorkItem]
) -> tuple[Categories, Sequence[WorkItem]]:
    try:
        return ensure_categories(session, work_items), ()
    except Refused as refusal:
        # Not product by product: each would be refused the same question.
        waiting = [work for work in work_items if category_name(work.record.department)]
        _wait(session, waiting, refusal)
        return dict(session.deps.stores.categories(session.store)), waiting


def _wait(session: Session, work_items: Sequence[WorkItem], refusal: Refused) -> None:
    for work in work_items:
        hold_back(session, work, refusal, _DOING)
