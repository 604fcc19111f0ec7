"""Faults of the POS on demand: stale reads, slow, down, too many requests, missing keys."""

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
    """The faults in force; those not named are off."""

    model_config = ConfigDict(extra="forbid")

    stale: dict[str, int] = Field(default_factory=dict)
    """Product id → the number of reads that still return the record before the newest."""
    slow_ms: int = Field(default=0, ge=0)
    """The delay of every answer, in milliseconds."""
    down: bool = False
    """Every answer is a 503."""
    too_many: int = Field(default=0, ge=0)
    """The number of next answers that are a 429."""
    retry_after_s: int = Field(default=1, ge=0)
    retry_after_form: Literal["seconds", "date"] = "seconds"
    omits: list[Annotated[str, AfterValidator(_record_key)]] = Field(default_factory=list)
    """Keys that the records of products and variants leave out, as from a POS that does not know
    them. A create ignores plain fields among them."""


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
        """A copy of the plan in force."""
        with self._lock:
            return self._plan.model_copy(deep=True)

    @property
    def omits(self) -> frozenset[str]:
        """The keys that records leave out."""
        with self._lock:
            return frozenset(self._plan.omits)

    def reads_stale(self, product_id: str) -> bool:
        """Return whether this read shows the record before the newest; count the read."""
        with self._lock:
            left = self._plan.stale.get(product_id, 0)
            if left > 0:
                self._plan.stale[product_id] = left - 1
            return left > 0

    def refuses(self) -> str | None:
        """Return the Retry-After of a 429 due now, or None; count the answer."""
        with self._lock:
            if self._plan.too_many <= 0:
                return None
            self._plan.too_many -= 1
            wait = self._plan.retry_after_s
            if self._plan.retry_after_form == "seconds":
                return str(wait)
            return format_datetime(utc_now() + timedelta(seconds=wait), usegmt=True)
