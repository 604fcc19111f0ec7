"""What pushes that people asked for were about to replace in the store."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.before_push import Before
from tillbridge.domain.ids import PosProductId, StoreId


@dataclass(frozen=True, slots=True)
class KeptBefore:
    """A product as it was before a job's push, and until when that is kept (epoch ms)."""

    product: PosProductId
    before: Before
    until_ms: int


class BeforeImages(Protocol):
    """Products as they were before the push of a job, kept for 90 days. Every call may raise RetryLater."""

    def keep(self, store: StoreId, job: str, befores: Mapping[PosProductId, Before]) -> None:
        """Keep what a push is about to replace. What is kept already stays (`tried_again`): a second try finds
        replaced what the first one replaced. Values without room are left out, and named. Only the store's one
        writer may call it."""
        ...

    def of(
        self, store: StoreId, job: str, products: Sequence[PosProductId]
    ) -> Mapping[PosProductId, KeptBefore]:
        """Return what a job's push replaced of these products, as far as anything is kept."""
        ...

    def of_job(self, store: StoreId, job: str) -> Iterator[KeptBefore]:
        """Yield what a job's push replaced; more is read as it is asked for. An item that cannot be read is left
        out, and logged."""
        ...

    def until(self, store: StoreId, job: str) -> int:
        """Return until when anything is kept of a job at least (epoch ms); 0 when nothing is."""
        ...
