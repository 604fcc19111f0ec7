"""An alarm that rings at night says where to read what to do, and that is there."""

import re
from pathlib import Path
from typing import Any

import click
import pytest
import typer

from cli.main import app
from sandbox.aws.package import load_template
from tests.template.rules.reading import of_type

ROOT = Path(__file__).parents[2]
ALARMS = of_type(load_template(ROOT / "template.yaml"), "AWS::CloudWatch::Alarm")
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\w+)\n\n((?:(?!#).*\n)+)", PAGE, re.MULTILINE))
WORDS = {"ID": "7", "PRODUCT": "p-1", "FILE": __file__}


def commands_in(section: str) -> list[str]:
    """Return every command that a section names, those to type first and those in its sentences."""
    typed = section.partition("```sh\n")[2].partition("```")[0].splitlines()
    return typed + re.findall(r"`(tillbridge [^`]+)`", section.partition("```\n\n")[2])


def test_every_alarm_has_a_section_and_every_section_an_alarm() -> None:
    assert sorted(SECTIONS) == sorted(ALARMS)


@pytest.mark.parametrize("name", sorted(ALARMS))
def test_an_alarm_says_what_is_wrong_and_where_to_read_what_to_do(name: str) -> None:
    words = ALARMS[name]["AlarmDescription"]
    assert words.endswith(f" docs/operations.md#{name.lower()}")
    assert len(words) <= 1_024, "CloudWatch takes no longer description"


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_a_runbook_begins_with_what_to_type_and_ends_with_what_was_lost(name: str) -> None:
    assert SECTIONS[name].startswith("```sh\n"), "who is woken reads that first"
    assert SECTIONS[name].count("```") == 2
    told = SECTIONS[name].partition("```\n\n")[2]
    assert re.search(r"shop|[Nn]obody|person who asked|noticed", told), "who noticed what"
    assert len(told.split()) < 130, "nobody reads more at night"


@pytest.mark.parametrize(
    "line", sorted({line for each in SECTIONS.values() for line in commands_in(each)})
)
def test_a_command_of_a_runbook_can_be_typed(line: str) -> None:
    """As it stands, with something for the words in capitals: an option or a command that is gone is found here."""
    first, *words = [WORDS.get(word, word) for word in line.split()]
    assert first == "tillbridge"
    command: Any = typer.main.get_command(app)
    context = click.Context(command)
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0]) if words and words[0][:1] != "-" else None
        if found is None:
            break
        command, words = found, words[1:]
    command.make_context("", words)
