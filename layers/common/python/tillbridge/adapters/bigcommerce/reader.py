"""The port StoreReader over BigCommerce's REST API: one object per store and slice."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, override

from pydantic import BeforeValidator

from tillbridge.adapters.bigcommerce.answer import (
    Answer,
    UnreadableAnswerError,
    UnreadableRecordError,
)
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.pages import PAGE, Part, every, part_of
from tillbridge.adapters.bigcommerce.products import PRODUCTS, all_variants
from tillbridge.adapters.bigcommerce.selections import (
    COMPARED,
    COMPARED_WITH_IMAGES,
    NAMES,
    Selection,
)
from tillbridge.adapters.bigcommerce.store_client import StoreClient
from tillbridge.adapters.bigcommerce.store_facts import facts_of
from tillbridge.adapters.bigcommerce.wire import read_brand, read_item, reader
from tillbridge.adapters.bigcommerce.wire_product import ProductRecord, read_found
from tillbridge.adapters.borders.values import whole_number
from tillbridge.adapters.wire_record import Record
from tillbridge.domain.canary import is_canary
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.store_facts import StoreFacts
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.store_reader import StoreReader, WebLevels, WebPage

_YEAR_9999 = 253_402_300_799
"""The last second that a date can name."""

ITEMS_A_PAGE = 1_000
"""The most items of one page of an inventory list."""


class _TimeRecord(Record):
    time: Annotated[int, BeforeValidator(whole_number(0, _YEAR_9999))]


_read_time = reader(_TimeRecord)


class BigCommerceReader(StoreClient, StoreReader):
    """The store `store_hash` at `api_url`, readable until `deadline_ms` (epoch ms)."""

    @override
    def now_ms(self) -> int:
        return self._transport.send(Call("GET", "/time", version="v2"), _time)

    @override
    def facts(self) -> StoreFacts:
        return self._transport.send(Call("GET", "/store", version="v2"), _facts)

    @override
    def page(self, after: StoreProductId, changed_since_ms: int = 0) -> WebPage:
        """Return one page by ascending id, so that products added or deleted meanwhile shift
        nothing."""
        query = {
            **COMPARED.query,
            "limit": str(PAGE),
            "sort": "id",
            "direction": "asc",
            "id:greater": str(after),
        }
        if changed_since_ms:
            # Given a date alone, BigCommerce adds the present time of day.
            since = datetime.fromtimestamp(changed_since_ms // 1_000, UTC)
            query["date_modified:min"] = since.isoformat()
        found = self._transport.send(Call("GET", PRODUCTS, query=query), _products)
        fresh = [product for product in found.records if product.id > after]
        last = not fresh or found.ends(found.seen)
        ours = [product for product in fresh if not is_canary(product.sku)]
        return WebPage(tuple(map(self._as_read, ours)), last)

    @override
    def products(
        self, ids: Sequence[StoreProductId], *, with_images: bool = False
    ) -> Sequence[WebProduct]:
        if not ids:
            return []
        selection = COMPARED_WITH_IMAGES if with_images else COMPARED
        query = {**selection.query, "id:in": ",".join(map(str, ids))}
        found = every(self._transport, PRODUCTS, read_found, query=query)
        return [self._as_read(product, selection) for product in found]

    @override
    def brands(self, ids: Sequence[int] | None) -> Mapping[int, str]:
        query = NAMES.query
        if ids is not None:
            query["id:in"] = ",".join(map(str, ids))
        found = every(self._transport, "/catalog/brands", read_brand, query=query)
        return {brand.id: brand.name for brand in found}

    @override
    def levels(self, location: int, ids: Sequence[StoreProductId]) -> WebLevels:
        levels: dict[StoreProductId, dict[StoreVariantId, int]] = {}
        seen = 0
        page = 1
        while True:
            query = {
                "product_id:in": ",".join(map(str, ids)),
                "limit": str(ITEMS_A_PAGE),
                "page": str(page),
            }
            template = "/inventory/locations/{location_id}/items"
            call = Call("GET", template, {"location_id": location}, query)
            items = self._transport.send(call, lambda answer: part_of(answer, read_item))
            seen += items.seen
            for item in items.records:
                product = StoreProductId(item.identity.product_id)
                variant = StoreVariantId(item.identity.variant_id)
                levels.setdefault(product, {})[variant] = item.total_inventory_onhand
            if items.ends(seen):
                return levels
            page += 1

    def _as_read(self, product: ProductRecord, selection: Selection = COMPARED) -> WebProduct:
        return all_variants(self._transport, product).as_read(selection)


def _products(answer: Answer) -> Part[ProductRecord]:
    return part_of(answer, read_found)


def _facts(answer: Answer) -> StoreFacts:
    if not isinstance(answer.body, dict):
        raise UnreadableRecordError("the answer is no store")
    return facts_of(answer.body)


def _time(answer: Answer) -> int:
    try:
        return int(_read_time(answer.body).time) * 1_000
    except UnreadableRecordError as error:
        raise UnreadableAnswerError("the answer has no time") from error
