"""Links of many products, read so that one which cannot be read hides no other."""

import logging
from collections.abc import Mapping, Sequence

from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.link import Link
from tillbridge.ports.links import Links
from tillbridge.usecases.bisect import halved
from tillbridge.usecases.fence import is_fault

log = logging.getLogger(__name__)

type Unread = Mapping[PosProductId, Exception]
"""Products whose link is there and cannot be read, each with why. They are linked: nobody may take them
for products that are not."""


def readable_links(
    links: Links, store: StoreId, products: Sequence[PosProductId]
) -> tuple[Mapping[PosProductId, Link], Unread]:
    """Return the links of those products that have one, and which of them cannot be read. Raise RetryLater."""
    found: dict[PosProductId, Link] = {}
    unread: dict[PosProductId, Exception] = {}

    def guilty(product: PosProductId, error: Exception) -> None:
        unread[product] = error
        extra = {"store_id": store, "product_id": product, "why": str(error)}
        log.warning("a link cannot be read", extra=extra)

    halved(products, lambda some: found.update(links.get(store, some)), guilty, is_fault)
    return found, unread
