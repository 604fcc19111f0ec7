"""What first pushes replaced, in memory; it keeps the promises of `tillbridge.ports.replaced`."""

from threading import Lock

from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.web_product import WebProduct


class FakeReplaced:
    """Keeps the last one of each product."""

    def __init__(self) -> None:
        self._kept: dict[tuple[StoreId, PosProductId], WebProduct] = {}
        self._lock = Lock()

    def keep(self, store: StoreId, product: PosProductId, before: WebProduct) -> None:
        with self._lock:
            self._kept[store, product] = before

    def find(self, store: StoreId, product: PosProductId) -> WebProduct | None:
        with self._lock:
            return self._kept.get((store, product))
