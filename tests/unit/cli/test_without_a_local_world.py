"""An installed command without the extra `local`."""

import importlib.util
from importlib.machinery import ModuleSpec

import pytest
from typer.testing import CliRunner

from cli import local_extra
from cli.main import app


def _not_installed(name: str, package: str | None = None) -> ModuleSpec | None:
    return None if name == "ministack" else importlib.util.find_spec(name, package)


@pytest.mark.parametrize("words", [["demo"], ["up"], ["sandbox", "bigcommerce"]])
def test_a_command_of_a_local_world_says_in_a_line_what_to_type(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_extra, "find_spec", _not_installed)
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1
    assert f"`tillbridge {words[-1]}` needs the parts of a local world" in done.stderr
    assert "uv tool install --force '.[local]'" in done.stderr
    assert "Usage" not in done.stderr


def test_its_help_is_there_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_extra, "find_spec", _not_installed)
    done = CliRunner().invoke(app, ["demo", "--help"])
    assert (done.exit_code, "--seed" in done.stdout) == (0, True)
