"""What is remembered of imports: intents while they run, and what came of each product."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import StoreId, StoreProductId


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kind`: imported, linked, already_linked, offered, refused or failed; `product` the POS id
    where there is one; `words` say what a person can do."""

    web: StoreProductId
    kind: str
    words: str = ""
    product: str = ""
    name: str = ""
    held: tuple[str, ...] = ()

    @property
    def left_out(self) -> bool:
        """Whether this is of a product (0 stands for none) that still is on BigCommerce only."""
        return self.web > 0 and self.kind in ("offered", "refused", "failed")


class Imports(Protocol):
    """Raises RetryLater."""

    def intents(
        self, store: StoreId, products: Sequence[StoreProductId]
    ) -> Mapping[StoreProductId, tuple[str, ...]]:
        """The SKUs reserved for products whose import began and has not ended."""
        ...

    def begin(
        self, store: StoreId, product: StoreProductId, skus: Sequence[str]
    ) -> tuple[str, ...]:
        """Reserves SKUs before the POS is called; answers those reserved earlier, if any."""
        ...

    def change_skus(self, store: StoreId, product: StoreProductId, skus: Sequence[str]) -> None:
        """Reserves others in their place, because the POS has one of them."""
        ...

    def end(self, store: StoreId, product: StoreProductId) -> None:
        """The import of a product has ended, well or not."""
        ...

    def report(self, store: StoreId, request: str, outcomes: Iterable[Outcome]) -> None:
        """Keeps outcomes for 30 days; of each request the first one told of a product stays."""
        ...

    def left_out(self, store: StoreId) -> Mapping[StoreProductId, Outcome]:
        """Every product that the newest request which met it left out, and why: what a list of the
        Web view says of products that are not linked."""
        ...

    def planned(self, store: StoreId, request: str, after: int, found: int, *, more: bool) -> None:
        """Notes that a page was cut: `found` products are to come of it."""
        ...
