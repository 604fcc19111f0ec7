"""What is read or made once before many creates: the store's names and SKUs, its categories."""

import logging
from collections.abc import Sequence
from functools import partial

from tillbridge.domain.errors import Refused
from tillbridge.domain.field_policy import Field
from tillbridge.domain.names import category_name
from tillbridge.domain.plan import Work
from tillbridge.domain.rows import WEB, CopyRow, web_row
from tillbridge.usecases.push.sending import patiently
from tillbridge.usecases.push.session import Session
from tillbridge.usecases.push.store_index import KEEP_MS, StoreIndex

log = logging.getLogger(__name__)

type Categories = dict[str, int]

PAGE = 250
"""Products one call of a walk answers."""


def store_index(session: Session) -> StoreIndex:
    """The store's index, read now unless a warm one is young enough (250 products a call). A walk
    that a slice could not end goes on in the next."""
    kept = session.deps.indexes.get(session.store)
    if kept is None or (kept.whole and session.now_ms() - kept.read_ms > KEEP_MS):
        kept = session.deps.indexes[session.store] = StoreIndex(read_ms=session.now_ms())
    if not kept.whole:
        _read_on(session, kept)
    return kept


def _read_on(session: Session, index: StoreIndex) -> None:
    rows: list[CopyRow] = []
    session.wait_for_quota()
    try:
        for product in session.api.walk(index.highest):
            index.add(product)
            rows.append(web_row(product))
            if len(rows) == PAGE:
                page, rows = rows, []
                _list_unknown(session, page)
                session.need_time()
                session.wait_for_quota()
    finally:
        _list_unknown(session, rows)
    index.whole = True


def _list_unknown(session: Session, rows: Sequence[CopyRow]) -> None:
    # A walk sees no price and no stock: it must not blank what reconcile has read.
    known = session.deps.local_copy.get(session.store, WEB, [row.id for row in rows])
    session.deps.local_copy.put(session.store, [row for row in rows if row.id not in known])


def ensure_categories(
    session: Session, works: Sequence[Work], *, remembered: bool = True
) -> Categories:
    """Category ids by casefolded name: departments become categories at creation; one that is
    there is reused, never doubled. Without `remembered` the store is asked what it has."""
    if not session.settings.fields.sends(Field.CATEGORIES, creating=True):
        return {}
    wanted = {category_name(work.record.department) for work in works} - {""}
    known = dict(session.deps.stores.categories(session.store))
    if remembered and all(name.casefold() in known for name in wanted):
        return known
    tree = session.connection.category_tree_id
    found = dict(patiently(session, lambda: session.api.categories(tree)))
    missing = sorted(
        {n.casefold(): n for n in wanted if n.casefold() not in found}.values(), key=str.casefold
    )
    found |= _made(session, tree, missing)
    session.deps.stores.remember_categories(session.store, found)
    return found


def _made(session: Session, tree: int, names: list[str]) -> Categories:
    # One department BigCommerce will not take as a category holds back no product of another.
    if not names:
        return {}
    try:
        return dict(patiently(session, partial(session.api.create_categories, tree, names)))
    except Refused as refusal:
        if len(names) == 1:
            log.warning("category refused", extra={"category": names[0], "why": str(refusal)})
            return {}
    half = len(names) // 2
    return _made(session, tree, names[:half]) | _made(session, tree, names[half:])
