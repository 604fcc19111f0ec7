"""The JSON Schema of what `--json` prints: one definition for each command, made from the shapes.

`make openapi` writes it as contracts/cli.schema.json. Nothing that a command imports imports it."""

import json
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from cli.shapes.table import LINES, SHAPES

ABOUT = (
    "What each command prints with --json: one object, and those of "
    f"{' and '.join(sorted(LINES))} in lines until they end. New keys may come; a key that is there stays, and "
    "means what it meant. Times are ISO 8601 in UTC, money and decimals are text, an id is what other commands take."
)


class _Plain(GenerateJsonSchema):
    """Schemas without titles, which say a key's name again."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - as Pydantic calls it
        """Return that no key has a title."""
        return False

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> JsonSchemaValue:
        """Return the schema of a shape, which has its name in `$defs`."""
        made = super().typed_dict_schema(schema)
        made.pop("title", None)
        return made


def cli_schema() -> dict[str, Any]:
    """Return the schema of all commands; the definition `command:store add` is that of `tillbridge store add`."""
    inputs: list[tuple[str, Literal["serialization"], TypeAdapter[Any]]] = [
        (command, "serialization", TypeAdapter(shape)) for command, shape in sorted(SHAPES.items())
    ]
    found, made = TypeAdapter.json_schemas(
        inputs, title="tillbridge --json", description=ABOUT, schema_generator=_Plain
    )
    commands = {f"command:{command}": found[command, "serialization"] for command, _, _ in inputs}
    shapes = {name: made["$defs"][name] for name in sorted(made["$defs"])}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": made["title"],
        "description": made["description"],
        "$defs": {**commands, **shapes},
    }


def written() -> str:
    """Return the schema as contracts/cli.schema.json has it."""
    return json.dumps(cli_schema(), indent=1) + "\n"
