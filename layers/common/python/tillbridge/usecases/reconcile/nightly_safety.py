"""A full run is the nightly clock of a learned safety stock.

First the row of the store is written, then the products are marked. A run that was killed between the two
learns the page again: nothing changes twice in a night, and what changed in it is marked again."""

from collections.abc import Iterable
from dataclasses import replace

from tillbridge.domain.lanes import Lane
from tillbridge.domain.product import Product
from tillbridge.domain.safety_stock import after_night, changed_in
from tillbridge.usecases.learn_safety import learned_units
from tillbridge.usecases.reconcile.session import Session

DAY_MS = 24 * 60 * 60 * 1_000


def learn_safety(session: Session, records: Iterable[Product]) -> None:
    """Move what is kept of a page of products by one unit at most, where the store learns it. Raise
    RetryLater, or OutOfTime."""
    run, settings = session.run, session.settings
    before = settings.learned_safety
    if before is None or not run.full or run.dry_run:
        return
    page = list(records)
    learned = learned_units(
        session.deps.history, session.store, settings, page, session.now_ms(), session.need_time
    )
    night = run.started_ms // DAY_MS
    after = after_night(before, learned, night)
    if after != before:
        session.deps.stores.keep_safety(session.store, after)
        changed = replace(settings, learned_safety=after)
        session.connection = replace(session.connection, settings=changed)
    moved = changed_in(after, night).intersection(record.id for record in page)
    if moved:
        session.deps.pending.mark(
            [session.forced(product, Lane.STOCK, "safety") for product in sorted(moved)]
        )
        session.deps.signals.signal(session.store)
