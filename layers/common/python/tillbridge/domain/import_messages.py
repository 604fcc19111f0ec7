"""What is asked for, and the messages an import is cut into."""

from dataclasses import dataclass

from tillbridge.domain.ids import StoreId, StoreProductId
from tillbridge.domain.web_product import WebProduct

PRODUCTS_A_MESSAGE = 25


@dataclass(frozen=True, slots=True)
class Ask:
    """Which products: by id, by filter (all that are set must fit), or all that are not linked."""

    ids: tuple[StoreProductId, ...] = ()
    category: str = ""
    brand: str = ""
    keyword: str = ""

    @property
    def everything(self) -> bool:
        """Whether nothing narrows it down."""
        return self == Ask()


@dataclass(frozen=True, slots=True)
class PageMessage:
    """Read the next 250 products after `after` and cut them into batches."""

    request: str
    store: StoreId
    ask: Ask
    after: int = 0
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class BatchMessage:
    """Import these: they carry what was read, so that nothing is read twice."""

    request: str
    store: StoreId
    products: tuple[WebProduct, ...]
    attempts: int = 0


type ImportMessage = PageMessage | BatchMessage


@dataclass(frozen=True, slots=True)
class Delayed:
    """A message whose wait is over: it goes to the end of its store's line."""

    message: ImportMessage
