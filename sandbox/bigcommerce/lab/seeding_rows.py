"""Many made-up products as rows: a hundred thousand in seconds, for benches."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.bigcommerce.catalog.fields import PRODUCT, READ_ONLY, VARIANT
from sandbox.bigcommerce.catalog.product_rows import NOT_IN_BODY
from sandbox.bigcommerce.catalog.variant_rows import NOT_IN_BODY as NOT_IN_VARIANT
from sandbox.bigcommerce.state.db import placeholders
from sandbox.bigcommerce.state.store import Store


def seed_made_up(store: Store, count: int, variants: int) -> list[int]:
    """Insert "Seeded product 0" and so on, assigned to channel 1; return their ids.

    Without variants stock is tracked by product, and the SKU is "SEED-0". With variants it is
    tracked by variant, and the SKUs are "SEED-0-0" and so on, under the option Size.
    """
    db = store.db
    first = (db.value("SELECT MAX(id) FROM products") or 0) + 1
    next_variant = (db.value("SELECT MAX(id) FROM variants") or 0) + 1
    rows = _Rows(store.now(), first, next_variant, variants)
    for number in range(count):
        rows.add(number)
    db.run("BEGIN")
    try:
        for table, inserted in rows.tables.items():
            if inserted:
                sql = f"INSERT INTO {table} VALUES ({placeholders(inserted[0])})"  # noqa: S608 - our tables
                db.connection.executemany(sql, inserted)
    except BaseException:
        db.run("ROLLBACK")
        raise
    db.run("COMMIT")
    return list(range(first, first + count))


class _Rows:
    """The rows of all tables, in the order of their columns."""

    def __init__(self, now: str, first: int, next_variant: int, variants: int) -> None:
        self._now, self._first, self._variants = now, first, variants
        self._next_variant = next_variant
        self._body = {key: item.default for key, item in PRODUCT.items() if key not in NOT_IN_BODY}
        self._body |= {**READ_ONLY, "date_created": now, "is_visible": True}
        self._variant_body = json.dumps(
            {key: item.default for key, item in VARIANT.items() if key not in NOT_IN_VARIANT}
        )
        self._next_option = first * 1000
        names = ("products", "skus", "variants", "options", "option_values", "variant_values",
                 "product_channels", "stock")  # fmt: skip
        self.tables: dict[str, list[tuple[Any, ...]]] = {name: [] for name in names}

    def add(self, number: int) -> None:
        product_id = self._first + number
        sku = "" if self._variants else f"SEED-{number}"
        levels = range(self._variants) if self._variants else (number % 50,)
        base = None if self._variants else self._next_variant
        self._product(product_id, number, sku, base, sum(levels))
        self.tables["product_channels"].append((product_id, 1))
        if not self._variants:
            self._variant(product_id, sku, "", number % 50, base=True)
            self.tables["skus"].append((sku.casefold(), product_id, None))
            self.tables["stock"].append(("p", product_id, 1, number % 50))
            return
        option_id = self._take_option(product_id)
        for index, value_id in enumerate(self._values(option_id)):
            variant_sku = f"SEED-{number}-{index}"
            variant_id = self._next_variant
            self._variant(product_id, variant_sku, f"{option_id}:{value_id}", index, base=False)
            self.tables["skus"].append((variant_sku.casefold(), product_id, variant_id))
            self.tables["variant_values"].append((variant_id, option_id, value_id))
            self.tables["stock"].append(("v", variant_id, 1, index))

    def _product(
        self, product_id: int, number: int, sku: str, base: int | None, level: int
    ) -> None:
        name, price = f"Seeded product {number}", 1.5 + number % 500
        tracking = "variant" if self._variants else "product"
        url = {"url": f"/seeded-product-{number}/", "is_customized": False}
        body = self._body | {
            "name": name,
            "sku": sku,
            "price": price,
            "description": f"<p>Seeded product number {number}.</p>",
            "inventory_tracking": tracking,
            "custom_url": url,
        }
        text = json.dumps(body, separators=(",", ":"))
        self.tables["products"].append(
            (product_id, name.casefold(), url["url"], name, sku, 0, True, price, "available",
             "physical", tracking, "", "", self._now, base, level, text)
        )  # fmt: skip

    def _variant(
        self, product_id: int, sku: str, value_key: str, level: int, *, base: bool
    ) -> None:
        self.tables["variants"].append(
            (self._next_variant, product_id, sku, base, value_key, "", level, self._variant_body)
        )
        self._next_variant += 1

    def _take_option(self, product_id: int) -> int:
        option_id, self._next_option = self._next_option, self._next_option + 1
        body = {"display_name": "Size", "type": "rectangles", "config": {}, "sort_order": 0}
        self.tables["options"].append((option_id, product_id, "size", json.dumps(body)))
        return option_id

    def _values(self, option_id: int) -> Iterator[int]:
        for index in range(self._variants):
            value_id = option_id * 1000 + index
            body = {"label": f"Size {index}", "sort_order": index, "is_default": False}
            self.tables["option_values"].append(
                (value_id, option_id, f"size {index}", json.dumps(body))
            )
            yield value_id
