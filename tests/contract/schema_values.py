"""Values that satisfy a schema of an OpenAPI 3.0 text: what a client sends that is made from the text alone."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

type Schema = Mapping[str, Any]
type Known = Mapping[str, st.SearchStrategy[Any]]

_MOST_ITEMS = 3
_MOST_OPTIONAL = 4
"""Optional fields of one object: with all of thirty at once nothing is ever taken."""


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


@st.composite
def values(draw: st.DrawFn, text: Schema, node: Schema, known: Known) -> Any:
    """Draw a value of a schema; a field that `known` names is drawn from there half of the time."""
    schema = resolved(text, node)
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    if schema.get("nullable") and draw(st.booleans()):
        return None
    match schema.get("type", "object"):
        case "object":
            return draw(_objects(text, schema, known))
        case "array":
            item = schema.get("items", {})
            least, most = schema.get("minItems", 0), schema.get("maxItems", _MOST_ITEMS)
            sizes = st.integers(least, max(least, min(most, _MOST_ITEMS)))
            return [draw(values(text, item, known)) for _ in range(draw(sizes))]
        case kind:
            return draw(_plain(kind, schema))


@st.composite
def _objects(draw: st.DrawFn, text: Schema, schema: Schema, known: Known) -> dict[str, Any]:
    parts, required = schema.get("properties", {}), schema.get("required", [])
    optional = [name for name in parts if name not in required]
    chosen = st.lists(st.sampled_from(optional), max_size=_MOST_OPTIONAL, unique=True)
    found: dict[str, Any] = {}
    for name in [*required, *(draw(chosen) if optional else [])]:
        ours = known.get(name) if draw(st.booleans()) else None
        found[name] = draw(ours if ours is not None else values(text, parts[name], known))
    return found


def _plain(kind: str, schema: Schema) -> st.SearchStrategy[Any]:
    if kind == "boolean":
        return st.booleans()
    if kind == "integer":
        return st.integers(schema.get("minimum", -(10**12)), schema.get("maximum", 10**12))
    if kind == "number":
        return st.decimals(-1_000, 1_000_000, places=3).map(float)
    if schema.get("format", "").lower() == "uuid":
        return st.uuids().map(str)
    return st.text(min_size=schema.get("minLength", 0), max_size=schema.get("maxLength", 60))
