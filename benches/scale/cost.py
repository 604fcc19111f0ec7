"""What a piece of work costs DynamoDB and the processor."""

import json
from dataclasses import dataclass
from pathlib import Path

MEASURED = Path(__file__).with_name("measured.json")
"""Written by `python -m benches.scale.measure`."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Requests to DynamoDB, write units, and milliseconds of one processor core."""

    requests: float = 0.0
    writes: float = 0.0
    ms: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.requests + other.requests, self.writes + other.writes, self.ms + other.ms)

    def __sub__(self, other: "Cost") -> "Cost":
        return self + other * -1

    def __mul__(self, times: float) -> "Cost":
        return Cost(self.requests * times, self.writes * times, self.ms * times)

    def __truediv__(self, parts: float) -> "Cost":
        return self * (1 / parts)

    @property
    def reads(self) -> float:
        """Return the read units: one a request, since a row is smaller than 4 kB."""
        return max(0.0, self.requests - self.writes)


@dataclass(frozen=True, slots=True)
class Costs:
    """What a drain is made of: the slice itself, a look at one lane's work (`stock`, `content`) and
    each product in it; and one `mark` by intake."""

    slice: Cost = Cost()
    stock: Cost = Cost()
    content: Cost = Cost()
    product: Cost = Cost()
    mark: Cost = Cost()


def measured() -> Costs:
    """Return what was measured last."""
    return Costs(**{name: Cost(**each) for name, each in json.loads(MEASURED.read_text()).items()})
