"""Adopt a POS that went back: begin the next epoch of its account, in which whatever it shows is newer than
all that was pushed before."""

import logging
from collections.abc import Sequence

from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link
from tillbridge.domain.pending import Change
from tillbridge.ports.stores import Stores
from tillbridge.usecases.reconcile.session import Session

log = logging.getLogger(__name__)


def adopt(store: StoreId, stores: Stores) -> Sequence[StoreId]:
    """Begin the next epoch of the POS account of `store`. Return every store of that account: each of
    them has to be compared whole. A message that arrives twice begins two epochs, which does no harm:
    what the POS shows is the newest in either."""
    connection = stores.find(store)
    if connection is None:
        return []
    account = connection.pos_account
    stores.begin_epoch(account)
    log.warning("POS adopted", extra={"account": account.key, "epoch": account.epoch + 1})
    found = ((each, stores.find(each)) for each in stores.all())
    same = [each for each, there in found if there and there.pos_account.key == account.key]
    for each in same:
        stores.settle_went_back(each)
    return same


def push_settled(session: Session, links: Sequence[Link]) -> None:
    """Have products pushed whose links say that the POS went back though it does no longer: the push
    removes those words. Both sides have the same values, so no breaker is asked."""
    if links and not session.run.dry_run:
        session.deps.pending.mark(
            Change(
                store=session.store,
                lane=Lane.BULK,
                product=link.product,
                version=0,
                order=0,
                queued_ms=session.now_ms(),
                trigger="settled",
                force=True,
            )
            for link in links
        )
        session.deps.signals.signal(session.store)
