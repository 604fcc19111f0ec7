"""What a slice tells others of its store's web orders."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from tillbridge.domain.ids import StoreId
from tillbridge.domain.outward_events import OutwardEvent
from tillbridge.ports.order_events import OrderEvents
from tillbridge.usecases.telling import note_untold, tell_others


@dataclass(slots=True)
class SliceEvents:
    """The events of one slice. Tasks in flight share it. `untold`: those that the bus did not take."""

    store: StoreId
    bus: OrderEvents
    untold: int = 0
    _lock: Lock = field(default_factory=Lock)

    def tell(self, events: Sequence[OutwardEvent]) -> None:
        """Tell others, as far as that works. A bus that did not take something is not asked again in
        this slice: stock waits behind each call that gets no answer."""
        if not events:
            return
        missed = note_untold(events) if self.untold else tell_others(self.bus, self.store, events)
        with self._lock:
            self.untold += missed
