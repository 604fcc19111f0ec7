"""`--help` is complete, matches each command, fits 80 columns and comes at once."""

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from cli import commands
from cli.command_table import COMMANDS, Command, Group, Sections
from cli.main import app
from tillbridge.version import VERSION

HEAVY = (
    *("boto3", "botocore", "pydantic", "requests", "rich", "urllib3"),
    *("jsonschema", "ministack", "samtranslator", "starlette", "uvicorn", "yaml"),
    *("sandbox", "tillbridge.adapters", "tillbridge.usecases"),
)
"""Packages that a command may import when it runs, but never for its help: each is slow."""

PRINTS_HELP = """
import contextlib, io, json, sys
from cli.main import app
with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.suppress(SystemExit):
    app([*sys.argv[1:], "--help"])
assert "Usage" in said.getvalue()
print("\\n".join(sys.modules))
"""


def _entries(sections: Sections, above: str = "") -> Iterator[tuple[str, Command | Group]]:
    for entries in sections.values():
        for name, entry in entries.items():
            path = f"{above} {name}".strip()
            yield path, entry
            if isinstance(entry, Group):
                yield from _entries(entry.sections, path)


ENTRIES: Mapping[str, Command | Group] = dict(_entries(COMMANDS))
MODULES = {path: entry.module for path, entry in ENTRIES.items() if isinstance(entry, Command)}


def _help(path: str) -> str:
    done = CliRunner(env={"COLUMNS": "80"}).invoke(app, [*path.split(), "--help"])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("path", ["", *ENTRIES])
def test_help_imports_nothing_heavy(path: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRINTS_HELP, *path.split()],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = done.stdout.split()
    assert [each for each in loaded if each.startswith(HEAVY)] == []
    ours = {each for each in loaded if each in MODULES.values()}
    assert ours == {MODULES[path]} & set(MODULES.values()) if path in MODULES else ours == set()


@pytest.mark.parametrize("path", MODULES)
def test_the_table_says_what_the_command_says(path: str) -> None:
    words = inspect.getdoc(import_module(MODULES[path]).command)
    assert words is not None
    assert words.splitlines()[0] == ENTRIES[path].help


@pytest.mark.parametrize("path", ["", *ENTRIES])
def test_a_single_h_is_help_too(path: str) -> None:
    done = CliRunner(env={"COLUMNS": "80"}).invoke(app, [*path.split(), "-h"])
    assert (done.exit_code, done.output) == (0, _help(path))


@pytest.mark.parametrize("path", MODULES)
def test_kinds_of_values_are_words(path: str) -> None:
    assert not re.search(r"<(str|int|float|bool|list|path|Path)", _help(path))


def test_the_version_is_that_of_the_code() -> None:
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.output) == (0, f"tillbridge {VERSION}\n")


def test_every_command_is_in_the_table() -> None:
    folder = Path(commands.__file__).parent
    files = {
        ".".join(file.relative_to(folder.parents[1]).with_suffix("").parts)
        for file in folder.rglob("*.py")
        if file.name not in ("__init__.py", "options.py")
    }
    assert files == set(MODULES.values())


@pytest.mark.parametrize("path", MODULES)
def test_a_module_is_named_as_its_command(path: str) -> None:
    module = "cli.commands." + path.replace("-", "_").replace(" ", ".")
    assert MODULES[path].removesuffix("_") == module


@pytest.mark.parametrize("path", ["", *ENTRIES])
def test_help_fits_80_columns(path: str) -> None:
    assert max(map(len, _help(path).splitlines())) <= 80


def test_each_command_is_one_line_under_its_heading() -> None:
    lines = _help("").splitlines()
    for heading, entries in COMMANDS.items():
        place = lines.index(f"{heading}:")
        listed = [line.split(maxsplit=1) for line in lines[place + 1 : place + 1 + len(entries)]]
        assert listed == [[name, entry.help] for name, entry in entries.items()]


def _silent(path: str) -> list[str]:
    command: Any = get_command(app)
    for name in path.split():
        command = command.get_command(None, name)
    return [each.name for each in command.params if not getattr(each, "help", "")]


@pytest.mark.parametrize("path", MODULES)
def test_every_option_and_argument_says_what_it_is_for(path: str) -> None:
    assert _silent(path) == []


def test_a_mistyped_command_suggests_the_right_one() -> None:
    for words, meant in ((["pussh"], "'push'"), (["store", "paus"], "'pause'")):
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 2
        assert f"Did you mean {meant}?" in done.output
