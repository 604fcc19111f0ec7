"""The fake BigCommerce store as imports read it (ports.store_catalogue)."""

from dataclasses import replace

from tests.fakes.store_api import FakeStoreApi
from tests.fakes.store_records import ProductRecord
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.store_catalogue import PAGE, Page


class FakeStoreCatalogue:
    """`reads` counts pages. A record's `category` is the name of its first category."""

    def __init__(self, store: FakeStoreApi, page: int = PAGE) -> None:
        self._store = store
        self._page = page
        self.reads = 0

    def page(self, ask: Ask, after: int) -> Page:
        self.reads += 1
        found = [
            shown(self._store, record)
            for number, record in sorted(self._store.records.products.items())
            if number > after and _fits(ask, record)
        ]
        some = tuple(found[: self._page])
        return Page(some, some[-1].id if some else after, len(found) > len(some))


def shown(store: FakeStoreApi, record: ProductRecord) -> WebProduct:
    """Return a record as imports see it."""
    return replace(
        record.shown_whole(list(store.records.brands.values())),
        brand=str(record.fields.get("brand_name", "")),
        category=str(record.fields.get("category", "")),
    )


def _fits(ask: Ask, record: ProductRecord) -> bool:
    fields = record.fields
    return (
        (not ask.ids or record.id in ask.ids)
        and (not ask.category or fields.get("category") == ask.category)
        and (not ask.brand or fields.get("brand_name") == ask.brand)
        and ask.keyword.casefold() in record.name.casefold()
    )
