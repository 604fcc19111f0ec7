"""The geometry of charts, for SVG attributes: 24 hours side by side, each STEP wide. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

STEP, HIGH, HEAD = 10, 96, 18
"""Units an hour is wide; pixels a chart is high, and those above it that its peak's words need."""

_NICE = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400)
"""Seconds at which a hairline says something."""


@dataclass(frozen=True, slots=True)
class Peak:
    """Where the highest value stands: percent from the start, pixels from the top; `anchor` keeps its words inside the
    chart."""

    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Run:
    """Hours after each other that have a value: the points of its line, and those of what lies under it."""

    line: str
    area: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of values. `top` is the value of the upper hairline; the lower stands for half of it."""

    runs: tuple[Run, ...]
    top: float
    peak: Peak


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: where it begins from the start and from the top, and how high it is; `now`: it is of the running hour."""

    x: float
    y: float
    high: float
    now: bool


def line_of(seconds: Sequence[float]) -> Line | None:
    """Return the line of values (seconds), 0 of them for an hour that has none; None without any."""
    most = max(seconds, default=0.0)
    if most <= 0:
        return None
    top = next((nice for nice in _NICE if nice >= most), most)
    places = [(_middle(at), HIGH * (1 - value / top)) for at, value in enumerate(seconds)]
    runs = []
    for has, some in groupby(zip(seconds, places, strict=True), key=lambda each: each[0] > 0):
        if has:
            runs.append(_run([place for _, place in some]))
    return Line(tuple(runs), top, _peak(seconds, top))


def bars_of(counts: Sequence[int]) -> tuple[tuple[Bar, ...], Peak] | None:
    """Return a bar for each count, the last of which is still running, and the peak; None without any."""
    most = max(counts, default=0)
    if most <= 0:
        return None
    bars = tuple(
        Bar(at * STEP + 1, round(HIGH - high, 1), round(high, 1), at == len(counts) - 1)
        for at, count in enumerate(counts)
        if count and (high := max(2.0, HIGH * count / most))
    )
    return bars, _peak(counts, most)


def _run(places: Sequence[tuple[float, float]]) -> Run:
    if len(places) == 1:  # one hour alone: a line of its own width
        ((x, y),) = places
        places = [(x - STEP / 4, y), (x + STEP / 4, y)]
    line = " ".join(f"{x:g},{y:.1f}" for x, y in places)
    first, last = places[0][0], places[-1][0]
    return Run(line, f"{first:g},{HIGH} {line} {last:g},{HIGH}")


def _middle(at: int) -> float:
    return at * STEP + STEP / 2


def _peak(values: Sequence[float], top: float) -> Peak:
    at = max(range(len(values)), key=lambda place: values[place])
    x = 100 * _middle(at) / (STEP * len(values))
    anchor = "start" if x < 8 else "end" if x > 92 else "middle"
    return Peak(round(x, 1), round(HEAD + HIGH * (1 - values[at] / top) - 5, 1), anchor)
