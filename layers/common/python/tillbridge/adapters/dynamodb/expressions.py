"""Update expressions in which every name is an alias, because DynamoDB reserves many words."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tillbridge.adapters.dynamodb.attributes import SHAPE, to_item

_NOT_NEWER = "(attribute_not_exists(#v) OR #v <= :v)"
"""No write goes over the row of a later release: `our_errors` tells such a refusal from others."""

_ALIAS = re.compile(r"#(\w+)")
_VALUE = re.compile(r":(\w+)")


def keep(names: Iterable[str]) -> list[str]:
    """Return assignments that keep a value which is there already."""
    return [f"#{name} = if_not_exists(#{name}, :{name})" for name in names]


def put(names: Iterable[str]) -> list[str]:
    """Return assignments that replace a value."""
    return [f"#{name} = :{name}" for name in names]


def written(values: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return assignments for the values that are not None, and the names to remove for the
    others."""
    there = put(name for name, value in values.items() if value is not None)
    return there, [f"#{name}" for name, value in values.items() if value is None]


def conditional(condition: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a conditional put or delete. When the condition fails, DynamoDB
    returns the item that is there."""
    return _named(_guarded(condition), values)


def update(
    assignments: Iterable[str],
    values: Mapping[str, Any],
    condition: str = "",
    removes: Iterable[str] = (),
    *,
    adds: Iterable[str] = (),
    takes: Iterable[str] = (),
) -> dict[str, Any]:
    """Return the arguments of an update. `adds` and `takes` name sets to which the values are added,
    or from which they are taken. An update may create the item, so it also writes the
    version of the item's shape. When the condition fails, DynamoDB returns the item that is
    there."""
    expression = f"SET {', '.join([*assignments, '#v = :v'])}"
    if gone := ", ".join(removes):
        expression += f" REMOVE {gone}"
    for word, names in (("ADD", adds), ("DELETE", takes)):
        if some := ", ".join(f"#{name} :{name}" for name in names):
            expression += f" {word} {some}"
    return _named({"UpdateExpression": expression, **_guarded(condition)}, values)


def _guarded(condition: str) -> dict[str, str]:
    # DynamoDB refuses redundant parentheses. A condition that begins with one has its ORs in some.
    if " OR " in condition and not condition.startswith("("):
        condition = f"({condition})"
    return {"ConditionExpression": " AND ".join(filter(None, (condition, _NOT_NEWER)))}


def _named(expressions: dict[str, str], some: Mapping[str, Any]) -> dict[str, Any]:
    text = " ".join(expressions.values())
    values = {**some, "v": SHAPE}
    used = {name: values[name] for name in _VALUE.findall(text)}
    out: dict[str, Any] = {
        **expressions,
        "ExpressionAttributeNames": {f"#{name}": name for name in _ALIAS.findall(text)},
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    if used:
        out["ExpressionAttributeValues"] = {f":{n}": v for n, v in to_item(used).items()}
    return out
