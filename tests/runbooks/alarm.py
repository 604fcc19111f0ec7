"""Judge an alarm of the template as CloudWatch does, by figures that functions wrote. What it does not know it refuses,
so that no alarm is judged by less than it says.

An alarm is judged at a time: over the periods that end then, with as many breaching as it demands."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

type Json = dict[str, Any]

KNOWN = {
    "AlarmActions",
    "AlarmDescription",
    "ComparisonOperator",
    "DatapointsToAlarm",
    "Dimensions",
    "EvaluationPeriods",
    "ExtendedStatistic",
    "MetricName",
    "Metrics",
    "Namespace",
    "Period",
    "Statistic",
    "Threshold",
    "TreatMissingData",
}


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as it was written: `name` with its namespace, its dimensions as text, when (epoch ms), and what."""

    name: tuple[str, str]
    dimensions: str
    at_ms: int
    value: float


@dataclass
class Figures:
    """Everything that was written so far."""

    values: list[Value] = field(default_factory=list)

    def add(self, namespace: str, name: str, dimensions: Json, at_ms: int, *values: float) -> None:
        """Add values of one figure."""
        said = _said(dimensions)
        self.values += [Value((namespace, name), said, at_ms, each) for each in values]

    def read(self, lines: Iterable[str], at_ms: int | None = None) -> int:
        """Add what lines of a function's log say in CloudWatch's embedded format, and return how many figures that
        are. `at_ms`: when, for a function whose clock was moved; else each line says it."""
        before = len(self.values)
        for line in lines:
            told: Json = json.loads(line) if line.startswith("{") and '"_aws"' in line else {}
            for metric in told["_aws"]["CloudWatchMetrics"] if told else ():
                (named,) = metric["Dimensions"]
                dimensions = {each: told[each] for each in named}
                when = told["_aws"]["Timestamp"] if at_ms is None else at_ms
                for each in metric["Metrics"]:
                    found = told[each["Name"]]
                    values = found if isinstance(found, list) else [found]
                    self.add(metric["Namespace"], each["Name"], dimensions, when, *values)
        return len(self.values) - before


def rings(alarm: Json, figures: Figures, at_ms: int, parameters: Json) -> bool:
    """Return whether an alarm rings at a time (epoch ms). Raise ValueError for what it says and nobody here knows."""
    if unknown := alarm.keys() - KNOWN:
        raise ValueError(f"what does an alarm mean by {sorted(unknown)}?")
    if alarm["ComparisonOperator"] != "GreaterThanThreshold":
        raise ValueError(alarm["ComparisonOperator"])
    threshold = alarm["Threshold"]
    if isinstance(threshold, dict):
        threshold = parameters[threshold["Ref"]]["Default"]
    periods: int = alarm["EvaluationPeriods"]
    points = [datapoint(alarm, figures, at_ms, back) for back in range(periods)]
    missing = {"breaching": True, "notBreaching": False}[alarm["TreatMissingData"]]
    breaching = [missing if each is None else each > float(threshold) for each in points]
    needed: int = alarm.get("DatapointsToAlarm", periods)
    return sum(breaching) >= needed


def datapoint(alarm: Json, figures: Figures, at_ms: int, back: int = 0) -> float | None:
    """Return the datapoint of an alarm's period that ends at a time, or so many periods before; None without any."""
    if "Metrics" not in alarm:
        stat = alarm.get("Statistic") or alarm["ExtendedStatistic"]
        return _statistic(alarm, alarm["Period"], stat, figures, at_ms, back)
    sums = [each["Expression"] for each in alarm["Metrics"] if "Expression" in each]
    stats = [each["MetricStat"] for each in alarm["Metrics"] if "MetricStat" in each]
    if sums not in (["SUM(METRICS())"], ["MAX(METRICS())"]):
        raise ValueError(f"{sums}: no such expression is known here")
    found = [
        _statistic(each["Metric"], each["Period"], each["Stat"], figures, at_ms, back)
        for each in stats
    ]
    there = [each for each in found if each is not None]
    if not there:
        return None
    return sum(there) if sums == ["SUM(METRICS())"] else max(there)


def _statistic(
    metric: Json, period_s: int, stat: str, figures: Figures, at_ms: int, back: int
) -> float | None:
    name = metric["Namespace"], metric["MetricName"]
    dimensions = _said({each["Name"]: each["Value"] for each in metric["Dimensions"]})
    until = at_ms - back * period_s * 1_000
    since = until - period_s * 1_000
    found = [
        each.value
        for each in figures.values
        if (each.name, each.dimensions) == (name, dimensions) and since < each.at_ms <= until
    ]
    return _of(stat, sorted(found)) if found else None


def _of(stat: str, values: Sequence[float]) -> float:
    match stat:
        case "Maximum":
            return values[-1]
        case "Sum":
            return sum(values)
        case "p95":
            return values[math.ceil(0.95 * len(values)) - 1]
    raise ValueError(f"no statistic {stat} is known here")


def _said(dimensions: Json) -> str:
    return json.dumps(dimensions, sort_keys=True)
