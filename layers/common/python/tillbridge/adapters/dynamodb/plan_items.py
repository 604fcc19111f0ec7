"""Plans of requests as bytes: JSON, compressed. pydantic would read them as well, and cost each start of the
function `console` a third of a client of DynamoDB."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from tillbridge.domain.ids import StoreId
from tillbridge.domain.request_plan import PlannedProduct, RequestPlan, Warned
from tillbridge.domain.selection import Do, Question, Selection
from tillbridge.domain.view_rows import RowState


def packed(plan: RequestPlan) -> bytes:
    """Return a plan as it is kept."""
    return zlib.compress(json.dumps(asdict(plan), default=sorted).encode())


def unpacked(kept: bytes) -> RequestPlan:
    """Return the plan that was packed. Raise KeyError, TypeError or ValueError for what is none."""
    values: dict[str, Any] = json.loads(zlib.decompress(kept))
    own = {
        "store": StoreId(values["store"]),
        "do": Do(values["do"]),
        "selection": _selection(values["selection"]),
        "left_out": _products(values["left_out"]),
        "warned": tuple(
            Warned(
                each["code"],
                each["words"],
                _products(each["products"]),
                tuple(each.get("ids", ())),
            )
            for each in values["warned"]
        ),
        "notes": tuple(values["notes"]),
        "fields": tuple(values.get("fields", ())),
        "first": _products(values["first"]),
    }
    return RequestPlan(**{**values, **own})


def _selection(values: Mapping[str, Any]) -> Selection:
    asked = values["question"]
    return Selection(
        side=values["side"],
        ids=tuple(values["ids"]),
        question=asked
        and Question(
            asked["text"], asked["state"] and RowState(asked["state"]), asked.get("cause", "")
        ),
        without=frozenset(values["without"]),
    )


def _products(many: Iterable[Mapping[str, Any]]) -> tuple[PlannedProduct, ...]:
    return tuple(PlannedProduct(**values) for values in many)
