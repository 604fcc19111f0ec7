"""A local world that stays up says where its console is, and who may come in, in words of a shop."""

from types import SimpleNamespace
from typing import Any

import pytest

from cli.screen.addresses import say_console
from sandbox.people.directory import PEOPLE


def test_the_address_and_everybody_who_may_come_in_are_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    world: Any = SimpleNamespace(door=SimpleNamespace(address="http://127.0.0.1:4703"))
    say_console(world)
    said = capsys.readouterr().out
    assert "in a browser:\n  http://127.0.0.1:4703/\n" in said
    for each in PEOPLE.values():
        assert f"{each.name:<8} {each.words}\n" in said
    assert said.endswith("Ctrl-C ends it.\n")
