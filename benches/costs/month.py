"""A store's month in dollars, line by line: counted requests and units times prices."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from benches import idle_cost
from benches.costs.counted import Counted
from benches.helpers import prices as price
from benches.scale import assumed as a
from benches.scale.cost import measured
from sandbox.aws.package import load_template
from tests.template.rules.reading import Template, functions

DAYS, HOURS, OPEN_HOURS = 30.4, 730, 300
INTAKE_S = 0.05
"""Chosen: an event is read and marked (docs/performance.md, Memory buys time, has less)."""
DRAINS_AN_ORDER, DRAINS_A_QUIET_HOUR = 2, 12
"""One for its webhooks, one for its booking; and every five minutes orders are read."""
KB_A_LINE, HISTORY_MONTHS = 1.0, 3
"""The most that a line of history takes, and how long it is kept."""
KB_A_CALL = 4.0
"""Chosen: what a call to BigCommerce sends."""

SECRETS, COMPARING, WRITES = "two secrets", "comparisons and stored products", "tables, writes"
READS, FUNCTIONS, MESSAGES = "tables, reads and history", "functions", "queues, bus and webhooks"
LOGS = "logs and data sent"
LINES = (SECRETS, COMPARING, WRITES, READS, FUNCTIONS, MESSAGES, LOGS)


@dataclass(frozen=True, slots=True)
class Size:
    """A store: its products, what happens in it a day, and the rows that change by CSV in a month."""

    name: str
    products: int
    sales: int
    saved: int
    csv_rows: int
    web_orders: int = 0


SIZES = (
    Size("corner shop", 300, 30, 5, 100),
    Size("busy shop", 5_000, 400, 50, 5_000),
    Size("chain", 50_000, 4_000, 500, 50_000, web_orders=400),
)


@dataclass(slots=True)
class Month:
    """The dollars of each line, and what they were counted from."""

    template: Template
    dollars: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    calls: float = 0.0
    writes: float = 0.0

    @property
    def together(self) -> float:
        """Return the sum of all lines."""
        return sum(self.dollars.values())

    def happens(self, times: float, what: Counted, *, cold: bool = False, calls: int = 0) -> None:
        """Add what happens so often: its drain, with `calls` calls to BigCommerce more, cold or warm."""
        made = what.calls + calls
        push_s = made * a.CALL_S + what.pos_calls * a.POS_READ_S + what.requests * a.REQUEST_S
        push_s += _processor_s(what.products, self._megabytes("PushFunction"))
        push_s += a.COLD_START_S if cold else 0
        self.runs("PushFunction", times, push_s)
        self.calls += times * made
        self.writes += times * what.writes
        self.dollars[WRITES] += times * what.writes * price.WRITE_UNIT
        self.dollars[READS] += times * (what.reads * price.READ_UNIT + _kept(what.products))
        self.dollars[MESSAGES] += times * a.REQUESTS_A_MESSAGE * price.FIFO_REQUEST
        self.dollars[LOGS] += times * made * KB_A_CALL / 1e6 * price.OUT_GB

    def arrives(self, times: float, *, cold: bool = False) -> None:
        """Add an event: on the bus, in its archive, in a queue, and taken in by intake."""
        self.runs("IntakeFunction", times, INTAKE_S + (a.COLD_START_S if cold else 0))
        queued = a.REQUESTS_A_MESSAGE * price.QUEUE_REQUEST
        kept = a.LOG_KB_A_CALL / 1e6 * price.ARCHIVE_GB
        self.dollars[MESSAGES] += times * (price.BUS_EVENT + queued + kept)

    def runs(self, function: str, times: float, seconds: float) -> None:
        """Add runs of a function, and what it logs."""
        gigabytes = self._megabytes(function) / 1_024
        each = seconds * gigabytes * price.GB_S["arm64"] + price.INVOCATION
        self.dollars[FUNCTIONS] += times * each
        self.dollars[LOGS] += times * a.LOG_KB_A_CALL / 1e6 * price.LOG_GB

    def _megabytes(self, function: str) -> int:
        return int(functions(self.template)[function]["MemorySize"])


def month(
    size: Size, counts: Mapping[str, Counted], template: Template, *, literal: bool = True
) -> Month:
    """Return what a store of this size costs in a month. `literal`: every trigger sends content, as the
    default is."""
    spent = Month(template)
    being_there = dict(idle_cost.of_being_there(template, size.products))
    spent.dollars[SECRETS] = idle_cost.SECRETS_OF_A_STORE * price.SECRET
    spent.dollars[COMPARING] = sum(being_there.values()) - spent.dollars[SECRETS]
    cold = OPEN_HOURS * 3_600 / (size.sales * DAYS) > a.WARM_S
    reads_orders = int(size.web_orders > 0)
    sales, saved = size.sales * DAYS, size.saved * DAYS
    spent.arrives(sales + saved, cold=cold)
    sale = counts["a sale" if literal else "a sale, when_changed"]
    spent.happens(sales, sale, cold=cold, calls=reads_orders)
    spent.happens(saved, counts["a saved product"], cold=cold)
    csv = counts["a CSV"]
    spent.happens(size.csv_rows / csv.products, csv)
    if reads_orders:
        _web_orders(spent, size.web_orders * DAYS, counts)
    return spent


def first_push(products: int, counts: Mapping[str, Counted], template: Template) -> float:
    """Return what it costs once to push so many products that BigCommerce does not have, in dollars."""
    spent = Month(template)
    new = counts["new products"]
    spent.happens(products / new.products, new)
    return spent.together


@cache
def shipped() -> Template:
    """Return the template that ships, which nobody changes."""
    return load_template(idle_cost.ROOT / "template.yaml")


def _web_orders(spent: Month, orders: float, counts: Mapping[str, Counted]) -> None:
    nothing, order = counts["a drain that finds nothing"], counts["a web order"]
    spent.happens(DRAINS_AN_ORDER * orders, nothing, calls=1)
    spent.happens((HOURS - OPEN_HOURS) * DRAINS_A_QUIET_HOUR, nothing, calls=1)
    spent.happens(orders, order)  # push finds it, `orders` tells it: the same memory
    spent.arrives(orders)  # the POS says that it has booked
    hooks = a.HOOKS_AN_ORDER * orders
    spent.runs("WebhooksFunction", hooks, INTAKE_S)
    spent.dollars[MESSAGES] += hooks * price.HTTP_CALL
    spent.dollars[WRITES] += hooks * price.WRITE_UNIT
    spent.writes += hooks


def _processor_s(products: int, megabytes: int) -> float:
    """Return the time of push's processor, measured as `benches/scale/measured.json` says, with its share of a core."""
    costs = measured()
    ms = costs.slice.ms + costs.stock.ms + costs.content.ms + costs.product.ms * products
    return ms / 1_000 * a.VCPU_MB / megabytes


def _kept(products: int) -> float:
    """Return what the lines of history cost, one a product and one of the slice."""
    return (products + 1) * KB_A_LINE / 1e6 * HISTORY_MONTHS * price.TABLE_GB
