"""What a person asks to import, and the messages that an import is cut into."""

from dataclasses import dataclass

from tillbridge.domain.ids import StoreId, StoreProductId
from tillbridge.domain.web_product import WebProduct

PRODUCTS_A_MESSAGE = 25


@dataclass(frozen=True, slots=True)
class Ask:
    """The products to import: these ids, those that fit every filter that is set, or all that are
    not linked."""

    ids: tuple[StoreProductId, ...] = ()
    category: str = ""
    brand: str = ""
    keyword: str = ""

    @property
    def everything(self) -> bool:
        """Return whether nothing narrows the request down."""
        return self == Ask()


@dataclass(frozen=True, slots=True)
class PageMessage:
    """Read the next 250 products, with ids above `after`, and cut them into batches."""

    request: str
    store: StoreId
    ask: Ask
    after: int = 0
    attempts: int = 0
    by: str = ""


@dataclass(frozen=True, slots=True)
class BatchMessage:
    """Import these products. The message carries what was read, so that nothing is read twice."""

    request: str
    store: StoreId
    products: tuple[WebProduct, ...]
    attempts: int = 0
    by: str = ""


type ImportMessage = PageMessage | BatchMessage


@dataclass(frozen=True, slots=True)
class Delayed:
    """A message whose wait is over: it goes to the end of its store's queue."""

    message: ImportMessage
