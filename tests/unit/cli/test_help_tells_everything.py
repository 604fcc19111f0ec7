"""`--help`: every option and argument of every command says what it is for."""

from typing import Any

from typer.main import get_command

from cli.main import app


def _silent(command: Any, path: str) -> list[str]:
    inner = getattr(command, "commands", None)
    if inner is not None:
        return [found for name, each in inner.items() for found in _silent(each, f"{path} {name}")]
    return [f"{path} {each.name}" for each in command.params if not getattr(each, "help", "")]


def test_every_option_and_argument_says_what_it_is_for() -> None:
    assert _silent(get_command(app), "tillbridge") == []
