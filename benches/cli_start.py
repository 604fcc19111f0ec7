"""What the command line costs before it does anything, against a bare Typer in the same run.

Each start is a fresh process, in shuffled order, with byte code cached; the median of its processor
time counts. Read the ratios: the milliseconds are this machine's."""

import random
import resource
import statistics
import subprocess
import sys
from pathlib import Path

from benches.helpers.results import Figure, finish

ALL_ROUNDS = 15
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_ROUNDS
MOST = 2.0
"""Help may take this many times what Typer alone takes."""

ROOT = Path(__file__).parents[1]
BARE = "import typer"
HELP = ("--help", "push --help", "list --help", "store add --help", "demo --help")


def main() -> int:
    """Print a line for each command. Return 0 when no help takes longer than it may."""
    starts = {BARE: ["-c", BARE]} | {
        words: ["-c", "from cli.main import main; main()", *words.split()] for words in HELP
    }
    for command in starts.values():
        _start(command)  # writes the byte code that is missing
    took: dict[str, list[float]] = {name: [] for name in starts}
    for _ in range(ROUNDS):
        for name in random.sample(list(starts), len(starts)):
            took[name].append(_start(starts[name]))
    medians = {name: statistics.median(times) for name, times in took.items()}
    ratios = {name: median / medians[BARE] for name, median in medians.items()}
    for name, ratio in ratios.items():
        spread = f"{min(took[name]):.0f}-{max(took[name]):.0f}"
        print(f"{name:16} {medians[name]:6.0f} ms ({spread})  {ratio:.2f} x {BARE}")
    figures = [Figure(f"tillbridge {name} ÷ {BARE}", ratios[name], MOST) for name in HELP]
    return finish("cli_start", figures, whole=ROUNDS >= ALL_ROUNDS)


def _start(command: list[str]) -> float:
    before = _children_ms()
    subprocess.run(  # noqa: S603 - our own code
        [sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL, check=True
    )
    return _children_ms() - before


def _children_ms() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1_000


if __name__ == "__main__":
    sys.exit(main())
