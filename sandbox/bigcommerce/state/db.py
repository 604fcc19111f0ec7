"""The store's own SQLite database: one connection, in memory unless a path is given."""

import sqlite3
from collections.abc import Iterable
from typing import Any

# Small pages: bodies spill into overflow pages, which counting and filtering never touch.
SCHEMA = """
PRAGMA page_size=512;
CREATE TABLE products(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name_key TEXT NOT NULL UNIQUE, url_key TEXT UNIQUE,
  name TEXT NOT NULL, sku TEXT NOT NULL, brand_id INTEGER NOT NULL, is_visible INTEGER NOT NULL,
  price REAL NOT NULL, availability TEXT NOT NULL, type TEXT NOT NULL, tracking TEXT NOT NULL,
  upc TEXT NOT NULL, mpn TEXT NOT NULL, date_modified TEXT NOT NULL, base_variant_id INTEGER,
  level INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL);
CREATE INDEX products_modified ON products(date_modified);
CREATE INDEX products_brand ON products(brand_id);
CREATE TABLE skus(
  sku_key TEXT PRIMARY KEY, product_id INTEGER NOT NULL, variant_id INTEGER) WITHOUT ROWID;
CREATE INDEX skus_product ON skus(product_id);
CREATE TABLE variants(
  id INTEGER PRIMARY KEY AUTOINCREMENT, product_id INTEGER NOT NULL, sku TEXT NOT NULL,
  is_base INTEGER NOT NULL, value_key TEXT NOT NULL, upc TEXT NOT NULL,
  level INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL, UNIQUE(product_id, value_key));
CREATE INDEX variants_sku ON variants(sku COLLATE NOCASE);
CREATE TABLE options(
  id INTEGER PRIMARY KEY AUTOINCREMENT, product_id INTEGER NOT NULL, name_key TEXT NOT NULL,
  body TEXT NOT NULL, UNIQUE(product_id, name_key));
CREATE TABLE option_values(
  id INTEGER PRIMARY KEY AUTOINCREMENT, option_id INTEGER NOT NULL, label_key TEXT NOT NULL,
  body TEXT NOT NULL, UNIQUE(option_id, label_key));
CREATE TABLE variant_values(
  variant_id INTEGER NOT NULL, option_id INTEGER NOT NULL, value_id INTEGER NOT NULL,
  PRIMARY KEY(variant_id, option_id)) WITHOUT ROWID;
CREATE INDEX variant_values_value ON variant_values(value_id);
CREATE TABLE images(
  id INTEGER PRIMARY KEY AUTOINCREMENT, product_id INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX images_product ON images(product_id);
CREATE TABLE custom_fields(
  id INTEGER PRIMARY KEY AUTOINCREMENT, product_id INTEGER NOT NULL, name TEXT NOT NULL,
  value TEXT NOT NULL, UNIQUE(product_id, name, value));
CREATE TABLE modifiers(
  id INTEGER PRIMARY KEY AUTOINCREMENT, product_id INTEGER NOT NULL, name_key TEXT NOT NULL,
  body TEXT NOT NULL, UNIQUE(product_id, name_key));
CREATE TABLE brands(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name_key TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  body TEXT NOT NULL);
CREATE TABLE trees(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL);
CREATE TABLE tree_channels(tree_id INTEGER NOT NULL, channel_id INTEGER PRIMARY KEY);
CREATE TABLE categories(
  id INTEGER PRIMARY KEY AUTOINCREMENT, tree_id INTEGER NOT NULL, parent_id INTEGER NOT NULL,
  name_key TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL,
  UNIQUE(tree_id, parent_id, name_key));
CREATE TABLE product_categories(
  product_id INTEGER NOT NULL, category_id INTEGER NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY(product_id, category_id)) WITHOUT ROWID;
CREATE INDEX product_categories_category ON product_categories(category_id);
CREATE TABLE product_channels(
  product_id INTEGER NOT NULL, channel_id INTEGER NOT NULL,
  PRIMARY KEY(product_id, channel_id)) WITHOUT ROWID;
CREATE TABLE channels(id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
CREATE TABLE locations(id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT UNIQUE, body TEXT NOT NULL);
CREATE TABLE stock(
  kind TEXT NOT NULL, item_id INTEGER NOT NULL, location_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL, PRIMARY KEY(kind, item_id, location_id)) WITHOUT ROWID;
CREATE TABLE orders(
  id INTEGER PRIMARY KEY AUTOINCREMENT, status_id INTEGER NOT NULL, channel_id INTEGER NOT NULL,
  created INTEGER NOT NULL, modified INTEGER NOT NULL, placed_at REAL NOT NULL,
  archived INTEGER NOT NULL DEFAULT 0, takes_stock INTEGER NOT NULL DEFAULT 0,
  body TEXT NOT NULL);
CREATE INDEX orders_modified ON orders(modified);
CREATE TABLE order_lines(
  id INTEGER PRIMARY KEY AUTOINCREMENT, order_id INTEGER NOT NULL, product_id INTEGER NOT NULL,
  variant_id INTEGER NOT NULL, type TEXT NOT NULL, quantity INTEGER NOT NULL,
  shipped INTEGER NOT NULL DEFAULT 0, refunded INTEGER NOT NULL DEFAULT 0,
  taken INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL);
CREATE INDEX order_lines_order ON order_lines(order_id);
CREATE TABLE refunds(
  id INTEGER PRIMARY KEY AUTOINCREMENT, order_id INTEGER NOT NULL, created INTEGER NOT NULL,
  body TEXT NOT NULL);
CREATE TABLE inventory_settings(
  channel_id INTEGER PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO trees(id, name) VALUES (1, 'Default catalog tree');
INSERT INTO sqlite_sequence(name, seq) VALUES ('orders', 99);
INSERT INTO tree_channels(tree_id, channel_id) VALUES (1, 1);
"""


class Database:
    """A thin wrapper around one sqlite3 connection; the caller serialises its use."""

    def __init__(self, path: str = ":memory:") -> None:
        self.connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.connection.executescript(SCHEMA)

    def run(self, sql: str, *values: Any) -> int:
        """Execute one statement; return the id of the row it inserted."""
        return self.connection.execute(sql, values).lastrowid or 0

    def changed(self, sql: str, *values: Any) -> int:
        """Execute one statement; return how many rows it changed."""
        return self.connection.execute(sql, values).rowcount

    def one(self, sql: str, *values: Any) -> sqlite3.Row | None:
        """Return the first row, or None."""
        row: sqlite3.Row | None = self.connection.execute(sql, values).fetchone()
        return row

    def all(self, sql: str, values: Iterable[Any] = ()) -> list[sqlite3.Row]:
        """Return every row."""
        return self.connection.execute(sql, tuple(values)).fetchall()

    def select(
        self, columns: str, tables: str, where: str, values: Iterable[Any]
    ) -> list[sqlite3.Row]:
        """Return the rows for which a condition holds; `where` may go on with an order and a limit.

        Only the values may come from a call: columns, tables and conditions are texts of ours.
        """
        sql = f"SELECT {columns} FROM {tables} WHERE {where}"  # noqa: S608 - our texts
        return self.all(sql, values)

    def count(self, tables: str, where: str, values: Iterable[Any]) -> int:
        """Return the number of rows for which a condition holds."""
        return int(self.select("COUNT(*)", tables, where, values)[0][0])

    def has(self, table: str, row_id: Any) -> bool:
        """Return whether a table has a row with this id."""
        return bool(self.select("1", table, "id=?", (row_id,)))

    def delete(self, table: str, where: str, values: Iterable[Any]) -> None:
        """Delete the rows for which a condition holds."""
        self.all(f"DELETE FROM {table} WHERE {where}", values)  # noqa: S608 - our texts, as for select

    def value(self, sql: str, *values: Any) -> Any:
        """Return the first column of the first row, or None."""
        row = self.one(sql, *values)
        return None if row is None else row[0]

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def placeholders(values: Iterable[Any]) -> str:
    """Return one question mark for each value, for IN (...)."""
    return ",".join("?" for _ in values)
