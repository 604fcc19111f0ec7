"""The state of the POS: every product at its newest version, in version order, under one lock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from sandbox.pos.model import Named, Outlet, Product
from sandbox.pos.name_book import NameBook
from sandbox.pos.refusal import not_found

_FIRST_NUMBER = 10000


class Catalogue:
    """Products by id; hold `lock` while reading or writing anything that must stay consistent."""

    def __init__(self, outlets: Sequence[Outlet], currency: str) -> None:
        self.lock = threading.RLock()
        self.outlets = tuple(outlets)
        self.currency = currency
        self._version = 0
        # Re-inserted at every change, so that the dict's own order is version order.
        self._products: dict[str, Product] = {}
        self._previous: dict[str, Product] = {}
        self._by_sku: dict[str, dict[str, None]] = {}
        self._variant_numbers: dict[str, int] = {}
        self._next_number = _FIRST_NUMBER
        self._reserved: set[str] = set()
        # Of whoever judges afterwards which record held what, and of the other wires of this shop:
        # each is called with every record, in version order, under the lock.
        self.watchers: list[Callable[[Product], None]] = []
        self.departments = NameBook("d", self.next_version)
        self.vendors = NameBook("v", self.next_version)

    @property
    def version(self) -> int:
        """The newest version of anything in this account."""
        return self._version

    def next_version(self) -> int:
        """Return a version above all others.

        Hold the lock from here until the record is stored, so that no version appears late.
        """
        with self.lock:
            self._version += 1
            return self._version

    def put(self, product: Product) -> None:
        """Store this as the newest record of its product."""
        with self.lock:
            before = self._products.pop(product.id, None)
            if before is not None:
                self._previous[product.id] = before
                self._unindex(before)
            self._products[product.id] = product
            for watch in self.watchers:
                watch(product)
            if product.deleted_at is None:
                for sku in product.skus():
                    self._by_sku.setdefault(sku.casefold(), {})[product.id] = None

    def _unindex(self, product: Product) -> None:
        for sku in product.skus():
            holders = self._by_sku.get(sku.casefold(), {})
            holders.pop(product.id, None)
            if not holders:
                self._by_sku.pop(sku.casefold(), None)

    def find(self, product_id: str) -> Product | None:
        """Return the newest record of a product, a tombstone included, or None."""
        with self.lock:
            return self._products.get(product_id)

    def previous(self, product_id: str) -> Product | None:
        """Return the record before the newest, as a lagging replica would, or None."""
        with self.lock:
            return self._previous.get(product_id)

    def get(self, product_id: str) -> Product:
        """Return the newest record of a product that is not deleted. Raises PosRefusal (404)."""
        product = self.find(product_id)
        if product is None or product.deleted_at is not None:
            raise not_found(product_id)
        return product

    def page(self, since: int, limit: int, *, include_deleted: bool) -> tuple[list[Product], bool]:
        """Return at most `limit` products newer than `since`, ascending, and whether more exist."""
        with self.lock:
            newer = (
                product
                for product in self._products.values()
                if product.version > since and (include_deleted or product.deleted_at is None)
            )
            found = list(islice(newer, limit + 1))
        return found[:limit], len(found) > limit

    def live(self) -> list[Product]:
        """Return every product that is not deleted."""
        with self.lock:
            return [product for product in self._products.values() if product.deleted_at is None]

    def holders_of_sku(self, sku: str) -> list[Product]:
        """Return the products that have this SKU, or a variant with it, case ignored."""
        with self.lock:
            return [self._products[held] for held in self._by_sku.get(sku.casefold(), {})]

    def reserve_skus(self, skus: Iterable[str]) -> None:
        """Exclude SKUs from being issued: the file about to be loaded uses them."""
        with self.lock:
            self._reserved.update(skus)

    def issue_sku(self) -> str:
        """Return the POS's next number as a SKU: from 10000, never one in use."""
        with self.lock:
            while (number := str(self._next_number)) in self._by_sku or number in self._reserved:
                self._next_number += 1
            self._next_number += 1
            return number

    def new_variant_id(self, product_id: str) -> str:
        """Return an id for a variant that its product has never used."""
        with self.lock:
            number = self._variant_numbers.get(product_id, 0) + 1
            self._variant_numbers[product_id] = number
            return f"{product_id}~{number}"

    def new_product_id(self) -> str:
        """Return an id that no product has."""
        with self.lock:
            while (candidate := f"p-{self.next_version()}") in self._products:
                pass
            return candidate

    def department_by_id(self, department_id: str) -> Named | None:
        """Return the department with this id, or None."""
        with self.lock:
            return next(
                (named for named in self.departments.since(0) if named.id == department_id), None
            )

    def vendor_by_id(self, vendor_id: str) -> Named | None:
        """Return the vendor with this id, or None."""
        with self.lock:
            return next((named for named in self.vendors.since(0) if named.id == vendor_id), None)
