"""The local worlds of a home, by name: of each the file by which commands find it, and the lock that says
that it lives.

The lock belongs to the process and ends with it, however it ends: so a killed world's file is known to
be stale, also when another world has its ports by now, and nobody takes a living world's file away."""

import fcntl
import json
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cli.cannot_run import CannotRun
from cli.deployment.home import home, made_home, read_saved

DEFAULT = "default"
"""The world that `tillbridge up` runs when it is given no name."""

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
"""What a world can be called: its name is that of a file."""

_TRIES = 5
_PAUSE_S = 0.1
_OTHERS = "worlds"


@dataclass(frozen=True, slots=True)
class Saved:
    """What commands find a world by: the outputs of its stack, where its AWS is, and on which address it listens."""

    name: str
    outputs: Mapping[str, str]
    endpoint_url: str
    host: str


def world_file(name: str = DEFAULT) -> Path:
    """Return the file that exists while this world is running."""
    return home() / "world.json" if name == DEFAULT else home() / _OTHERS / f"{name}.json"


@contextmanager
def own_world(name: str = DEFAULT) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """Be the one world of this name until exit; yield the function that saves what commands find it by.

    Raise CannotRun when one of this name runs, naming it and how to run another one beside it."""
    with _lock_file(name) as lock:
        if not _locked(lock):
            raise CannotRun(
                f"{_called(name)} runs {_where(name)}already. End it with Ctrl-C there; or run another one beside "
                f"it: `tillbridge up --name NAME`. Commands choose it with --world."
            )
        _forget(name)  # one that was killed
        try:
            yield lambda about: _remember(name, about)
        finally:
            _forget(name)


def living_worlds() -> list[str]:
    """Return the names of the worlds that run and can be worked with, the default one first. A killed world's
    file is removed."""
    others = sorted(path.stem for path in (home() / _OTHERS).glob("*.json"))
    return [name for name in (DEFAULT, *others) if NAME.fullmatch(name) and _lives(name)]


def the_world(name: str) -> Saved | None:
    """Return the running world of this name; without a name the default one, else the only one. None: there is
    none. Raise CannotRun when several run, and for a file that is not what `up` saved."""
    if not name:
        running = living_worlds()
        if len(running) > 1 and DEFAULT not in running:
            raise CannotRun(
                f"Several local worlds run: {', '.join(running)}. Choose one with --world."
            )
        return _saved(running[0]) if running else None
    return _saved(name) if NAME.fullmatch(name) and _lives(name) else None


def _lives(name: str) -> bool:
    """Return whether a world has saved what it is found by, and runs. Remove what a dead one left."""
    if not world_file(name).exists():
        return False
    try:
        lock = _lock_path(name).open(encoding="utf-8")
    except FileNotFoundError:
        _forget(name)  # no world has run here
        return False
    except OSError:  # another user's, who may run it
        return True
    with lock:
        try:
            # Shared, so that commands do not take each other for a world.
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        _forget(name)  # while nobody can become this world
    return False


def _saved(name: str) -> Saved:
    """Return what a running world has saved. Its address is one of this machine: with another, or with none, calls
    would go to AWS itself."""
    remedy = "End the world with Ctrl-C, and start `tillbridge up` again."
    kept = read_saved(world_file(name), remedy)
    outputs, at = kept.get("outputs"), kept.get("endpoint_url")
    if not isinstance(outputs, dict) or not isinstance(at, str) or not at.startswith("http://"):
        raise CannotRun(f"{world_file(name)} is not what this version saves. {remedy}")
    host = str(kept.get("host") or "127.0.0.1")
    return Saved(name, {str(key): str(value) for key, value in outputs.items()}, at, host)


def _remember(name: str, about: Mapping[str, Any]) -> None:
    # In one step: a command that comes meanwhile reads all of it or nothing.
    unfinished = world_file(name).with_suffix(".new")
    unfinished.write_text(json.dumps(about, indent=1), encoding="utf-8")
    unfinished.replace(world_file(name))


def _forget(name: str) -> None:
    world_file(name).unlink(missing_ok=True)


def _lock_path(name: str) -> Path:
    return world_file(name).with_suffix(".lock")


def _lock_file(name: str) -> IO[str]:
    made_home("" if name == DEFAULT else _OTHERS)
    path = _lock_path(name)
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


def _called(name: str) -> str:
    return "A local world" if name == DEFAULT else f"The local world '{name}'"


def _where(name: str) -> str:
    """Return "at http://… " of the world whose file is there, or "" while it starts."""
    try:
        at = str(read_saved(world_file(name), "").get("endpoint_url") or "")
    except CannotRun:
        at = ""
    return f"at {at} " if at else ""
