"""Batches whose items succeed or fail one by one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import Refusal
from sandbox.bigcommerce.state.transaction import all_or_nothing


def each_alone[Result](
    call: Call, items: list[Any], work: Callable[[Call, Any], Result]
) -> tuple[list[Result], dict[int, Refusal]]:
    """Run `work` for each item, all or nothing; return the results, and refusals by position."""
    done: list[Result] = []
    refusals: dict[int, Refusal] = {}
    for position, item in enumerate(items):
        try:
            done.append(all_or_nothing(call.store, partial(work, call, item)))
        except Refusal as refusal:
            refusals[position] = refusal
    return done, refusals


def without_ignored(call: Call, items: list[Any]) -> list[Any]:
    """Return the items of a batch without the fields that it takes in silence (hazard
    batch-ignores)."""
    hazard = call.strikes("batch-ignores")
    if hazard is None:
        return items
    ignored = str(hazard.params.get("fields", "")).split(",")
    return [
        {name: value for name, value in item.items() if name not in ignored}
        if isinstance(item, dict)
        else item
        for item in items
    ]
