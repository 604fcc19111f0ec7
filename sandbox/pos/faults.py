"""Faults of the POS on demand: stale reads, products left out, slow, down, too many requests, missing keys."""

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
    left_out: dict[str, int] = Field(default_factory=dict)
    """Product id → the number of reads by id that leave it out, as from a copy that lags behind."""
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
            return _counted(self._plan.stale, product_id)

    def leaves_out(self, product_id: str) -> bool:
        """Return whether this read leaves the product out; count the read."""
        with self._lock:
            return _counted(self._plan.left_out, product_id)

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


def _counted(left: dict[str, int], product_id: str) -> bool:
    times = left.get(product_id, 0)
    if times > 0:
        left[product_id] = times - 1
    return times > 0
