"""The folder in which the command line keeps its files, never a credential; and how files are read."""

import json
import os
from pathlib import Path
from typing import Any

from cli.cannot_run import CannotRun


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


def read_token(file: Path) -> str:
    """Return the access token that is all a file holds. Raise CannotRun for any other content."""
    try:
        token = file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise CannotRun(f"The token file {file} cannot be read: {problem}.") from problem
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise CannotRun(
            f"{file} does not hold an access token. Write the token into it, alone and on one line."
        )
    return token
