"""The fake BigCommerce store as imports read it (ports.store_catalogue)."""

from decimal import Decimal

from tests.fakes.store_api import FakeStoreApi
from tests.fakes.store_records import ProductRecord
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.web_product import WebImage, WebProduct, WebVariant
from tillbridge.ports.store_catalogue import PAGE, Page


class FakeStoreCatalogue:
    """`reads` counts pages. A record's `category` is its first category's name."""

    def __init__(self, store: FakeStoreApi, page: int = PAGE) -> None:
        self._store = store
        self._page = page
        self.reads = 0

    def page(self, ask: Ask, after: int) -> Page:
        self.reads += 1
        found = [
            shown(record)
            for number, record in sorted(self._store.records.products.items())
            if number > after and _fits(ask, record)
        ]
        some = tuple(found[: self._page])
        return Page(some, some[-1].id if some else after, len(found) > len(some))


def shown(record: ProductRecord) -> WebProduct:
    """A record as imports see it."""
    fields = record.fields
    return WebProduct(
        id=record.id,
        name=record.name,
        description=str(fields.get("description", "")),
        sku=record.sku,
        price=Decimal(str(fields.get("price", 0))),
        cost=Decimal(str(fields.get("cost_price") or 0)),
        brand=str(fields.get("brand_name", "")),
        category=str(fields.get("category", "")),
        upc=str(fields.get("upc", "")),
        gtin=str(fields.get("gtin", "")),
        tracking=str(fields.get("inventory_tracking", "none")),
        visible=bool(fields.get("is_visible", True)),
        kind=str(fields.get("type", "physical")),
        level=_level(record),
        images=tuple(WebImage(i, str(image["image_url"])) for i, image in record.images.items()),
        variants=tuple(
            WebVariant(
                id=variant.id,
                options=variant.options,
                sku=variant.sku,
                price=variant.fields.get("price"),
                cost=variant.fields.get("cost_price"),
                upc=str(variant.fields.get("upc", "")),
                gtin=str(variant.fields.get("gtin", "")),
            )
            for variant in record.variants.values()
            if variant.options
        ),
    )


def _level(record: ProductRecord) -> int:
    real = [variant for variant in record.variants.values() if variant.options]
    levels = [variant.levels for variant in real] or [record.levels]
    return sum(each.get(1, 0) for each in levels)


def _fits(ask: Ask, record: ProductRecord) -> bool:
    fields = record.fields
    return (
        (not ask.ids or record.id in ask.ids)
        and (not ask.category or fields.get("category") == ask.category)
        and (not ask.brand or fields.get("brand_name") == ask.brand)
        and ask.keyword.casefold() in record.name.casefold()
    )
