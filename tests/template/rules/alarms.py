"""What makes an alarm ring when it should, and fall silent afterwards: its figure is written, by the function that it
names, and nothing that may be lost lies where no alarm looks."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.template.rules.reading import Json, Template, functions, logical_id, of_type, queues
from tillbridge.domain.lag_histogram import LagPath
from tillbridge.domain.lanes import MEASURED

ROOT = Path(__file__).parents[3]
OBSERVED = ROOT / "layers/common/python/tillbridge/observability.py"
OURS = "Tillbridge"

CONTENT_FREE = frozenset({"StoreWorkQueue", "PosPollsQueue"})
"""Its signals say nothing, and one replaces any other: the age of what they signal is a figure a lane."""


class Figure(NamedTuple):
    """One figure that an alarm watches, with its dimensions by name."""

    namespace: str
    name: str
    dimensions: Json


def figures_of(alarm: Json) -> Iterator[Figure]:
    """Yield what an alarm watches: its own figure, or those of its sum."""
    stats = [
        each["MetricStat"]["Metric"] for each in alarm.get("Metrics", ()) if "MetricStat" in each
    ]
    for metric in stats or [alarm]:
        dimensions = {each["Name"]: each["Value"] for each in metric.get("Dimensions", [])}
        yield Figure(metric["Namespace"], metric["MetricName"], dimensions)


def alarms_watch_figures_that_are_written(template: Template) -> list[str]:
    """Return alarms on a figure that no function of that name writes, or with other dimensions: they never ring."""
    written = _written(template)
    return [
        f"{name}: {figure.name} of {figure.dimensions}"
        for name, alarm in _alarms(template)
        for figure in figures_of(alarm)
        if figure.namespace == OURS and not _is_written(figure, written)
    ]


def alarms_watch_whoever_writes_a_figure(template: Template) -> list[str]:
    """Return alarms on a figure that another function writes too, whose part nobody would hear of. Each lag is of one
    function alone, though the code by which they are written is one."""
    wrong = []
    for name, alarm in _alarms(template):
        watched = [each for each in figures_of(alarm) if each.namespace == OURS]
        for metric in {each.name for each in watched if not each.name.startswith("lag_")}:
            services = {each.dimensions.get("service") for each in watched if each.name == metric}
            missed = {service for service, names in _written(template).items() if metric in names}
            wrong += [f"{name}: {metric} of {each}" for each in sorted(missed - services)]
    return wrong


def every_measured_lane_has_an_alarm(template: Template) -> list[str]:
    watched = {
        figure.dimensions.get("lane")
        for _, alarm in _alarms(template)
        for figure in figures_of(alarm)
    }
    return [f"nobody hears of the lane {lane}" for lane in MEASURED if lane not in watched]


def every_queue_has_an_alarm(template: Template) -> list[str]:
    """Return queues whose dead letters, or whose oldest message, no alarm watches."""
    watched = {
        (figure.name, logical_id(figure.dimensions["QueueName"]))
        for _, alarm in _alarms(template)
        for figure in figures_of(alarm)
        if figure.namespace == "AWS/SQS"
    }
    wrong = []
    for name, queue in queues(template).items():
        figure = (
            "ApproximateAgeOfOldestMessage"
            if "RedrivePolicy" in queue
            else "ApproximateNumberOfMessagesVisible"
        )
        if name not in CONTENT_FREE and (figure, name) not in watched:
            wrong.append(f"{name}: nobody watches its {figure}")
    return wrong


def every_function_has_its_errors_watched(template: Template) -> list[str]:
    """Return functions whose errors or throttles no alarm watches."""
    watched = {
        (
            figure.name,
            str(
                figure.dimensions["FunctionName"].get("Ref")
                or figure.dimensions["FunctionName"]["Fn::Sub"]
            ),
        )
        for _, alarm in _alarms(template)
        for figure in figures_of(alarm)
        if figure.namespace == "AWS/Lambda"
    }
    return [
        f"{name}: {figure}"
        for name, function in functions(template).items()
        for figure in ("Errors", "Throttles")
        if not {(figure, name), (figure, function["FunctionName"]["Fn::Sub"])} & watched
    ]


def alarms_fall_silent_within_an_hour(template: Template) -> list[str]:
    """Return alarms that go on ringing for more than an hour after their figure fell."""
    wrong = []
    for name, alarm in _alarms(template):
        stats = [each["MetricStat"] for each in alarm.get("Metrics", ()) if "MetricStat" in each]
        period = max(each["Period"] for each in stats or [alarm])
        if period * alarm["EvaluationPeriods"] > 3_600:
            wrong.append(name)
    return wrong


def only_what_always_comes_is_missed(template: Template) -> list[str]:
    """Return alarms that ring where nothing was measured, though nothing may mean that all is well: on a quiet night
    no slice runs. The sweep always does, and one alarm tells that it does not."""
    missed = {
        name for name, each in _alarms(template) if each["TreatMissingData"] != "notBreaching"
    }
    return sorted(missed ^ {"OldestPendingAlarm"})


def _alarms(template: Template) -> Iterator[tuple[str, Json]]:
    yield from of_type(template, "AWS::CloudWatch::Alarm").items()


def _is_written(figure: Figure, written: dict[str, set[str]]) -> bool:
    lane = figure.dimensions.get("lane")
    named = {"service"} | ({"lane"} if figure.name == "oldest_pending" else set())
    known = lane is None or lane in set(MEASURED)
    return (
        figure.dimensions.keys() == named
        and known
        and figure.name in written.get(figure.dimensions["service"], ())
    )


def _written(template: Template) -> dict[str, set[str]]:
    """Return the figures that each service writes: those of the functions of observability.py that its handler calls."""
    emitters = {
        each.name: _names_in(each)
        for each in ast.parse(OBSERVED.read_text()).body
        if isinstance(each, ast.FunctionDef)
    }
    found: dict[str, set[str]] = {"tillbridge": emitters["count_fault"]}
    for function in functions(template).values():
        service = function["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]
        code = (ROOT / function["CodeUri"] / "app.py").read_text()
        called = {name for name in emitters if name.startswith("observe_") and f"{name}(" in code}
        found[service] = set().union(*(emitters[name] for name in called))
    return found


def _names_in(function: ast.FunctionDef) -> set[str]:
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            first = [*node.args, *(each.value for each in node.keywords if each.arg == "name")][:1]
            if called in {"add_metric", "single_metric"} and isinstance(first[0], ast.Constant):
                names.add(str(first[0].value))
            if called == "_add_lags":
                names |= {f"lag_{path}" for path in LagPath}
    return names
