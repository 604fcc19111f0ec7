"""What can go wrong with a POS, on demand: stale, slow, down, too many requests, old."""

from __future__ import annotations

import threading
from datetime import timedelta
from email.utils import format_datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sandbox.pos.clock import utc_now
from sandbox.pos.wire import RECORD_KEYS


def _record_key(key: str) -> str:
    if key not in RECORD_KEYS:
        raise ValueError(f"is no key of a record; known: {', '.join(sorted(RECORD_KEYS))}")
    return key


class FaultPlan(BaseModel):
    """The faults to show from now on; what is not named is off."""

    model_config = ConfigDict(extra="forbid")

    stale: dict[str, int] = Field(default_factory=dict)
    """Product id → how many reads still show the record before the newest."""
    slow_ms: int = Field(default=0, ge=0)
    """Every answer waits this long, in milliseconds."""
    down: bool = False
    """Every answer is a 503."""
    too_many: int = Field(default=0, ge=0)
    """So many next answers are a 429."""
    retry_after_s: int = Field(default=1, ge=0)
    retry_after_form: Literal["seconds", "date"] = "seconds"
    omits: list[Annotated[str, AfterValidator(_record_key)]] = Field(default_factory=list)
    """Keys that every record leaves out, of products and of variants alike, as a POS does that
    does not know them. A create that sends a plain field among them loses it."""


class Faults:
    """The plan in force, counted down as answers are given. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._plan = FaultPlan()

    def set(self, plan: FaultPlan) -> None:
        """Replace the plan."""
        with self._lock:
            self._plan = plan.model_copy(deep=True)

    @property
    def plan(self) -> FaultPlan:
        """A copy of what is in force."""
        with self._lock:
            return self._plan.model_copy(deep=True)

    @property
    def omits(self) -> frozenset[str]:
        """The keys that records leave out."""
        with self._lock:
            return frozenset(self._plan.omits)

    def reads_stale(self, product_id: str) -> bool:
        """Whether this read shows the record before the newest; counts the read."""
        with self._lock:
            left = self._plan.stale.get(product_id, 0)
            if left > 0:
                self._plan.stale[product_id] = left - 1
            return left > 0

    def refuses(self) -> str | None:
        """The Retry-After of a 429 due now, or None; counts the answer."""
        with self._lock:
            if self._plan.too_many <= 0:
                return None
            self._plan.too_many -= 1
            wait = self._plan.retry_after_s
            if self._plan.retry_after_form == "seconds":
                return str(wait)
            return format_datetime(utc_now() + timedelta(seconds=wait), usegmt=True)
