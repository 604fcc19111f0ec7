"""A BigCommerce store as imports and links read it."""

from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.import_messages import Ask
from tillbridge.domain.web_product import WebProduct

PAGE = 250


@dataclass(frozen=True, slots=True)
class Page:
    """Products by ascending id; `more`: whether any follow `last`."""

    products: tuple[WebProduct, ...]
    last: int
    more: bool


class StoreCatalogue(Protocol):
    """Raises StoreThrottled, StoreDown, NeedsAttention, OutOfTime, Refused."""

    def page(self, ask: Ask, after: int) -> Page:
        """Up to 250 of the products asked for whose id is above `after`: one call for them, one for
        the categories' names and one for the brands'."""
        ...
