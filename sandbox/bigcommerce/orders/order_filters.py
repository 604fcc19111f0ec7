"""The documented filters of /v2/orders, as conditions of a query."""

import re
from collections.abc import Callable
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import refuse
from sandbox.bigcommerce.orders.times import v2_time
from sandbox.bigcommerce.state import clock

NOT_FILTERS = frozenset({"page", "limit", "sort", "include", "consignment_structure"})
# The last figure is 1 + TAX of money.py.
TOTAL = (
    "(json_extract(body, '$.shipping') + (SELECT COALESCE(SUM(quantity * json_extract(body,"
    " '$.price')), 0) FROM order_lines WHERE order_id = orders.id) * 1.1)"
)
SORTS = {
    "id": "id",
    "customer_id": "0",
    "date_created": "created",
    "date_modified": "modified",
    "status_id": "status_id",
    "channel_id": "channel_id",
    "external_id": "0",
}
NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,6})?")
SORT = re.compile(r"(\w+)(?::(asc|desc))?")

Condition = tuple[str, list[Any]]


def _number(column: str, comparison: str) -> Callable[[Call, str], Condition]:
    def condition(call: Call, name: str) -> Condition:
        if not NUMBER.fullmatch(call.query[name]):
            raise refuse(400, f"The field '{name}' is invalid.")
        return f"{column} {comparison} ?", [float(call.query[name])]

    return condition


def _text(path: str) -> Callable[[Call, str], Condition]:
    return lambda call, name: (f"json_extract(body, '$.{path}') = ?", [call.query[name]])


def _time(column: str, comparison: str) -> Callable[[Call, str], Condition]:
    def condition(call: Call, name: str) -> Condition:
        seconds = v2_time(name, call.query[name])
        return ("1", []) if seconds is None else (f"{column} {comparison} ?", [seconds])

    return condition


# Whether a minimum of a date includes its own second is not documented: it does not.
FILTERS: dict[str, Callable[[Call, str], Condition]] = {
    "min_id": _number("id", ">="),
    "max_id": _number("id", "<="),
    "min_total": _number(TOTAL, ">="),
    "max_total": _number(TOTAL, "<="),
    "customer_id": _number("0", "="),
    "status_id": _number("status_id", "="),
    "channel_id": _number("channel_id", "="),
    "email": _text("billing_address.email"),
    "cart_id": _text("cart_id"),
    "payment_method": _text("payment_method"),
    "external_order_id": _text("external_order_id"),
    "min_date_created": _time("created", ">"),
    "max_date_created": _time("created", "<="),
    "min_date_modified": _time("modified", ">"),
    "max_date_modified": _time("modified", "<="),
}


def conditions(call: Call) -> Condition:
    """Return the text after WHERE, and its values: never an archived order, and, under the hazard
    orders-late, none of the newest. Raises Refusal 422 naming unknown filters, 400 for a value."""
    call.only(NOT_FILTERS | FILTERS.keys())
    where, values = ["NOT archived"], list[Any]()
    for name in call.query:
        if name not in NOT_FILTERS:
            sql, bound = FILTERS[name](call, name)
            where.append(sql)
            values += bound
    late = call.strikes("orders-late")
    if late is not None:
        where.append("placed_at <= ?")
        values.append(clock.now() - float(late.params.get("ms", 2000)) / 1000)
    return " AND ".join(where), values


def order_by(call: Call) -> str:
    """Return the text after ORDER BY: by id, unless the query says otherwise; orders that are equal
    then come newest first. Raises Refusal 400 for a field that lists cannot be sorted by."""
    hit = SORT.fullmatch(call.query.get("sort", "id"))
    if hit is None or hit[1] not in SORTS:
        raise refuse(400, "The field 'sort' is invalid.")
    return f"{SORTS[hit[1]]} {'DESC' if hit[2] == 'desc' else 'ASC'}, id DESC"
