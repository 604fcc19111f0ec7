"""Reading a BigCommerce store through its public v3 API."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from cli.verify.model import Json, StoreSide
from cli.verify.reading import Reader

PAGE = 250
PAGE_WITH_MODIFIERS = 10
"""include=modifiers caps pages at 10 (products_catalog.v3.yml)."""
INVENTORY_PAGE = 1000
IDS_A_CALL = 100
COMPARED = "variants,images,channels"
OWNED = "variants,custom_fields,modifiers"


@dataclass(slots=True)
class Online:
    """The data read from a store: products, brands, and levels by variant id and product id."""

    products: dict[int, Json] = field(default_factory=dict)
    variant_levels: dict[int, int] = field(default_factory=dict)
    product_levels: dict[int, int] = field(default_factory=dict)
    brands: dict[int, str] = field(default_factory=dict)


def open_store(store: StoreSide) -> Reader:
    """Return a reader of the store, to use in a `with`."""
    base = f"{store.api_url.rstrip('/')}/stores/{store.store_hash}/v3"
    return Reader("web store", base, {"X-Auth-Token": store.token, "User-Agent": store.agent})


def products(reader: Reader, include: str, limit: int) -> Iterator[Json]:
    """Yield every product, by ascending id.

    Each page starts after the last id, not at a page number, so a product that is created or
    deleted meanwhile shifts no page, and the page count in the response is not needed."""
    last = 0
    while True:
        query: dict[str, Any] = {"include": include, "limit": limit, "sort": "id"}
        page = reader.get("/catalog/products", id__greater=last, **query)["data"]
        if not page:
            return
        yield from page
        last = max(int(product["id"]) for product in page)


def read_store(reader: Reader, location_id: int) -> Online:
    """Return everything that is compared."""
    online = Online({int(found["id"]): found for found in products(reader, COMPARED, PAGE)})
    number = 1
    while items := _levels(reader, location_id, page=number):
        _note_levels(online, items)
        number += 1
    _read_brands(reader, online)
    return online


def read_products(reader: Reader, location_id: int, ids: Iterable[int]) -> Online:
    """Return the same for some products, by their ids, without those that no longer exist."""
    online = Online()
    for part in batched(sorted(ids), IDS_A_CALL, strict=False):
        wanted = ",".join(map(str, part))
        page = reader.get("/catalog/products", id__in=wanted, include=COMPARED, limit=PAGE)
        online.products |= {int(found["id"]): found for found in page["data"]}
        number = 1
        while items := _levels(reader, location_id, page=number, product_id__in=wanted):
            _note_levels(online, items)
            number += 1
    _read_brands(reader, online)
    return online


def _levels(reader: Reader, location_id: int, **query: Any) -> list[Json]:
    path = f"/inventory/locations/{location_id}/items"
    items: list[Json] = reader.get(path, limit=INVENTORY_PAGE, **query)["data"]
    return items


def _note_levels(online: Online, items: list[Json]) -> None:
    for item in items:
        level = int(item["total_inventory_onhand"])
        online.variant_levels[int(item["identity"]["variant_id"])] = level
        online.product_levels[int(item["identity"]["product_id"])] = level


def _read_brands(reader: Reader, online: Online) -> None:
    wanted = {int(product["brand_id"] or 0) for product in online.products.values()} - {0}
    for part in batched(sorted(wanted), IDS_A_CALL, strict=False):
        page = reader.get("/catalog/brands", id__in=",".join(map(str, part)), limit=PAGE)
        online.brands |= {int(brand["id"]): brand["name"] for brand in page["data"]}
