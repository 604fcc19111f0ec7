"""What a deployment and a store cost in a month in which nothing is sold or changed, in dollars, computed
from template.yaml. Free tiers are left out. A store is counted with a POS account of its own and 1,000
products; what its runs read and write is estimated generously, and marked so."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from benches.helpers.prices import (
    ALARM,
    FIFO_REQUEST,
    GB_S,
    INVOCATION,
    LOG_GB,
    METRIC,
    QUEUE_REQUEST,
    READ_UNIT,
    RECOVERY_GB,
    SECRET,
    SECRET_READ,
    TABLE_GB,
    WRITE_UNIT,
)
from benches.helpers.results import Figure, finish
from sandbox.aws.package import load_template
from tests.template.rules.reading import Template, functions, of_type, queues, rules, sqs_sources
from tillbridge.adapters import secrets
from tillbridge.domain.lag_histogram import LagPath
from tillbridge.domain.lanes import MEASURED

ROOT = Path(__file__).parents[1]
MOST_OF_A_STORE = 0.85

HOURS, DAYS = 730, 30.4
POLLS = 5 * HOURS * 180
"""Lambda asks each queue with five connections, each answer takes 20 s when nothing comes."""

SECRETS_OF_A_STORE = len((secrets.store_secret, secrets.pos_secret))
"""BigCommerce's token, and that of the POS account."""

PRODUCTS = 1_000
RUN_S, FULL_RUN_S, SWEEP_S = 2.0, 10.0, 2.0  # estimated
RUN_WRITES, RUN_READS = 10, 20
"""Units, estimated: the run's rows, its lines, the store's connection."""

POLL_S = 1.0
"""An idle poll: two calls of the POS, estimated, for they are waited for."""

POLLS_A_TOKEN = 5
"""A token that was read is kept for five minutes."""

POLL_READS, POLL_WRITES = 4, 2
"""Units of an idle poll: its six requests (tests/contract/ports/test_polling_costs.py)."""

A_PRODUCT_READS = 1.0
"""Units in a full run, estimated: link and local copy, half a kilobyte each."""

A_PRODUCT_S = 0.006
"""What a product of a large store adds to a full run, chosen as in `benches/scale/assumed.py`."""

A_PRODUCT_GB = 2e-6
A_RUNS_LOG_GB = 3e-6

OBSERVED = (ROOT / "layers/common/python/tillbridge/observability.py").read_text(encoding="utf-8")
_OUR_FIGURE = re.compile(r'add_metric\(\s*"(\w+)"|single_metric\(name="(\w+)"')
OUTCOMES_OF_IMPORT = 6
"""The figures of import, whose names are its outcomes (docs/deploying.md)."""


def main() -> int:
    """Print both sums. Return 0 when an idle store costs no more than it may."""
    template: Template = load_template(ROOT / "template.yaml")
    print("An idle deployment without stores")
    _sum(_deployment(template))
    print("\nEach idle store")
    store = _sum(of_being_there(template))
    print("\nAn account of a vendor's POS, polled each minute, beside it")
    _sum(of_polls(template))
    print()
    figure = Figure("dollars a month of an idle store", store, MOST_OF_A_STORE)
    return finish("idle_cost", [figure])


def of_a_deployment(template: Template) -> list[tuple[str, float]]:
    """Return what a deployment without stores costs in a month, line by line, in dollars."""
    return list(_deployment(template))


def of_a_store(template: Template) -> float:
    """Return what each idle store costs in a month, in dollars."""
    return sum(dollars for _, dollars in of_being_there(template))


def _sum(costs: Iterator[tuple[str, float]]) -> float:
    total = 0.0
    for name, dollars in costs:
        total += dollars
        print(f"  {name:52} {dollars:8.4f}")
    print(f"  {'together':52} {total:8.4f}")
    return total


POLLED = "HasVendorPos"
"""The condition of what only a shop with a vendor's POS has."""

OF_POLLS = ("levels_dropped", "poll_age", "pos_trouble")
"""Figures that are told of it alone."""


def _without_polls(template: Template) -> Template:
    """Return the template without what is made for a vendor's POS alone: few shops have one."""
    kept = {
        name: each
        for name, each in template["Resources"].items()
        if not str(each.get("Condition", "")).startswith(POLLED)
    }
    return {**template, "Resources": kept}


def _deployment(template: Template) -> Iterator[tuple[str, float]]:
    template = _without_polls(template)
    alarms = of_type(template, "AWS::CloudWatch::Alarm")
    # One over a sum of figures is charged for each of them.
    watched = sum(
        sum("MetricStat" in each for each in alarm.get("Metrics", ())) or 1
        for alarm in alarms.values()
    )
    yield f"{len(alarms)} alarms over {watched} figures", watched * ALARM
    kept = len(of_type(template, "AWS::SecretsManager::Secret"))
    yield f"{kept} secrets", kept * SECRET
    names = _figures()
    yield f"{names} figures of CloudWatch", names * METRIC
    polled = [_is_fifo(template, queue) for _, queue, _ in sqs_sources(template)]
    prices = [FIFO_REQUEST if fifo else QUEUE_REQUEST for fifo in polled]
    yield f"Lambda asks {len(polled)} queues", sum(POLLS * price for price in prices)
    _, _, without = rules(template)["SweepRule"]["ScheduleExpression"]["Fn::If"]
    sweeps = _times_a_month(without)
    yield (
        f"{sweeps:,.0f} sweeps",
        sweeps * (_lambda(template, "SweepFunction", SWEEP_S) + 8 * READ_UNIT),
    )


def of_polls(template: Template) -> Iterator[tuple[str, float]]:
    """Yield what the polls of an account cost in a month in which nothing is sold or changed, line by line, in dollars:
    with webhooks a fifth of the polls (docs/connect-lightspeed.md)."""
    _, each_minute, without = rules(template)["SweepRule"]["ScheduleExpression"]["Fn::If"]
    sweeps, sweep = _times_a_month(each_minute), _lambda(template, "SweepFunction", SWEEP_S)
    yield (
        f"{sweeps:,.0f} sweeps, in the place of fewer",
        (sweeps - _times_a_month(without)) * (sweep + 8 * READ_UNIT),
    )
    yield "Lambda asks their queue", POLLS * FIFO_REQUEST
    yield f"{sweeps:,.0f} polls: messages", sweeps * 3 * FIFO_REQUEST
    tables = POLL_READS * READ_UNIT + POLL_WRITES * WRITE_UNIT
    yield f"{sweeps:,.0f} polls: tables", sweeps * tables
    yield f"{sweeps:,.0f} polls: time", sweeps * _lambda(template, "PollFunction", POLL_S)
    yield "their access token is read", sweeps / POLLS_A_TOKEN * SECRET_READ
    yield f"{len(OF_POLLS)} figures of CloudWatch", len(OF_POLLS) * METRIC


def of_being_there(template: Template, products: int = PRODUCTS) -> Iterator[tuple[str, float]]:
    """Yield what each store of so many products costs in a month for being there, line by line, in dollars."""
    runs = _times_a_month(template["Parameters"]["ReconcileSchedule"]["Default"])
    full = _times_a_month(template["Parameters"]["FullReconcileSchedule"]["Default"])
    yield f"{SECRETS_OF_A_STORE} secrets", SECRETS_OF_A_STORE * SECRET
    yield f"{runs + full:.0f} runs read them", (runs + full) * SECRETS_OF_A_STORE * SECRET_READ
    yield f"{runs:.0f} runs, changed products", runs * _run(template, RUN_S, RUN_READS)
    reads = RUN_READS + products * A_PRODUCT_READS
    full_s = max(FULL_RUN_S, products * A_PRODUCT_S)
    yield f"{full:.0f} runs, all products", full * _run(template, full_s, reads)
    yield f"{products} products stored", products * A_PRODUCT_GB * (TABLE_GB + RECOVERY_GB)
    names = _figures() if re.search(r'add_dimension\([^)]*"store"', OBSERVED) else 0
    yield f"{names} figures of CloudWatch", names * METRIC


def _run(template: Template, seconds: float, reads: float) -> float:
    messages = 3 * 2 * FIFO_REQUEST  # sent, received, deleted; once more where it goes on
    tables = RUN_WRITES * WRITE_UNIT + reads * READ_UNIT
    return (
        messages + tables + A_RUNS_LOG_GB * LOG_GB + _lambda(template, "ReconcileFunction", seconds)
    )


def _lambda(template: Template, function: str, seconds: float) -> float:
    gigabytes = int(functions(template)[function]["MemorySize"]) / 1_024
    return seconds * gigabytes * GB_S["arm64"] + INVOCATION


def _figures() -> int:
    found = {first or second for first, second in _OUR_FIGURE.findall(OBSERVED)} - {*OF_POLLS}
    # Each path has a figure, and what waits has one a lane.
    return len(found) - 1 + OUTCOMES_OF_IMPORT + len(LagPath) + len(MEASURED)


def _is_fifo(template: Template, queue: str) -> bool:
    return bool(queues(template)[queue].get("FifoQueue"))


def _times_a_month(schedule: str) -> float:
    """Return how often a schedule of minutes or hours calls in a month; one by cron calls daily."""
    if schedule.startswith("cron"):
        return DAYS
    count, unit = schedule.removeprefix("rate(").removesuffix(")").split()
    return HOURS / int(count) * (60 if unit.startswith("minute") else 1)


if __name__ == "__main__":
    sys.exit(main())
