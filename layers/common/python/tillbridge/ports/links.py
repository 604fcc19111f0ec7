"""Links between POS products and BigCommerce products."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import Link


@dataclass(frozen=True, slots=True)
class Blocked:
    """A product that failed because `holder` had its name or SKU; `token` is new each time."""

    holder: str
    product: PosProductId
    token: str


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

    def linked(self, store: StoreId, link: Link, *, reserved: bool = False) -> None:
        """Writes a new link with its ids, both directions, in one transaction.

        `reserved`: over the caller's own reservation. Idempotent. Raises Conflict when the
        BigCommerce product belongs to another POS product, or an import has reserved it."""
        ...

    def reserve(self, store: StoreId, product: StoreProductId) -> None:
        """Keeps a BigCommerce product for an import: `holders` answers IMPORTING for it.

        Idempotent. Raises Conflict when it is linked."""
        ...

    def free(self, store: StoreId, product: StoreProductId) -> None:
        """Gives a reservation up; a link stays."""
        ...

    def unlink(self, store: StoreId, link: Link) -> None:
        """Forgets a link both ways, if it still is the one given (same BigCommerce id); both
        products stay. Gone already is success."""
        ...

    def pushed(self, store: StoreId, links: Iterable[Link]) -> Sequence[PosProductId]:
        """Records what was sent, never over a newer version; answers the products for which a
        newer one was already there (what was just sent must be sent again)."""
        ...

    def stocked(self, store: StoreId, links: Iterable[Link]) -> Sequence[PosProductId]:
        """Records stock levels, stock versions and channel assignment, never over newer ones;
        answers the products for which a newer level was already there (send it again)."""
        ...

    def begin_images(self, store: StoreId, link: Link) -> bool:
        """Notes which images there were before ours go (`images_seen`), and nothing else; answers
        False when that is noted already (somebody else's are under way, or were when it died), or
        when `images` are no longer what the link says."""
        ...

    def note_images(self, store: StoreId, link: Link) -> None:
        """Records what became of images: `images`, `images_seen` and `notes`. No other call does,
        once the product is linked."""
        ...

    def failed(self, store: StoreId, link: Link) -> None:
        """Records a refusal: status, problem and version; keeps ids. Remembers who blocks it."""
        ...

    def blocked_by(self, store: StoreId, holder: str) -> Sequence[Blocked]:
        """Products that failed because `holder` (a POS product id, or '#812') had their name or
        SKU, by id; they are answered until they are unblocked."""
        ...

    def unblock(self, store: StoreId, blocked: Iterable[Blocked]) -> None:
        """Forgets these; one that failed for the same holder again meanwhile stays."""
        ...
