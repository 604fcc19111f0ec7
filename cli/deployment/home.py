"""The folder in which the command line keeps its files, never a credential; and how files are read."""

import json
import os
import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from cli.cannot_run import CannotRun

STDIN = "-"
"""What standard input is called where a file is named."""


def home() -> Path:
    """Return TILLBRIDGE_HOME, or `.tillbridge` in the user's home folder. Raise CannotRun when the
    user has none."""
    if chosen := os.environ.get("TILLBRIDGE_HOME"):
        return Path(chosen)
    try:
        return Path.home() / ".tillbridge"
    except RuntimeError as problem:
        raise CannotRun("Set TILLBRIDGE_HOME to a folder: this user has no home.") from problem


def made_home(below: str = "") -> Path:
    """Return the folder, or one below it, made if it is not there. Raise CannotRun when it cannot
    be."""
    folder = home() / below
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotRun(
            f"The folder {folder} cannot be made: {os.strerror(problem.errno or 0)}. Set "
            "TILLBRIDGE_HOME to one that can."
        ) from problem
    return folder


def read_saved(file: Path, remedy: str) -> dict[str, Any]:
    """Return what the command line saved in a file. Raise CannotRun, with the remedy, for any other."""
    try:
        saved = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as problem:
        raise CannotRun(f"{file} cannot be read: {problem}. {remedy}") from problem
    if not isinstance(saved, dict):
        raise CannotRun(f"{file} holds something else than was saved in it. {remedy}")
    return saved


def file_bytes(file: Path) -> bytes:
    """Return what a file holds, or standard input where it is called `-`. Raise OSError."""
    return sys.stdin.buffer.read() if str(file) == STDIN else file.read_bytes()


def read_token(file: Path) -> str:
    """Return the access token that is all a file holds. Raise CannotRun for any other content."""
    return read_secret(file, "access token")


def read_secret(file: Path, what: str) -> str:
    """Return the one word that a file holds; of `-` it is asked on a terminal, where it is not shown. Raise CannotRun
    for any other content."""
    name = "What was given" if str(file) == STDIN else str(file)
    try:
        if str(file) == STDIN and sys.stdin.isatty():
            text = getpass(f"The {what}: ")
        else:
            text = file_bytes(file).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise CannotRun(f"{name} cannot be read as the {what}: {problem}.") from problem
    word = text.strip()
    if not word or not word.isascii() or not word.isprintable() or " " in word:
        raise CannotRun(
            f"{name} is no {what}: it has to be one word of plain characters, alone and on one line."
        )
    return word
