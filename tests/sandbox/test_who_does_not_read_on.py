"""Output that nobody takes: a pipe that is closed, a disk that is full. No traceback, whether Python buffers or not;
and Ctrl-C, wherever it comes."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
import typer
from typer.testing import CliRunner

from cli import command_group
from cli.main import app

PRINTS = "from cli.main import main; main()"


def _run(repository: Path, out: IO[bytes], buffered: str, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", PRINTS, *words],
        cwd=repository,
        env={**os.environ, "PYTHONUNBUFFERED": buffered},
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("buffered", ["", "1"])
@pytest.mark.parametrize("words", ["--help", "--version"])
def test_a_closed_pipe_ends_a_command_in_silence(
    words: str, buffered: str, repository: Path
) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb", buffering=0) as out:
        assert _run(repository, out, buffered, words) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
@pytest.mark.parametrize("buffered", ["", "1"])
def test_a_full_disk_is_said_once(buffered: str, repository: Path) -> None:
    with Path("/dev/full").open("wb", buffering=0) as out:
        status, told = _run(repository, out, buffered, "--version")
    assert status == 1
    assert told.count("No space left on device") == 1
    assert told.count("\n") == 1


@pytest.mark.parametrize("words", [["list"], ["orders", "list"]], ids=" ".join)
def test_ctrl_c_in_a_command_that_asked_for_nothing_is_said_once(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    def imported(name: str, _module: str) -> object:
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(name)(interrupted)
        return typer.main.get_command(alone)

    monkeypatch.setattr(command_group, "_imported", imported)
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, done.output) == (130, "Stopped.\n")
