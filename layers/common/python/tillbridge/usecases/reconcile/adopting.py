"""Adopt a POS that went back: begin the next epoch of its account, in which whatever it shows is newer than
all that was pushed before."""

import logging
from collections.abc import Iterator, Sequence
from itertools import batched

from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link
from tillbridge.ports.store_list import StoreList
from tillbridge.ports.stores import Stores
from tillbridge.usecases.reconcile.session import Session

log = logging.getLogger(__name__)


READ_AT_ONCE = 100
"""Connections in one call to the database."""


def adopt(store: StoreId, stores: Stores, store_list: StoreList) -> Sequence[StoreId]:
    """Begin the next epoch of the POS account of `store`. Return every store of that account: each of
    them has to be compared whole. A message that arrives twice begins two epochs, which does no harm:
    what the POS shows is the newest in either."""
    connection = stores.find(store)
    if connection is None:
        return []
    account = connection.pos_account
    stores.begin_epoch(account)
    log.warning("POS adopted", extra={"account": account.key, "epoch": account.epoch + 1})
    same = [each for each, key in _accounts(store_list) if key == account.key]
    for each in same:
        stores.settle_went_back(each)
    return same


def _accounts(store_list: StoreList) -> Iterator[tuple[StoreId, PosAccountKey]]:
    """Yield each store with its POS account, but for stores whose connection cannot be read."""
    stores = [entry.store for entry in store_list.entries()]
    for some in batched(stores, READ_AT_ONCE, strict=False):
        for each, connection in store_list.connections(some).items():
            if connection is not None:
                yield each, connection.pos_account.key


def push_settled(session: Session, links: Sequence[Link]) -> None:
    """Have products pushed whose links say that the POS went back though it does no longer: the push
    removes those words. Both sides have the same values, so no breaker is asked."""
    if links and not session.run.dry_run:
        session.deps.pending.mark(
            session.forced(link.product, Lane.BULK, "settled") for link in links
        )
        session.deps.signals.signal(session.store)
