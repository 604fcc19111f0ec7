"""Counts what a DynamoDB client asks of the tables: requests, and the units they are billed by."""

from collections import Counter
from dataclasses import dataclass, field
from math import ceil
from typing import Any

READ_UNIT = 4_096
_WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem"})
_STATEMENTS = "BatchExecuteStatement"


@dataclass
class Meter:
    """What was asked since `begin`. Writes are billed by the kilobyte, in transactions twice; strongly
    consistent reads by four kilobytes, others by eight.

    The local AWS says what writes cost, but for a statement, which counts for one: keep items below a
    kilobyte. What it does not say is computed: a failed condition costs one unit, a read the bytes that
    it returned, and what a filter left out as much as what it let pass."""

    requests: Counter[str] = field(default_factory=Counter)
    written: float = 0.0
    read: float = 0.0

    def attach(self, client: Any) -> None:
        """Count from now on what this client asks."""
        events = client.meta.events
        events.register("before-parameter-build.dynamodb", self._before)
        events.register("after-call.dynamodb", self._after)

    def begin(self) -> None:
        """Forget what was counted."""
        self.requests.clear()
        self.written = self.read = 0.0

    def _before(self, params: dict[str, Any], model: Any, context: Any, **_: Any) -> None:
        if "ReturnConsumedCapacity" in model.input_shape.members:
            params["ReturnConsumedCapacity"] = "TOTAL"
        strong = params.get("ConsistentRead", False)
        for asked in params.get("RequestItems", {}).values():
            strong = strong or (isinstance(asked, dict) and asked.get("ConsistentRead", False))
        context["strong"] = strong

    def _after(self, parsed: dict[str, Any], model: Any, context: Any, **_: Any) -> None:
        self.requests[model.name] += 1
        share = 1.0 if context.get("strong") else 0.5
        if model.name == _STATEMENTS:
            self.written += len(parsed.get("Responses", ()))
        elif model.name in _WRITES:
            self.written += _units(parsed) if "Error" not in parsed else 1.0
        elif model.name == "BatchGetItem":
            for items in parsed.get("Responses", {}).values():
                self.read += share * sum(ceil(_bytes(item) / READ_UNIT) for item in items)
        elif "Items" in parsed:
            seen = sum(map(_bytes, parsed["Items"]))
            if parsed["Items"]:
                seen = seen * parsed["ScannedCount"] // len(parsed["Items"])
            self.read += share * max(1, ceil(seen / READ_UNIT))
        else:
            self.read += share


def _units(parsed: dict[str, Any]) -> float:
    consumed = parsed.get("ConsumedCapacity", {})
    each = consumed if isinstance(consumed, list) else [consumed]
    return float(sum(one.get("CapacityUnits", 0.0) for one in each))


def _bytes(value: Any) -> int:
    if isinstance(value, dict):
        return sum(len(name) + _bytes(inner) for name, inner in value.items())
    if isinstance(value, list):
        return sum(map(_bytes, value))
    return len(str(value).encode())
