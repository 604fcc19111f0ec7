"""Lambda's share of a processor, by cgroups: Linux, as root, and not in every container."""

from contextlib import suppress
from pathlib import Path

FULL_MB = 1_769
"""The memory at which a Lambda function has one whole processor; its share is proportional."""

PERIOD_US = 20_000
"""How often Lambda hands out processor time."""

_ROOT = Path("/sys/fs/cgroup")
_OURS = "tillbridge-bench"


def controller() -> Path | None:
    """Return where groups with a share can be made, None where this machine lets nobody."""
    for place, probe in ((_ROOT / "cpu", "cpu.cfs_quota_us"), (_ROOT, "cpu.max")):
        group = place / f"{_OURS}-probe"
        with suppress(OSError):
            group.mkdir()
            try:
                if (group / probe).exists():
                    return place
            finally:
                group.rmdir()
    return None


def hold(place: Path, pids: list[int], megabytes: int) -> None:
    """Give each process the share of so much memory, in a group of its own. Call it again for another
    share, and `release` at the end. Raise OSError."""
    for pid in pids:
        group = place / f"{_OURS}-{pid}"
        group.mkdir(exist_ok=True)
        quota = PERIOD_US * megabytes // FULL_MB
        if place == _ROOT:
            (group / "cpu.max").write_text(f"{quota} {PERIOD_US}")
        else:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD_US))
            (group / "cpu.cfs_quota_us").write_text(str(quota))
        (group / "cgroup.procs").write_text(str(pid))


def release(place: Path) -> None:
    """Put every process back, and take the groups away."""
    for group in place.glob(f"{_OURS}-*"):
        for pid in (group / "cgroup.procs").read_text().split():
            with suppress(OSError):  # it may have ended
                (place / "cgroup.procs").write_text(pid)
        group.rmdir()


def workers(folder: Path) -> list[int]:
    """Return the processes of the functions that a local AWS runs, whose code lies in its folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may have ended
            command = (process / "cmdline").read_bytes().split(b"\0")
            if any(
                part.startswith(bytes(folder)) and part.endswith(b"_worker.py") for part in command
            ):
                found.append(int(process.name))
    return found
