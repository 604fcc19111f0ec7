"""The picture of docs/performance.md, drawn from what was played."""

from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benches.scale.figures import at_share, full, limits
from benches.scale.play import Played
from tillbridge.domain.lanes import Lane

PICTURE = Path(__file__).parents[2] / "docs" / "scale.svg"
COLOURS = {"quiet": "#2a7f62", "Saturday": "#b5442e", "imports": "#35618f"}
LINES = {20: "-", 200: "--"}


def draw(runs: list[Played]) -> None:
    """Write the picture: by number of stores, what a sale waits, and how much of the drains is used;
    and how near ten thousand stores are to each limit."""
    # The same figures give the same file.
    mpl.rcParams.update({"svg.hashsalt": "scale", "svg.fonttype": "none", "font.size": 9})
    figure = Figure(figsize=(11, 8), layout="constrained")
    (waits, used), (bars, wide) = figure.subplots(2, 2)
    for (name, at_once), some in _series(runs).items():
        stores = [each.world.stores for each in some]
        style = {
            "color": COLOURS[name],
            "linestyle": LINES[at_once],
            "marker": "o",
            "markersize": 4,
        }
        label = f"{name}, PushConcurrency {at_once}"
        p95 = [at_share(each.lags(Lane.STOCK), 0.95) for each in some]
        waits.plot(stores, p95, label=label, **style)
        used.plot(stores, [100 * full(each) for each in some], label=label, **style)
    _axes(waits, "A sale waits for its stock call, p95", "seconds (log)")
    waits.set_yscale("log")
    waits.legend(fontsize=7.5, loc="upper left")
    _axes(used, "Time in which every drain that may run does", "% of the time")
    for axes, at_once in ((bars, 20), (wide, 200)):
        _limits(axes, runs, at_once)
    figure.savefig(PICTURE, metadata={"Date": None})


def _series(runs: list[Played]) -> dict[tuple[str, int], list[Played]]:
    found: dict[tuple[str, int], list[Played]] = {}
    for each in runs:
        key = (each.mix.name, each.world.deployment.push_concurrency)
        found.setdefault(key, []).append(each)
    return found


def _axes(axes: Axes, title: str, unit: str) -> None:
    axes.set_title(title)
    axes.set_xscale("log")
    axes.set_xlabel("stores (log)")
    axes.set_ylabel(unit)
    axes.grid(alpha=0.3)


def _limits(axes: Axes, runs: list[Played], at_once: int) -> None:
    for place, name in enumerate(COLOURS):
        [run] = [
            each
            for each in runs
            if each.mix.name == name
            and each.world.stores == 10_000
            and each.world.deployment.push_concurrency == at_once
        ]
        by_name = sorted(limits(run), key=lambda limit: limit.name)
        places = [number + 0.27 * (1 - place) for number in range(len(by_name))]
        axes.barh(places, [100 * e.used for e in by_name], 0.25, color=COLOURS[name], label=name)
        axes.set_yticks(range(len(by_name)), [each.name for each in by_name])
    axes.set_xscale("log")
    axes.set_xlim(0.1, 1_500)
    axes.axvline(100, color="black", linewidth=1)
    axes.set_title(f"Of each limit, 10,000 stores, {at_once} drains")
    axes.set_xlabel("% used (log); at 100 % work waits")
    axes.legend(fontsize=7.5, loc="lower right")
