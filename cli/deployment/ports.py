"""The ports of a local world: whether they can be had, and what has them, before anything is started."""

import errno
import socket
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from cli.cannot_run import CannotRun
from sandbox.addresses import listen

FIRST = 4700
"""The first port of the world that has no name of its own."""

USES = ("AWS", "the POS", "BigCommerce", "the door for browsers and webhooks", "who signs in")
"""What listens on a world's ports, in their order (sandbox/runner.py)."""

_STEP = 10
_LAST = 4_900
_LISTENS = "0A"
"""The state of a listening socket in /proc/net/tcp."""


def need_ports(host: str, first: int) -> None:
    """Raise CannotRun unless all ports of a world can be had: it says which one cannot, why, and which can."""
    for port, use in _ports(first):
        problem = _problem(host, port)
        if problem is not None:
            raise CannotRun(
                f"Port {port} of {host}, for {use}, cannot be had: {_why(port, problem)}. "
                f"{_instead(host, problem)}"
            ) from problem


def free_ports(host: str) -> int:
    """Return the first of ports for a world that are all free, or 0 when none of those tried are."""
    tried = range(FIRST + _STEP, _LAST, _STEP)
    return next(
        (
            first
            for first in tried
            if all(_problem(host, port) is None for port, _ in _ports(first))
        ),
        0,
    )


def _problem(host: str, port: int) -> OSError | None:
    """Return why a port cannot be listened on, None when it can."""
    try:
        listen(host, port).close()
    except OSError as problem:
        return problem
    return None


def _ports(first: int) -> Sequence[tuple[int, str]]:
    return [(first + place, use) for place, use in enumerate(USES)]


def _why(port: int, problem: OSError) -> str:
    if isinstance(problem, socket.gaierror):
        return "that is no address of this machine"
    holder = next(_holders(port), "") if problem.errno == errno.EADDRINUSE else ""
    return f"{holder} has it" if holder else str(problem.strerror)


def _instead(host: str, problem: OSError) -> str:
    if isinstance(problem, socket.gaierror):
        return "Choose another --host."
    return (
        f"Choose others: `tillbridge up --port-base {free_ports(host)}`; 0 takes any that are free."
    )


def _holders(port: int) -> Iterator[str]:
    """Yield the processes of this user that listen on a port. Only Linux tells."""
    sockets = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        lines = table.read_text().splitlines()[1:] if table.exists() else ()
        for line in lines:
            _, local, _, state, *_, inode = line.split()[:10]
            if state == _LISTENS and int(local.rpartition(":")[2], 16) == port:
                sockets.add(f"socket:[{inode}]")
    for process in Path("/proc").glob("[0-9]*"):
        # Another user's cannot be read, and what ended meanwhile is gone.
        with suppress(OSError):
            name = (process / "comm").read_text().strip()
            for each in (process / "fd").iterdir():
                with suppress(FileNotFoundError):
                    if str(each.readlink()) in sockets:
                        yield f"the process {process.name} ({name})"
