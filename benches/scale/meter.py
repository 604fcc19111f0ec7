"""What the model counts while it runs."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from benches.scale.cost import Cost
from tillbridge.domain.lanes import Lane


@dataclass(slots=True)
class Meter:
    """Counts of one run; times in seconds. `marked`, `lags`: by lane, marks made, and how long each
    waited until its call went out. `at_once`: for each number of drains, how long just so many ran.
    `calls`: calls to BigCommerce by lane. `gb_s`: by function.
    `invocations`: by function. `signals`, `events`, `parts`: messages. `throttled`: marks that DynamoDB
    refused at first. `parts_busy`: seconds of functions that take in parts; `taken_parts`: products in them. `slices`: store, begin and
    end of each, when `keeps_slices`."""

    marked: Counter[Lane] = field(default_factory=Counter)
    lags: dict[Lane, list[float]] = field(default_factory=lambda: defaultdict(list))
    at_once: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    calls: Counter[Lane] = field(default_factory=Counter)
    refused: int = 0
    outages: int = 0
    cost: Cost = field(default_factory=Cost)
    gb_s: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    invocations: Counter[str] = field(default_factory=Counter)
    cold: int = 0
    idle_slices: int = 0
    signals: int = 0
    events: int = 0
    parts: int = 0
    throttled: float = 0.0
    parts_busy: float = 0.0
    taken_parts: int = 0
    most_intakes: int = 0
    most_functions: int = 0
    longest_part_s: float = 0.0
    keeps_slices: bool = False
    slices: list[tuple[int, float, float]] = field(default_factory=list)

    def spend(self, cost: Cost) -> None:
        """Count requests and units."""
        self.cost += cost
