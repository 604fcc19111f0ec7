"""The figures of a bench: printed beside their goals, and kept with the machine that measured them."""

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benches" / "results"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure and the most that it may be, both in `unit` ("" is a ratio or a count)."""

    what: str
    measured: float
    most: float
    unit: str = ""

    @property
    def holds(self) -> bool:
        """Return whether the goal is met."""
        return self.measured <= self.most

    @property
    def verdict(self) -> str:
        """Return it in a word."""
        return "met" if self.holds else "missed"


@dataclass(frozen=True, slots=True)
class Result:
    """What one whole run of a bench measured, where, with what, and when."""

    bench: str
    date: str
    commit: str
    machine: dict[str, Any]
    versions: dict[str, str]
    figures: tuple[Figure, ...]


def finish(bench: str, figures: Sequence[Figure], *, whole: bool = True) -> int:
    """Print each figure beside its goal, and return the exit status: 0 when all goals are met. A whole
    run, and not one in a smaller form, replaces `benches/results/{bench}.json`."""
    for each in figures:
        print(
            f"{each.verdict:6} {each.what}: {shown(each.measured, each.unit)}, "
            f"at most {shown(each.most, each.unit)}",
            flush=True,
        )
    if whole:
        _keep(Result(bench, _today(), COMMIT, _machine(), _versions(), tuple(figures)))
    return 0 if figures and all(each.holds for each in figures) else 1


def shown(number: float, unit: str) -> str:
    """Return a figure as people read it, to three places at most."""
    told = f"{number:,.3f}".rstrip("0").rstrip(".")
    return f"{told} {unit}".rstrip()


def known() -> list[Result]:
    """Return the results that are kept, by the names of their benches."""
    found = []
    for path in sorted(RESULTS.glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        found.append(Result(**{**kept, "figures": tuple(Figure(**f) for f in kept["figures"])}))
    return found


def _keep(result: Result) -> None:
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(asdict(result), indent=2, ensure_ascii=False)
    (RESULTS / f"{result.bench}.json").write_text(f"{text}\n", encoding="utf-8")


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _commit() -> str:
    """Return the commit, with a plus when the code differs from it."""
    commit = _git("rev-parse", "--short=9", "HEAD")
    changed = _git("status", "--porcelain", "--", ".", ":!benches/results", ":!docs")
    return f"{commit}+" if changed else commit


def _git(*arguments: str) -> str:
    """Return what git says, which is nothing outside a repository."""
    done = subprocess.run(  # noqa: S603 - asks our own repository
        ["git", *arguments],  # noqa: S607 - the one on PATH
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


COMMIT = _commit()
"""What is measured is what was imported: a run may last longer than the checkout stays as it is."""


def _machine() -> dict[str, Any]:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.process_cpu_count(),
        "cpu": _cpu(),
        "memory_gb": round(pages * size / 1_000_000_000),
        "system": platform.system(),
    }


def _cpu() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def _versions() -> dict[str, str]:
    packages = ("boto3", "ministack", "pydantic", "requests")
    return {"python": platform.python_version(), **{name: version(name) for name in packages}}
