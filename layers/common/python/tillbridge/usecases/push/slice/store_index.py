"""The names and SKUs a store has, read before many creates: a product that is there already becomes a
link candidate instead of a refused POST."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from tillbridge.domain.claims import Key, held_by, keys
from tillbridge.domain.link import Link
from tillbridge.domain.web_product import WebProduct

MANY_CREATES = 20
"""Up to this many creates, a refused POST costs less than reading the store."""

KEEP_MS = 600_000
"""An index is read again this many milliseconds after its walk ended, however long that took. A stale one only costs a refused
POST."""

MOST_KEYS = 400_000
"""How many names and SKUs of all stores are kept (about 100 MB of the function's 256). An index that
lacks some, as a stale one does, only costs a refused POST."""


@dataclass(slots=True)
class StoreIndex:
    """Which product holds which name and SKU; tasks in flight may change it concurrently. `read_ms`
    is when the walk began, `whole` whether it has ended, at the last product or at MOST_KEYS; until then `highest` is how far it came. `ended_ms` is when it ended."""

    read_ms: int
    whole: bool = False
    holders: dict[Key, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    highest: int = 0
    ended_ms: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, compare=False)

    def add(self, product: WebProduct) -> None:
        """Note a product's name and SKUs."""
        with self._lock:
            self._add(product)

    def _add(self, product: WebProduct) -> None:
        self.names[product.id] = product.name
        self.holders.update(dict.fromkeys(keys(product.name, product.skus), product.id))
        self.highest = max(self.highest, product.id)

    def holder(self, keys: Iterable[Key]) -> tuple[Key, int] | None:
        """Return the first of `keys` that is taken and the product that holds it, or None."""
        return next(((key, self.holders[key]) for key in keys if key in self.holders), None)

    def look_again(self, key: Key, found: WebProduct | None) -> bool:
        """Replace what is known of the holder of `key` by `found`, read just now (None: deleted).
        Return whether it still holds the key."""
        with self._lock:
            self.holders.pop(key, None)
            if found is not None:
                self._add(found)
            return key in self.holders

    def pushed(self, before: Link, after: Link) -> None:
        """Note the names and SKUs that a push gave up and took."""
        with self._lock:
            for key in held_by(before):
                if self.holders.get(key) == before.id:
                    del self.holders[key]
            if after.id is not None:
                self.names[after.id] = after.name
                self.holders.update(dict.fromkeys(held_by(after), after.id))
