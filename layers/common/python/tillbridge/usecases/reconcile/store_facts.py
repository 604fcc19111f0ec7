"""The facts of a store, read again by each comparison of everything: somebody may have changed them online."""

import logging

from tillbridge.domain.errors import NeedsAttention, Refused, StoreDown
from tillbridge.usecases.reconcile.session import Session

log = logging.getLogger(__name__)


def look_at_facts(session: Session) -> None:
    """Keep how the store writes money, in one call, if it changed. What a store does not tell stays as it is known:
    a token that may read products need not be able to read this. Raise OutOfTime."""
    try:
        facts = session.ask(session.reader.facts)
    except (NeedsAttention, Refused, StoreDown) as why:
        log.warning("no facts", extra={"store_id": session.store, "why": str(why)})
        return
    if facts.money is not None and facts.money != session.connection.money:
        session.deps.stores.keep_money(session.store, facts.money)
