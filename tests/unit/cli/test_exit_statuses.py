"""What a command ends with says whether it was typed wrong or could not be done (docs/command-line.md)."""

import ast
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from cli.cannot_run import CannotRun, WrongArguments

app = typer.Typer(rich_markup_mode=None)


@app.command()
def one(what: str) -> None:
    kinds = {"arguments": WrongArguments, "world": CannotRun}
    raise kinds[what]("Do this instead.")


@app.command()
def two() -> None:
    """Make it a group."""


def test_what_was_typed_wrong_ends_with_2_and_the_usage() -> None:
    done = CliRunner().invoke(app, ["one", "arguments"])
    assert done.exit_code == 2
    assert "Usage" in done.output
    assert "Error: Do this instead." in done.output


def test_what_cannot_be_done_ends_with_1_and_nothing_but_the_words() -> None:
    done = CliRunner().invoke(app, ["one", "world"])
    assert (done.exit_code, done.output) == (1, "Error: Do this instead.\n")


def _raised(path: Path) -> set[str]:
    calls = [
        node.exc.func
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
    ]
    return {ast.unparse(each) for each in calls}


@pytest.mark.parametrize("wing", ["deployment", "sides", "verify"])
def test_no_wing_that_works_on_a_deployment_calls_what_it_finds_a_typing_mistake(
    wing: str, repository: Path
) -> None:
    found = {
        path.name
        for path in (repository / "cli" / wing).rglob("*.py")
        if {"WrongArguments", "typer.BadParameter"} & _raised(path)
    }
    assert found <= {"both_sides.py"}, "an address that no token may be sent to was typed"
