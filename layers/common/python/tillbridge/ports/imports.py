"""What is remembered of imports: intents while they run, and the outcome for each product."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import StoreId, StoreProductId


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an import for one product, or for none (`web` is 0). `kind`: imported, linked,
    already_linked, offered, refused or failed; `product` is the POS id, if there is one; `words`
    say what a person can do; `held` has a sentence per value that the POS could not take."""

    web: StoreProductId
    kind: str
    words: str = ""
    product: str = ""
    name: str = ""
    held: tuple[str, ...] = ()

    @property
    def left_out(self) -> bool:
        """Return whether it is about a product that is still only in BigCommerce."""
        return self.web > 0 and self.kind in ("offered", "refused", "failed")


class Imports(Protocol):
    """The imports of all stores. Every call may raise RetryLater."""

    def intents(
        self, store: StoreId, products: Sequence[StoreProductId]
    ) -> Mapping[StoreProductId, tuple[str, ...]]:
        """Return the SKUs reserved for those products whose import has begun and not ended."""
        ...

    def begin(
        self, store: StoreId, product: StoreProductId, skus: Sequence[str]
    ) -> tuple[str, ...]:
        """Reserve SKUs before the POS is called, unless some were reserved earlier. Return those
        that are reserved now."""
        ...

    def change_skus(self, store: StoreId, product: StoreProductId, skus: Sequence[str]) -> None:
        """Reserve these SKUs instead, because the POS already has one of those reserved before."""
        ...

    def end(self, store: StoreId, product: StoreProductId) -> None:
        """Record that the import of a product has ended, well or not."""
        ...

    def report(self, store: StoreId, request: str, outcomes: Iterable[Outcome]) -> None:
        """Keep outcomes for 30 days. In each request, the first outcome of a product stays."""
        ...

    def planned(self, store: StoreId, request: str, after: int, found: int, *, more: bool) -> None:
        """Record that the page after the id `after` was cut into batches, and will have `found`
        outcomes. `more`: pages follow it."""
        ...
