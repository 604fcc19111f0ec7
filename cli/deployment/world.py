"""The one local world of a home: the file by which commands find it, and the lock that says it lives.

The lock belongs to the process and ends with it, however it ends: so a killed world's file is known to
be stale, and nobody takes a living world's file away."""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from cli.cannot_run import CannotRun
from cli.deployment.home import home, made_home, read_saved

_TRIES = 5
_PAUSE_S = 0.1


def world_file() -> Path:
    """Return the file that exists while a local world is running."""
    return home() / "world.json"


@contextmanager
def own_world() -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """Be the one world of this home until exit; yield the function that saves what commands
    find it by.

    Raise CannotRun when another world runs here, naming it and how to run a second one."""
    with _lock_file() as lock:
        if not _locked(lock):
            raise CannotRun(
                f"One runs {_where()}already. End it with Ctrl-C there; or run a second one beside it, "
                "with a folder and ports of its own: `export TILLBRIDGE_HOME=~/.tillbridge-2`, then "
                "`tillbridge up --port-base 4710`. Commands find the world of their TILLBRIDGE_HOME."
            )
        _forget()  # of a world that was killed
        try:
            yield _remember
        finally:
            _forget()


def saved_world() -> dict[str, Any] | None:
    """Return what the world of this home has saved of itself, or None. Raise CannotRun for a file
    that cannot be read."""
    if not world_file().exists():
        return None
    return read_saved(world_file(), "Delete it, and start `tillbridge up` again.")


def forget_dead_world() -> None:
    """Remove the file of a world that does not answer, once it is sure that it has ended: a killed
    one could not remove it. Raise CannotRun when it lives."""
    with _lock_file() as lock:
        if not _locked(lock):
            raise CannotRun(
                f"The local world {_where()}does not answer. Wait a little; or end it with Ctrl-C, and "
                "start `tillbridge up` again."
            )
        _forget()


def _remember(about: Mapping[str, Any]) -> None:
    # In one step: a command that comes meanwhile reads all of it or nothing.
    unfinished = world_file().with_suffix(".new")
    unfinished.write_text(json.dumps(about, indent=1), encoding="utf-8")
    unfinished.replace(world_file())


def _forget() -> None:
    world_file().unlink(missing_ok=True)


def _lock_file() -> IO[str]:
    path = made_home() / "world.lock"
    try:
        return path.open("a", encoding="utf-8")
    except OSError as problem:
        raise CannotRun(
            f"{path} cannot be written: {os.strerror(problem.errno or 0)}. Set TILLBRIDGE_HOME to a "
            "folder that can."
        ) from problem


def _locked(file: IO[str]) -> bool:
    """Return whether this process has the lock now, which it keeps until the file is closed."""
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE_S)  # a command that looks whether a world lives holds it for a moment
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        return True
    return False


def _where() -> str:
    """Return "at http://… " of the world whose file is there, or "" while it starts."""
    try:
        at = str(read_saved(world_file(), "").get("endpoint_url") or "")
    except CannotRun:
        at = ""
    return f"at {at} " if at else ""
