"""Values that satisfy a schema of an OpenAPI 3.0 text: what a client sends that is made from the text alone."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any
from uuid import UUID

type Schema = Mapping[str, Any]
type Known = Mapping[str, Sequence[str]]

_MOST_ITEMS = 3
_MOST_OPTIONAL = 4
"""Optional fields of one object: with all of thirty at once nothing is ever taken."""
_LETTERS = "abc XYZ019-_/%&#?+\"'<>{}\\äßİ日本語\u200b\xa0\x00\x1f\n\t🧵"


def resolved(text: Schema, node: Schema) -> Schema:
    """Return a node with its references followed, and the parts of an `allOf` as one."""
    while "$ref" in node:
        target: Any = text
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    if "allOf" not in node:
        return node
    parts = [node, *(resolved(text, each) for each in node["allOf"])]
    return {
        "type": "object",
        "properties": {k: v for part in parts for k, v in part.get("properties", {}).items()},
        "required": [name for part in parts for name in part.get("required", [])],
    }


def value(dice: Random, text: Schema, node: Schema, known: Known) -> Any:
    """Return a value of a schema; a field that `known` names is one of these half of the time."""
    schema = resolved(text, node)
    if "enum" in schema:
        return dice.choice(schema["enum"])
    if schema.get("nullable") and dice.random() < 0.5:
        return None
    match schema.get("type", "object"):
        case "object":
            return _object(dice, text, schema, known)
        case "array":
            least, most = schema.get("minItems", 0), schema.get("maxItems", _MOST_ITEMS)
            size = dice.randint(least, max(least, min(most, _MOST_ITEMS)))
            return [value(dice, text, schema.get("items", {}), known) for _ in range(size)]
        case kind:
            return _plain(dice, kind, schema)


def _object(dice: Random, text: Schema, schema: Schema, known: Known) -> dict[str, Any]:
    parts, required = schema.get("properties", {}), schema.get("required", [])
    optional = [name for name in parts if name not in required]
    chosen = dice.sample(optional, dice.randint(0, min(_MOST_OPTIONAL, len(optional))))
    found: dict[str, Any] = {}
    for name in (*required, *chosen):
        ours = known.get(name) if dice.random() < 0.5 else None
        found[name] = dice.choice(ours) if ours else value(dice, text, parts[name], known)
    return found


def _plain(dice: Random, kind: str, schema: Schema) -> Any:
    if kind == "boolean":
        return dice.random() < 0.5
    if kind in ("integer", "number"):
        most = schema.get("maximum", dice.choice([3, 300, 10**12]))
        whole = dice.randint(schema.get("minimum", -2), most)
        return whole if kind == "integer" else whole + dice.choice([0, 0.5, 0.02632])
    if schema.get("format", "").lower() == "uuid":
        return str(UUID(int=dice.getrandbits(128), version=4))
    least = schema.get("minLength", 0)
    size = dice.randint(least, schema.get("maxLength", least + 40))
    return "".join(dice.choices(_LETTERS, k=size))
