"""Status 207: the product is saved, but one part of it is not (hazard partial-207)."""

from typing import Any

from sandbox.bigcommerce.calls.call import Answer, Call
from sandbox.bigcommerce.calls.errors import error_body


def without_the_failing_part(call: Call, payload: Any) -> tuple[Any, str]:
    """Return the payload without the part that fails, and the part's name, "" if none fails."""
    hazard = call.strikes("partial-207")
    if hazard is None:
        return payload, ""
    part = str(hazard.params.get("part", "inventory_level"))
    items = payload if isinstance(payload, list) else [payload]
    for item in items:
        if isinstance(item, dict):
            item.pop(part, None)
    return payload, part


def partial_answer(data: Any, part: str) -> Answer:
    """Return a 207 with what was saved and the part that was not."""
    errors = error_body(422, f"Saving {part} failed", {part: f"{part} could not be saved"})
    return Answer(207, {"data": data, "errors": errors, "meta": {}})
