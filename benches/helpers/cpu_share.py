"""A function's share of a processor, as Lambda gives it by its memory, where this machine has cgroups that
we may make."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sandbox.aws.package import load_template
from sandbox.aws.server import LocalAws

WHOLE_CORE_MB = 1_769
"""At this much memory a function has one whole processor (docs.aws.amazon.com/lambda)."""

PERIOD_US = 20_000
LOOK_S = 0.05
ROOT = Path(__file__).parents[2]
_V1 = Path("/sys/fs/cgroup/cpu")
_V2 = Path("/sys/fs/cgroup")


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
    groups = {name: _new_group(memory_of(name) / WHOLE_CORE_MB) for name in functions}
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(aws.log_path.parent, groups, over))
    watch.start()
    try:
        yield {
            name: Share(memory_of(name), memory_of(name) / WHOLE_CORE_MB if group else None)
            for name, group in groups.items()
        }
    finally:
        over.set()
        watch.join()
        for group in filter(None, groups.values()):
            _leave(group)


def _new_group(cores: float) -> Path | None:
    name = f"tillbridge-bench-{uuid4().hex[:8]}"
    quota = str(int(cores * PERIOD_US))
    try:
        if (_V1 / "cpu.cfs_quota_us").exists() or (_V1 / "tasks").exists():
            group = _V1 / name
            group.mkdir()
            (group / "cpu.cfs_period_us").write_text(str(PERIOD_US))
            (group / "cpu.cfs_quota_us").write_text(quota)
        else:
            group = _V2 / name
            group.mkdir()
            (group / "cpu.max").write_text(f"{quota} {PERIOD_US}")
    except OSError:
        return None
    return group


def _watch(folder: Path, groups: dict[str, Path | None], over: threading.Event) -> None:
    # Lambda's workers come and go, and the local AWS tells nobody.
    known: set[int] = set()
    while not over.wait(LOOK_S):
        for process in Path("/proc").iterdir():
            if not process.name.isdigit() or int(process.name) in known:
                continue
            known.add(int(process.name))
            with suppress(OSError):  # it may have ended by now
                command = (process / "cmdline").read_bytes().decode(errors="replace")
                for name, group in groups.items():
                    if group and str(folder) in command and f"-{name}" in command:
                        (group / "cgroup.procs").write_text(process.name)


def _leave(group: Path) -> None:
    for process in (group / "cgroup.procs").read_text().split():
        with suppress(OSError):  # it may have ended by now
            (group.parent / "cgroup.procs").write_text(process)
    group.rmdir()
