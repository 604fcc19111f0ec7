"""The processes in which the local AWS runs functions, to be killed as AWS kills one: in the middle of
whatever it does."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")


def kill_workers(parent: int, function: str) -> int:
    """Kill the processes of a function below the process `parent`, and return how many there were: none
    where the system does not list processes as files."""
    name = f"AWS_LAMBDA_FUNCTION_NAME={function}".encode()
    killed = 0
    for pid in _below(parent):
        try:
            if name in (_PROC / str(pid) / "environ").read_bytes().split(b"\0"):
                os.kill(pid, signal.SIGKILL)
                killed += 1
        except OSError:
            continue  # it has ended meanwhile
    return killed


def _below(parent: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for stat in _PROC.glob("[0-9]*/stat"):
        try:
            # The name of a process may hold blanks and brackets; what follows its last bracket does not.
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = children.get(parent, [])
    while found:
        pid = found.pop()
        yield pid
        found += children.get(pid, [])
