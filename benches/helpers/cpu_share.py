"""A function's share of a processor, as Lambda gives it by its memory, where this machine has cgroups that
we may make."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benches.helpers.cgroups import FULL_MB, controller, hold, release, workers
from sandbox.aws.package import load_template
from sandbox.aws.server import LocalAws

LOOK_S = 0.05
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Share:
    """What a function's workers were held to: MB of memory, and cores; None where it could not be."""

    memory_mb: int
    cores: float | None

    def __str__(self) -> str:
        if self.cores is None:
            return "whole cores, for no cgroup can be made here"
        return f"{self.cores:.3f} of a core, as at {self.memory_mb} MB"


def memory_of(function: str) -> int:
    """Return the memory (MB) that the template gives a function (`push`)."""
    template = load_template(ROOT / "template.yaml")
    usual = template["Globals"]["Function"]["MemorySize"]
    own = template["Resources"][f"{function.capitalize()}Function"]["Properties"]
    return int(own.get("MemorySize", usual))


@contextmanager
def held_to_their_share(aws: LocalAws, functions: tuple[str, ...]) -> Iterator[dict[str, Share]]:
    """Hold each worker of these functions to its own share of a processor until the block ends."""
    place = controller()
    memory = {name: memory_of(name) for name in functions}
    shares = {name: Share(mb, mb / FULL_MB if place else None) for name, mb in memory.items()}
    if place is None:
        yield shares
        return
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(place, aws.log_path.parent, memory, over))
    watch.start()
    try:
        yield shares
    finally:
        over.set()
        watch.join()
        release(place)


def _watch(place: Path, folder: Path, memory: Mapping[str, int], over: threading.Event) -> None:
    # Lambda's workers come and go, and the local AWS tells nobody.
    held: set[int] = set()
    while not over.wait(LOOK_S):
        for name, megabytes in memory.items():
            for pid in workers(folder, name):
                if pid not in held:
                    held.add(pid)
                    with suppress(OSError):  # it may have ended by now
                        hold(place, [pid], megabytes)
