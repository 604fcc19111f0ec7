"""Links between POS products and BigCommerce products."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import Link


@dataclass(frozen=True, slots=True)
class Blocked:
    """A product that failed because `holder` had its name or SKU; `token` is new at each
    failure."""

    holder: str
    product: PosProductId
    token: str


class Links(Protocol):
    """One link per POS product and per BigCommerce product; the row itself is the intent."""

    def get(self, store: StoreId, products: Sequence[PosProductId]) -> Mapping[PosProductId, Link]:
        """Return the links of those products that have one; strongly consistent."""
        ...

    def holders(
        self, store: StoreId, ids: Sequence[StoreProductId]
    ) -> Mapping[StoreProductId, PosProductId]:
        """Return the POS product of each BigCommerce product that is linked; IMPORTING for one that
        an import has reserved."""
        ...

    def begin(self, store: StoreId, link: Link) -> None:
        """Write the intent to create, whose status is `creating`.

        Raise Conflict when the product has a link that is under way or linked."""
        ...

    def linked(self, store: StoreId, link: Link, *, reserved: bool = False) -> None:
        """Write a new link with its ids, in both directions and in one transaction.

        `reserved`: it may replace the caller's own reservation. Idempotent. Raise Conflict when the
        BigCommerce product belongs to another POS product, or an import has reserved it."""
        ...

    def reserve(self, store: StoreId, product: StoreProductId) -> None:
        """Reserve a BigCommerce product for an import: `holders` returns IMPORTING for it.

        Idempotent. Raise Conflict when it is linked."""
        ...

    def free(self, store: StoreId, product: StoreProductId) -> None:
        """Give up a reservation; a link stays."""
        ...

    def unlink(self, store: StoreId, link: Link) -> None:
        """Delete a link in both directions if it still is the one given (same BigCommerce id); both
        products stay. A link that is gone already is success."""
        ...

    def pushed(self, store: StoreId, links: Iterable[Link]) -> Sequence[PosProductId]:
        """Record what was sent, never over a newer version, and what was refused of it: status,
        problem and version are the link's; what blocks the product is remembered (`blocked_by`).
        Return the products that had a newer version already: their newest content must be sent
        again."""
        ...

    def stocked(self, store: StoreId, links: Iterable[Link]) -> Sequence[PosProductId]:
        """Record stock levels, stock versions and channel assignment, never over newer ones. Return
        the products that had a newer level already: it must be sent again."""
        ...

    def begin_images(self, store: StoreId, link: Link) -> bool:
        """Record which images the product had before ours are sent (`images_seen`) and which
        addresses are sent (`images_sent`), and nothing else. Return False when that is recorded
        already (another drain is sending images, or died while it did), or when the stored `images`
        are no longer the link's."""
        ...

    def note_images(self, store: StoreId, link: Link) -> None:
        """Record `images`, `images_seen`, `images_sent` and `notes` after images were sent. Once
        the product is linked, no other call writes the first three."""
        ...

    def note_doubts(self, store: StoreId, link: Link) -> None:
        """Record which parts of a link are in doubt (`doubts`), and nothing else. `pushed`,
        `stocked` and `failed` record it too."""
        ...

    def failed(self, store: StoreId, link: Link) -> None:
        """Record a refusal, unless a newer version was accepted: status, problem and version; ids
        stay. Remember what blocks the product (`blocked_by`)."""
        ...

    def fall(self, store: StoreId, before: Link, link: Link) -> None:
        """Record lower versions, and what is in doubt, because a person takes the POS's older record:
        the only call that lowers a version. Does nothing when the link's versions are no longer those
        of `before`."""
        ...

    def blocked_by(self, store: StoreId, holder: str) -> Sequence[Blocked]:
        """Return, by id, the products that failed because `holder` (a POS product id, or '#812' for
        a BigCommerce one) had their name or SKU, until they are unblocked."""
        ...

    def blocked_online(self, store: StoreId) -> Sequence[Blocked]:
        """Return the products that failed because a BigCommerce product ('#812') had their name or
        SKU, until they are unblocked."""
        ...

    def unblock(self, store: StoreId, blocked: Iterable[Blocked]) -> None:
        """Forget these; one that failed again because of the same holder meanwhile stays."""
        ...
