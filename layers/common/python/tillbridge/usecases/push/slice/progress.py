"""Which parts of which products are still to be sent in this plan."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tillbridge.domain.batching import RELEASES
from tillbridge.domain.plan import (
    Batch,
    LinkedItem,
    Plan,
    ProductUpdate,
    Update,
    VariantUpdate,
    WorkItem,
)


@dataclass(slots=True)
class Progress:
    """The parts still to be sent, by product. A product is done when its last part was sent; one
    that failed is never done."""

    _left: dict[str, set[tuple[str, str]]]
    _out: set[str] = field(default_factory=set)
    _temporary: frozenset[tuple[str, tuple[str, str]]] = frozenset()
    _begun: dict[str, WorkItem] = field(default_factory=dict)
    _freed: dict[str, list[Update]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, plan: Plan) -> "Progress":
        """Return the progress of a plan of which nothing was sent yet."""
        left: dict[str, set[tuple[str, str]]] = {work.product: set() for work in plan.updates}
        for update in _final_updates(plan):
            left[update.work.product].add(_part(update))
        for work in plan.image_changes:
            left[work.product].add(("images", ""))
        released = (batch for batch in _batches(plan) if batch.rank == RELEASES)
        return cls(
            left, _temporary=frozenset(_key(item) for batch in released for item in batch.items)
        )

    @property
    def names_out(self) -> bool:
        """Return whether a product may show a temporary name or SKU now."""
        with self._lock:
            out = (_key(part) for parts in self._freed.values() for part in parts)
            return not self._temporary.isdisjoint(out)

    def idle(self, plan: Plan) -> list[LinkedItem]:
        """Return the updates that send nothing, because no field of the product is pushed."""
        return [work for work in plan.updates if not self._left[work.product]]

    def sent(self, parts: Sequence[Update]) -> list[LinkedItem]:
        """Note parts as sent. Return the work items that are complete with them."""
        with self._lock:
            for part in parts:
                self._begun[part.work.product] = part.work
                freed = self._freed.setdefault(part.work.product, [])
                freed[:] = [other for other in freed if _part(other) != _part(part)]
                if not part.final:
                    freed.append(part)
            return [
                part.work for part in parts if part.final and self._done(part.work, _part(part))
            ]

    def images_sent(self, work: WorkItem) -> bool:
        """Note a product's images as sent. Return whether the product is complete with them."""
        with self._lock:
            return self._done(work, ("images", ""))

    def half_sent(self) -> list[WorkItem]:
        """Return the work items of which some part was sent, and which are not complete."""
        with self._lock:
            return list(self._begun.values())

    def began(self, work: WorkItem) -> bool:
        """Return whether a part of the product was sent."""
        with self._lock:
            return work.product in self._begun

    def drop(self, work_items: Iterable[WorkItem]) -> None:
        """Send no further part of these products: they failed or wait."""
        with self._lock:
            self._out.update(work.product for work in work_items)

    def without_dropped[U: (ProductUpdate, VariantUpdate)](self, items: Sequence[U]) -> list[U]:
        """Return the items whose product was not dropped."""
        with self._lock:
            return [item for item in items if item.work.product not in self._out]

    def freed(self, work: WorkItem) -> list[Update]:
        """Return the updates that left a temporary value on a product, and forget them."""
        with self._lock:
            return self._freed.pop(work.product, [])

    def dropped(self, work: WorkItem) -> bool:
        """Return whether the product failed or waits."""
        with self._lock:
            return work.product in self._out

    def _done(self, work: WorkItem, part: tuple[str, str]) -> bool:
        left = self._left[work.product]
        left.discard(part)
        done = not left and work.product not in self._out
        if done:
            self._begun.pop(work.product, None)
        return done


def _final_updates(plan: Plan) -> Iterable[Update]:
    for batch in _batches(plan):
        yield from (update for update in batch.items if update.final)


def _batches(plan: Plan) -> Iterable[Batch[ProductUpdate] | Batch[VariantUpdate]]:
    yield from plan.product_batches
    yield from plan.variant_batches


def _key(update: Update) -> tuple[str, tuple[str, str]]:
    return update.work.product, _part(update)


def _part(update: Update) -> tuple[str, str]:
    if isinstance(update, VariantUpdate):
        return ("variant", update.variant)
    return ("product", "")
