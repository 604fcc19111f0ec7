"""Links between POS products and BigCommerce products."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import Link


class Links(Protocol):
    """One link per POS product and per BigCommerce product; the row itself is the intent."""

    def get(self, store: StoreId, products: Sequence[PosProductId]) -> Mapping[PosProductId, Link]:
        """The links there are; strongly consistent."""
        ...

    def holders(
        self, store: StoreId, ids: Sequence[StoreProductId]
    ) -> Mapping[StoreProductId, PosProductId]:
        """Which POS product each BigCommerce product is linked to, where it is."""
        ...

    def begin(self, store: StoreId, link: Link) -> None:
        """Writes the intent to create, status `creating`.

        Raises Conflict when the product has a link that is under way or linked."""
        ...

    def linked(self, store: StoreId, link: Link) -> None:
        """Writes a new link with its ids, both directions, in one transaction.

        Idempotent. Raises Conflict when the BigCommerce product belongs to another POS product."""
        ...

    def pushed(self, store: StoreId, links: Iterable[Link]) -> Sequence[PosProductId]:
        """Records what was sent, never over a newer version; answers the products for which a
        newer one was already there (what was just sent must be sent again)."""
        ...

    def stocked(self, store: StoreId, links: Iterable[Link]) -> None:
        """Records stock levels, stock versions and channel assignment; never over newer ones."""
        ...

    def failed(self, store: StoreId, link: Link) -> None:
        """Records a refusal: status, problem and version; keeps ids. Remembers who blocks it."""
        ...

    def blocked_by(self, store: StoreId, holder: str) -> Sequence[PosProductId]:
        """Products that failed because `holder` (a POS product id, or '#812') had their name or
        SKU; forgets them: each is answered once."""
        ...
