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
    """One store. Every call may raise StoreThrottled, StoreDown, NeedsAttention, OutOfTime or
    Refused."""

    def page(self, ask: Ask, after: int) -> Page:
        """Return up to 250 of the products asked for whose id is above `after`. It costs one call
        for the products, one for the categories' names and one for the brands'."""
        ...
