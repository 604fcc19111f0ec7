"""Others are told of web orders, as far as that works: nothing of ours depends on it."""

import logging
from collections.abc import Sequence

from tillbridge.domain.ids import StoreId
from tillbridge.domain.outward_events import OutwardEvent
from tillbridge.ports.order_events import OrderEvents
from tillbridge.usecases.fence import best_effort

log = logging.getLogger(__name__)


def tell_others(bus: OrderEvents, store: StoreId, events: Sequence[OutwardEvent]) -> int:
    """Tell others of web orders of a store. Return how many events were not told; each is logged."""
    missed = events
    with best_effort("telling of web orders", store):
        missed = bus.tell(events)
    return note_untold(missed)


def note_untold(events: Sequence[OutwardEvent]) -> int:
    """Log events that were not told. Return how many there are."""
    for each in events:
        extra = {"store_id": each.store, "event": str(each.type), "event_id": each.id, **each.about}
        log.warning("others were not told", extra=extra)
    return len(events)
