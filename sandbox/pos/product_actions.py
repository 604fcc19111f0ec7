"""The two triggers that change products: a save on the edit page, and an import of a CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sandbox.pos.catalogue import Catalogue
from sandbox.pos.clock import timestamp, utc_now
from sandbox.pos.emitter import Emitter
from sandbox.pos.events import reference
from sandbox.pos.inputs import ProductInput
from sandbox.pos.model import Product
from sandbox.pos.refusal import PosRefusal
from sandbox.pos.saving import blank_product, saved

type Data = dict[str, Any]


class ProductActions:
    """Product triggers of the POS; each returns the data of the event it sent."""

    catalogue: Catalogue
    emitter: Emitter

    def load(self, products: Iterable[ProductInput]) -> None:
        """Fill the catalogue before the shop opens, without events; repeated SKUs are allowed."""
        given = list(products)
        with self.catalogue.lock:
            self._reserve(given)
            self._store(given)

    def save_product(self, product_id: str | None = None, **fields: Any) -> Data:
        """Save one product; only the named fields change. Without a known id it is a new product.

        Raises PosRefusal (`sku_taken`, ...) and pydantic.ValidationError.
        """
        return self.save_products([{"id": product_id, **fields}])

    def save_products(self, saves: Sequence[dict[str, Any]]) -> Data:
        """Save several products at once, as when two swap their SKUs: one event, all or nothing."""
        inputs = [ProductInput.model_validate(fields) for fields in saves]
        with self.catalogue.lock:
            _refuse_nameless(self.catalogue, inputs)
            self._refuse_taken(inputs)
            self._reserve(inputs)
            known = {given.id for given in inputs if self.catalogue.find(given.id or "")}
            references = [
                reference(
                    stored,
                    change="updated" if given.id in known else "created",
                    changed_fields=given.model_fields_set - {"id"},
                )
                for given, stored in zip(inputs, self._store(inputs), strict=True)
            ]
            version = self.catalogue.version
        return self.emitter.emit("product.saved", {}, references, sequence=version)

    def delete_product(self, product_id: str) -> Data:
        """Delete a product; its tombstone stays readable."""
        with self.catalogue.lock:
            product = self.catalogue.get(product_id)
            now = timestamp(utc_now())
            version = self.catalogue.next_version()
            gone = replace(product, version=version, updated_at=now, deleted_at=now)
            self.catalogue.put(gone)
        references = [reference(gone, change="deleted")]
        return self.emitter.emit("product.saved", {}, references, sequence=version)

    def import_products(
        self, products: Iterable[ProductInput], file_name: str, rows: int, failed: int = 0
    ) -> Data:
        """Save every product of a CSV, then send one event (a claim check above 200 products).

        `rows` and `failed` count the rows of the file and those skipped. Raises PosRefusal.
        """
        given = list(products)
        with self.catalogue.lock:
            self._reserve(given)
            created = sum(self.catalogue.find(p.id or "") is None for p in given)
            stored = self._store(given)
            version = self.catalogue.version
        if not stored:
            raise PosRefusal("nothing_to_import", f"{file_name} holds no product.")
        summary = {
            "import_id": f"imp-{version}",
            "file_name": file_name,
            "rows": rows,
            "created": created,
            "updated": len(stored) - created,
            "failed": failed,
        }
        references = [{"product_id": x.id, "version": x.version} for x in stored]
        return self.emitter.emit(
            "product.imported",
            {"import": summary},
            references,
            sequence=version,
            correlation_id=f"imp-{version}",
        )

    def _reserve(self, given: list[ProductInput]) -> None:
        skus = (sku for p in given for sku in (p.sku, *(v.sku for v in p.variants)) if sku)
        self.catalogue.reserve_skus(skus)

    def _store(self, inputs: list[ProductInput]) -> list[Product]:
        """Store every product or, if one raises PosRefusal, none; return them as stored."""
        staged: dict[str, Product] = {}
        every: list[Product] = []
        for given in inputs:
            product_id = given.id or self.catalogue.new_product_id()
            before = staged.get(product_id) or self.catalogue.find(product_id)
            before = before or blank_product(self.catalogue, product_id)
            product = saved(self.catalogue, before, given, self.catalogue.next_version())
            staged[product_id] = product
            every.append(product)
        for product in every:
            self.catalogue.put(product)
        return every

    def _refuse_taken(self, inputs: list[ProductInput]) -> None:
        """Raise PosRefusal if another product has a SKU; a swap within one save is allowed."""
        saving = {given.id for given in inputs}
        wanted: dict[str, str | None] = {}
        for given in inputs:
            for sku in {given.sku, *(v.sku for v in given.variants)} - {""}:
                key = sku.casefold()
                others = [p.id for p in self.catalogue.holders_of_sku(sku) if p.id not in saving]
                if others or wanted.setdefault(key, given.id) != given.id:
                    holder = others[0] if others else wanted[key]
                    words = f"The SKU {sku} belongs to product {holder!r}."
                    raise PosRefusal("sku_taken", words, status=409, existing_id=holder)


def _refuse_nameless(catalogue: Catalogue, inputs: list[ProductInput]) -> None:
    for given in inputs:
        new = given.id is None or catalogue.find(given.id) is None
        if not given.name.strip() and (new or "name" in given.model_fields_set):
            raise PosRefusal("name_missing", "A product needs a name.")
