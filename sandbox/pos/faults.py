"""Faults of the POS on demand: stale reads, products left out, slow, down, too many requests, missing keys."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal
from email.utils import format_datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sandbox.pos.clock import utc_now
from sandbox.pos.numbers import quantity_text
from sandbox.pos.refusal import PosRefusal
from sandbox.pos.wire import RECORD_KEYS

type WebOrderCode = Literal["unknown_product", "outlet_closed", "period_closed", "refused"]


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
    web_order_replies_lost: int = Field(default=0, ge=0)
    """The number of next web orders that are booked and answered with a gateway's 504."""
    web_order_slow_ms: int = Field(default=0, ge=0)
    """The delay of the answer to a web order, in milliseconds, after it was booked."""
    web_order_ahead: int = Field(default=0, ge=0)
    """The number of next web orders that are refused, because the POS says it is one revision ahead."""
    web_order_refusals: list[WebOrderCode] = Field(default_factory=list)
    """The codes with which the next web orders are refused."""
    web_order_versions_late: int = Field(default=0, ge=0)
    """The number of next answers to web orders without effects, which the list shows all the same."""
    web_order_sums: bool = False
    """Effects are sums of products, as from a POS that cannot tell lines apart."""


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

    def refuse_web_order(self, revision: int) -> None:
        """Raise PosRefusal if a new revision of a web order is to be refused; count it."""
        with self._lock:
            if self._plan.web_order_ahead > 0:
                self._plan.web_order_ahead -= 1
                more = {"revision": revision + 1}
                raise PosRefusal("older_revision", "The POS is ahead.", status=409, more=more)
            if self._plan.web_order_refusals:
                code = self._plan.web_order_refusals.pop(0)
                words = f"The POS refuses this order ({code})."
                errors = [{"field": "", "detail": words}]
                raise PosRefusal(code, words, more={"errors": errors})

    def answer_of_web_order(self, answered: dict[str, Any]) -> dict[str, Any] | None:
        """Return the answer that a web order gets, None where it is lost; count it."""
        with self._lock:
            if self._plan.web_order_replies_lost > 0:
                self._plan.web_order_replies_lost -= 1
                return None
            if self._plan.web_order_versions_late > 0 and answered.get("effects"):
                self._plan.web_order_versions_late -= 1
                return answered | {"effects": []}
            return self._with_sums(answered)

    def page_of_web_orders(self, page: dict[str, Any]) -> dict[str, Any]:
        """Return a page of web orders as the plan lets it be seen."""
        with self._lock:
            return page | {"data": [self._with_sums(order) for order in page["data"]]}

    def _with_sums(self, told: dict[str, Any]) -> dict[str, Any]:
        if not self._plan.web_order_sums or "effects" not in told:
            return told
        sums: dict[str, dict[str, Any]] = {}
        for effect in told["effects"]:
            product_id = effect["product_id"]
            known = sums.get(product_id, {"version": 0, "units": "0"})
            sums[product_id] = {
                "product_id": product_id,
                "version": max(known["version"], effect["version"]),
                "units": quantity_text(Decimal(known["units"]) + Decimal(effect["units"])),
            }
        return told | {"effects": list(sums.values())}


def _counted(left: dict[str, int], product_id: str) -> bool:
    times = left.get(product_id, 0)
    if times > 0:
        left[product_id] = times - 1
    return times > 0
