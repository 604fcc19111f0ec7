"""Reads of the POS API: pages, look-ups and batches of an account's records, as JSON."""

from __future__ import annotations

from sandbox.pos.cloud import PosCloud
from sandbox.pos.model import Product
from sandbox.pos.wire import Json, named_json, product_json, without


def product_page(cloud: PosCloud, since: int, limit: int, *, include_deleted: bool) -> Json:
    """Return at most `limit` products changed after version `since`, oldest change first."""
    page, more = cloud.catalogue.page(since, limit, include_deleted=include_deleted)
    shown = (_as_read(cloud, product) for product in page)
    return {
        "data": [_record(cloud, product) for product in shown if product],
        "next_version": page[-1].version if page else since,
        "has_more": more,
    }


def products_found(cloud: PosCloud, name: str, value: str) -> list[Json]:
    """Return the products that have a SKU, a product number or an external id.

    name: "sku", "product_number" or "external_id".
    """
    catalogue = cloud.catalogue
    if name == "sku":
        found = catalogue.holders_of_sku(value)
    elif name == "product_number":
        wanted = value.casefold()
        found = [p for p in catalogue.live() if wanted in _product_numbers(p)]
    else:
        wanted = value.casefold()
        found = [
            p for p in catalogue.live() if wanted in map(str.casefold, p.external_ids.values())
        ]
    return [_record(cloud, product) for product in found]


def products_by_id(cloud: PosCloud, ids: list[str]) -> Json:
    """Return the products with these ids, tombstones included, and the ids not found."""
    data, missing = [], []
    for product_id in dict.fromkeys(ids):
        known = cloud.catalogue.find(product_id)
        shown = _as_read(cloud, known) if known else None
        if shown and not cloud.faults.leaves_out(product_id):
            data.append(_record(cloud, shown))
        else:
            missing.append(product_id)
    return {"data": data, "not_found": missing}


def departments_since(cloud: PosCloud, since: int) -> Json:
    """Return the departments created after version `since`, oldest first."""
    with cloud.catalogue.lock:
        found = cloud.catalogue.departments.since(since)
    newest = found[-1].version if found else since
    return {
        "data": [named_json(named) for named in found],
        "next_version": newest,
        "has_more": False,
    }


def ensured_department(cloud: PosCloud, name: str) -> tuple[Json, bool]:
    """Return the department with this name, created if there is none, and whether it is new."""
    with cloud.catalogue.lock:
        named, new = cloud.catalogue.departments.ensure(name)
    return named_json(named), new


def ensured_vendor(cloud: PosCloud, name: str) -> tuple[Json, bool]:
    """Return the vendor with this name, created if there is none, and whether it is new."""
    with cloud.catalogue.lock:
        named, new = cloud.catalogue.vendors.ensure(name)
    return named_json(named), new


def outlets(cloud: PosCloud) -> list[Json]:
    """Return every outlet."""
    return [{"id": o.id, "name": o.name, "active": o.active} for o in cloud.catalogue.outlets]


def offers_web_orders(cloud: PosCloud) -> bool:
    """Return whether this POS has the optional part of the contract that books web orders."""
    return cloud.web_orders.booking != "not_offered"


def new_skus(cloud: PosCloud, count: int) -> list[str]:
    """Return this many numbers that no product has."""
    return [cloud.catalogue.issue_sku() for _ in range(count)]


def _record(cloud: PosCloud, product: Product) -> Json:
    """Return the record without the keys that the fault `omits` names."""
    return without(product_json(product), cloud.faults.omits)


def _as_read(cloud: PosCloud, product: Product) -> Product | None:
    """Return the record a reader sees: under the stale fault the one before the newest."""
    if cloud.faults.reads_stale(product.id):
        return cloud.catalogue.previous(product.id)
    return product


def _product_numbers(product: Product) -> set[str]:
    own = {product.product_number, *(variant.product_number for variant in product.variants)}
    return {number.casefold() for number in own if number}
