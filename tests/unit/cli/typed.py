"""What the command line says when somebody types a command; with `--json` it must have the shape of the schema."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from cli.main import app
from cli.shapes.table import LINES, SHAPES

SCHEMA = Path(__file__).parents[3] / "contracts" / "cli.schema.json"


def typed(*words: str, status: int = 0, answer: str = "") -> str:
    """Return what `tillbridge WORDS` prints, to standard output alone with `--json`; it must end with this
    exit status."""
    done = run(*words, status=status, answer=answer)
    if "--json" not in words:
        return done.output
    if done.stdout:
        need_shape(command_of(words), done.stdout)
    return done.stdout


def run(*words: str, status: int = 0, answer: str = "") -> Result:
    """Return how `tillbridge WORDS` ended, which must be with this exit status."""
    done = CliRunner(env={"COLUMNS": "200"}).invoke(app, words, input=answer)
    assert done.exit_code == status, (done.output, done.exception)
    return done


def command_of(words: tuple[str, ...]) -> str:
    """Return the command that words call: of `orders`, which is one without more, too."""
    found = [" ".join(words[:2]), words[0], f"{words[0]} list"]
    return next(each for each in found if each in SHAPES)


def need_shape(command: str, printed: str) -> None:
    """Judge what was printed: nothing but one object, or lines that are one each, with no key that is unknown."""
    told = [json.loads(line) for line in printed.splitlines()] if command in LINES else None
    for each in [json.loads(printed)] if told is None else told:
        assert isinstance(each, dict)
        _validator(command).validate(each)


@cache
def _validator(command: str) -> Draft202012Validator:
    whole = json.loads(SCHEMA.read_text(encoding="utf-8"), object_hook=_closed)
    return Draft202012Validator(
        whole | {"$ref": f"#/$defs/command:{command}"},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    # A reader of the contract must let new keys pass; a command may print none that it does not name.
    if schema.get("type") == "object" and "properties" in schema:
        schema["additionalProperties"] = False
    return schema
