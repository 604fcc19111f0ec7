"""What is read or created once before many creates: the store's names and SKUs, its categories."""

import logging
from collections.abc import Sequence
from functools import partial

from tillbridge.domain.claims import claims_of
from tillbridge.domain.errors import Problem, Refused
from tillbridge.domain.fields import Field
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.names import category_name, name_key
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.view_rows import WEB
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.bisect import bisect
from tillbridge.usecases.fence import best_effort
from tillbridge.usecases.push.outcomes.refusals import taken
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.due import between_pages
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.slice.store_index import KEEP_MS, MOST_KEYS, StoreIndex

log = logging.getLogger(__name__)

type Categories = dict[str, int]

PAGE = 250
"""How many products one call of a walk reads."""


def store_index(session: Session) -> StoreIndex:
    """Return the names and SKUs of the store: those kept from an earlier slice or, when they are too
    old, read now (250 products a call). Raise OutOfTime when the slice ends before the walk, and
    Interrupted when people wait; it goes on where it stopped."""
    kept = session.deps.indexes.get(session.store)
    if kept is None or (kept.whole and session.now_ms() - kept.ended_ms > KEEP_MS):
        kept = session.deps.indexes[session.store] = StoreIndex(read_ms=session.now_ms())
    if not kept.whole:
        _read_on(session, kept)
    return kept


def _read_on(session: Session, index: StoreIndex) -> None:
    read: list[WebProduct] = []
    session.wait_for_quota()
    try:
        for product in session.api.walk(index.highest):
            index.add(product)
            read.append(product)
            if len(read) == PAGE:
                page, read = read, []
                _list_unknown(session, page)
                if not _has_room(session):
                    break
                between_pages(session)
                session.wait_for_quota()
    finally:
        _list_unknown(session, read)
    index.whole, index.ended_ms = True, session.now_ms()


def _has_room(session: Session) -> bool:
    """Return whether more of the store's names and SKUs may be kept. Forget other stores' first."""
    indexes = session.deps.indexes
    while sum(len(each.holders) for each in indexes.values()) > MOST_KEYS:
        other = next((store for store in indexes if store != session.store), None)
        if other is None:
            log.warning(
                "store has too many names and SKUs to keep", extra={"store_id": session.store}
            )
            return False
        del indexes[other]
    return True


def _list_unknown(session: Session, webs: Sequence[WebProduct]) -> None:
    # A walk sees no price and no stock, so what is listed already stays.
    with best_effort("listing", session.store):
        known = session.deps.read_model.get(session.store, WEB, [str(web.id) for web in webs])
        session.views.saw_online(web for web in webs if str(web.id) not in known)
        session.views.flush_done()


def taken_already(session: Session, work: WorkItem, index: StoreIndex) -> Problem | None:
    """Return why the product would be refused, if its name or one of its SKUs is known to be
    taken."""
    # A person may have pushed because the name is free now: a holder read before that is read again.
    asked_ms = max(row.marked_ms for row in work.rows)
    while (held := index.holder(claims_of(work.record, work.link))) is not None:
        key, number = held
        holder = StoreProductId(number)
        if asked_ms > index.read_ms:
            found = with_throttling(session, partial(session.api.find, holder))
            if not index.look_again(key, found):
                continue
        what, value = key
        shown = index.names.get(holder, value) if what == "name" else value
        return taken(session, work, what, shown, holder)
    return None


def ensure_categories(
    session: Session, work_items: Sequence[WorkItem], *, remembered: bool = True
) -> Categories:
    """Return category ids by the key of the name, for each department of `work_items` except those that
    BigCommerce refuses. Reuse the categories that exist and create the others. Without `remembered`,
    read the store's categories first."""
    if not session.settings.fields.sends(Field.CATEGORIES, creating=True):
        return {}
    wanted = {category_name(work.record.department) for work in work_items} - {""}
    known = dict(session.deps.stores.categories(session.store))
    if remembered and all(name_key(name) in known for name in wanted):
        return known
    tree = session.connection.category_tree_id
    found = dict(with_throttling(session, lambda: session.api.categories(tree)))
    missing = sorted(
        {name_key(n): n for n in wanted if name_key(n) not in found}.values(), key=name_key
    )
    found |= _make_categories(session, tree, missing)
    session.deps.stores.remember_categories(session.store, found)
    return found


def _make_categories(session: Session, tree: int, names: Sequence[str]) -> Categories:
    # A department that BigCommerce refuses as a category must not hold back products of another.
    made: Categories = {}

    def make(some: Sequence[str]) -> None:
        create = partial(session.api.create_categories, tree, list(some))
        made.update(with_throttling(session, create))

    def refused(name: str, refusal: Refused) -> None:
        log.warning("category refused", extra={"category": name, "why": str(refusal)})

    bisect(names, make, refused, on=Refused)
    return made
