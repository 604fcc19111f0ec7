"""Checks of values against the documented limits, with a message for each field."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeIs

from sandbox.bigcommerce.calls.errors import invalid_fields, refuse
from sandbox.bigcommerce.calls.field import Field

SKU = re.compile(r"[A-Za-z0-9 _-]*")
FOUR_PLACES = Decimal("0.0001")


def is_number(value: Any) -> bool:
    """Return whether a JSON value is a number; true and false are not."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_integer(value: Any) -> TypeIs[int]:
    """Return whether a JSON value is a whole number that fits into a row."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def own_id(item: Any) -> int | None:
    """Return the id of an item, None if absent. Raises Refusal 422 if it is not an integer."""
    given = item.get("id") if isinstance(item, dict) else None
    if not given:
        return None
    if not is_integer(given):
        raise invalid_fields({"id": "id must be an integer"})
    return given


def records(name: str, value: Any) -> list[Any]:
    """Return the list in a field, empty if there is none. Raises Refusal 422 for anything else."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise invalid_fields({name: f"{name} must be an array"})
    return value


def four_places(value: float) -> float:
    """Return a number rounded to four decimals, as documented (10.99999 becomes 11)."""
    rounded = Decimal(repr(value)).quantize(FOUR_PLACES, ROUND_HALF_UP)
    return int(rounded) if rounded == rounded.to_integral() else float(rounded)


def _string(field: Field, value: Any) -> str | None:
    if not isinstance(value, str):
        return "must be a string"
    if field.choices and value not in field.choices:
        return f"must be one of {', '.join(field.choices)}"
    if field.low is not None and len(value.strip()) < field.low:
        return f"must be at least {int(field.low)} character(s) long"
    if field.high is not None and len(value) > field.high:
        return f"must be at most {int(field.high)} characters long"
    return None


def _number(field: Field, value: Any) -> str | None:
    if not is_number(value):
        return "must be a number"
    if field.low is not None and value < field.low:
        return f"must be at least {field.low}"
    if field.high is not None and value > field.high:
        return f"must be at most {field.high}"
    return None


def _integer(field: Field, value: Any) -> str | None:
    return _number(field, value) if is_integer(value) else "must be an integer"


def _boolean(_field: Field, value: Any) -> str | None:
    return None if isinstance(value, bool) else "must be true or false"


def _strings(_field: Field, value: Any) -> str | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return None
    return "must be an array of strings"


def _integers(field: Field, value: Any) -> str | None:
    if not isinstance(value, list) or not all(is_integer(item) for item in value):
        return "must be an array of integers"
    if field.high is not None and len(value) > field.high:
        return f"must have at most {int(field.high)} items"
    return None


def _date(_field: Field, value: Any) -> str | None:
    return None if parse_time(value) else "must be a date-time"


def _object(_field: Field, value: Any) -> str | None:
    return None if isinstance(value, dict) else "must be an object"


CHECKS: dict[str, Callable[[Field, Any], str | None]] = {
    "string": _string,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "strings": _strings,
    "integers": _integers,
    "date": _date,
    "object": _object,
}


def fault(field: Field, value: Any) -> str | None:
    """Return what is wrong with a value, None if it is allowed."""
    if value is None:
        return None if field.nullable else "must not be null"
    return CHECKS[field.kind](field, value)


def clean(fields: Mapping[str, Field], payload: Any) -> dict[str, Any]:
    """Return the known fields of a payload, rounded; unknown fields are ignored, as by BigCommerce.

    Raises Refusal 422 naming every field whose value is not allowed.
    """
    if not isinstance(payload, dict):
        raise refuse(422, "JSON data is missing or invalid")
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, value in payload.items():
        field = fields.get(name)
        if field is None:
            continue
        words = fault(field, value) or (sku_fault(value) if name == "sku" else None)
        if words:
            faults[name] = f"{name} {words}"
        else:
            rounds = field.kind == "number" and value is not None
            values[name] = four_places(value) if rounds else value
    if faults:
        raise invalid_fields(faults)
    return values


def sku_fault(sku: str) -> str | None:
    """Return what is wrong with a SKU's characters by BigCommerce's documented rule, or None."""
    if SKU.fullmatch(sku):
        return None
    return "may only contain letters, digits, hyphens, underscores and spaces"


def parse_time(text: Any) -> datetime | None:
    """Return the time in an ISO 8601 text, in UTC if it names no zone; None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def key_of(text: str) -> str:
    """Return the form in which texts are compared for uniqueness. BigCommerce's documentation does
    not say how it compares them. The harsher reading: case, how an accent is composed, the kind of a
    blank and characters that nobody sees do not count, and ß is ss."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", " ".join(re.split(r"\s", seen)).casefold()).strip()
