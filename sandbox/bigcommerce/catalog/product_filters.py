"""The documented filters of /catalog/products, as conditions of a query."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import refuse
from sandbox.bigcommerce.calls.validate import key_of, parse_time
from sandbox.bigcommerce.state.db import placeholders

COMPARISONS = {":min": ">=", ":max": "<=", ":greater": ">", ":less": "<"}
NUMBERS = {"id": "id", "inventory_level": "level", "price": "price", "brand_id": "brand_id"}
RANGES = ("id", "inventory_level")
TEXTS = ("upc", "mpn", "availability", "type")
NOT_FILTERS = frozenset(
    {"page", "limit", "sort", "direction", "include", "include_fields", "exclude_fields",
     "keyword_context"}
)  # fmt: skip
NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]+)?")

Condition = tuple[str, list[Any]]


def _in(column: str, operator: str = "IN") -> Callable[[Call, str], Condition]:
    def condition(call: Call, name: str) -> Condition:
        values = call.integers(name) or []
        return f"{column} {operator} ({placeholders(values)})", list(values)

    return condition


def _number(column: str, comparison: str) -> Callable[[Call, str], Condition]:
    def condition(call: Call, name: str) -> Condition:
        text = call.query[name]
        if not NUMBER.fullmatch(text):
            raise refuse(422, f"The filter '{name}' is invalid.")
        return f"{column} {comparison} ?", [float(text) if "." in text else int(text)]

    return condition


def _text(column: str) -> Callable[[Call, str], Condition]:
    return lambda call, name: (f"{column} = ? COLLATE NOCASE", [call.query[name]])


def _flag(call: Call, name: str) -> Condition:
    known = {"true": 1, "1": 1, "false": 0, "0": 0}.get(call.query[name].lower())
    if known is None:
        raise refuse(422, f"The filter '{name}' is invalid.")
    return f"{name} = ?", [known]


def _skus(call: Call, name: str) -> Condition:
    values = call.strings(name) or []
    return f"sku COLLATE NOCASE IN ({placeholders(values)})", list(values)


def _on_channels(call: Call, name: str) -> Condition:
    values = call.integers(name) or []
    sql = f"SELECT product_id FROM product_channels WHERE channel_id IN ({placeholders(values)})"  # noqa: S608 - values are bound
    return f"id IN ({sql})", list(values)


def _in_all_categories(call: Call, name: str) -> Condition:
    """Match products that are in every named category (products_catalog.v3.yml)."""
    values = call.integers(name) or []
    each = "id IN (SELECT product_id FROM product_categories WHERE category_id = ?)"
    return " AND ".join([each] * len(values)) or "0", list(values)


def _in_no_other_category(call: Call, name: str) -> Condition:
    """Match products that are in the named category and no other (products_catalog.v3.yml)."""
    inside, values = _in_all_categories(call, name)
    count = "(SELECT COUNT(*) FROM product_categories WHERE product_id = products.id)"
    return f"({inside}) AND {count} = 1", values


def _time(comparison: str) -> Callable[[Call, str], Condition]:
    def condition(call: Call, name: str) -> Condition:
        text = call.query[name].replace(" ", "+")
        moment = parse_time(text)
        if moment is None:
            raise refuse(422, f"The filter '{name}' is invalid.")
        if "T" not in text:
            # A day without a time gets the current time appended (products_catalog.v3.yml).
            moment = datetime.combine(moment.date(), datetime.now(UTC).time(), UTC)
        stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
        return f"date_modified {comparison} ?", [stamp]

    return condition


def _keyword(call: Call, name: str) -> Condition:
    """Match a word in name, description, SKU or brand name (products_catalog.v3.yml)."""
    word = key_of(call.query[name])
    brands = "brand_id IN (SELECT id FROM brands WHERE INSTR(name_key, ?))"
    text = "INSTR(LOWER(json_extract(body, '$.description')), ?)"
    sql = f"(INSTR(name_key, ?) OR INSTR(LOWER(sku), ?) OR {text} OR {brands})"
    return sql, [word, word, word, word]


def _name(call: Call, name: str) -> Condition:
    return "name_key = ?", [key_of(call.query[name])]


FILTERS: dict[str, Callable[[Call, str], Condition]] = {
    "id:in": _in("id"),
    "id:not_in": _in("id", "NOT IN"),
    "inventory_level:in": _in("level"),
    "name": _name,
    "sku": _text("sku"),
    "sku:in": _skus,
    "keyword": _keyword,
    "categories": _in_no_other_category,
    "categories:in": _in_all_categories,
    "channel_id:in": _on_channels,
    "is_visible": _flag,
    "date_modified": _time("="),
    "date_modified:min": _time(">="),
    "date_modified:max": _time("<="),
    **{name: _text(name) for name in TEXTS},
    **{name: _number(column, "=") for name, column in NUMBERS.items()},
    **{
        f"{name}{suffix}": _number(NUMBERS[name], comparison)
        for name in RANGES
        for suffix, comparison in COMPARISONS.items()
    },
}


def conditions(call: Call) -> Condition:
    """Return the text after WHERE, and its values. Raises Refusal 422 naming unknown filters."""
    call.only(NOT_FILTERS | FILTERS.keys())
    names = [name for name in call.query if name not in NOT_FILTERS]
    where, values = ["1"], list[Any]()
    for name in names:
        sql, bound = FILTERS[name](call, name)
        where.append(sql)
        values += bound
    return " AND ".join(where), values
