"""What people ask of a store's links, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId


class AskKind(StrEnum):
    """`put_back`: what a first push replaced goes back into the store."""

    LINK = "link"
    UNLINK = "unlink"
    PUT_BACK = "put_back"


@dataclass(frozen=True, slots=True)
class LinkAsk:
    """One request, for up to 200 products; a link names the BigCommerce product of each.

    `id` is the event's: the same event twice is one request."""

    id: str
    store: StoreId
    kind: AskKind
    products: tuple[tuple[PosProductId, StoreProductId | None], ...]
    asked_ms: int = 0


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What came of one product of a request; `words` say why not, and what to do."""

    product: PosProductId
    web: StoreProductId | None
    done: bool
    words: str = ""
