"""What goes wrong on demand with the answers of the account; hooks have hazards of their own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

type Lost = Literal["drop", "504"]
type Broken = Literal["cut", "502", "page", "empty"]
type RetryAfter = Literal["date", "seconds", "past", "words", "none"]
type RefusalBody = Literal["message", "error", "errors", "list", "page", "empty"]

_NAMES = ("/brands", "/suppliers", "/product_categories/bulk", "/variant_attributes", "/webhooks")
_LOST = {
    "/products": "lose_creates",
    "/token": "lose_tokens",
    **dict.fromkeys(_NAMES, "lose_names"),
}
"""Which number of the plan counts the answers to a POST that are lost."""


class HazardPlan(BaseModel):
    """The hazards in force; those not named are off. Counts fall as they strike."""

    model_config = ConfigDict(extra="forbid")

    refuse_after: int | None = Field(default=None, ge=0)
    """After this many further calls, calls are answered with 429, as in the middle of a walk."""
    refuse_calls: int = Field(default=1, ge=1)
    """How many calls are, then."""
    retry_after_s: int = Field(default=2, ge=0)
    """The time that their Retry-After names, from now, as an HTTP date."""
    lose_creates: int = Field(default=0, ge=0)
    """The number of next creates that are carried out and whose answer is lost."""
    lose_names: int = Field(default=0, ge=0)
    """The same of brands, suppliers, categories, attributes and webhooks that are made."""
    lose_tokens: int = Field(default=0, ge=0)
    """The number of next token calls that are carried out and whose answer is lost."""
    lost: Lost = "504"
    """How an answer is lost: a gateway's 504, or the connection is cut."""
    down: int = Field(default=0, ge=0)
    """The number of next calls that are answered with 503."""
    retry_after: RetryAfter = "date"
    """What a 429's Retry-After holds: the documented date, seconds, a date that is past, words; or there is none."""
    clock_ahead_s: int = 0
    """How far the vendor's clock, by which such a date is made, is ahead of the account's."""
    broken: int = Field(default=0, ge=0)
    """The number of next calls that are carried out and answered in a way that nobody can read."""
    broken_as: Broken = "cut"
    """How: the connection closes in the middle of the body, a gateway's 502 with a page; or a 200 with a page, or
    with nothing."""
    refusal_as: RefusalBody = "message"
    """What a refusal says, for 4xx: the documented two texts, `error` alone, texts by field, a list of them; or a page,
    or nothing."""
    no_limits: bool = False
    """No answer says how many calls are left."""
    nulls: bool = False
    """What a record has none of is null, as the vendor's later text allows, and not left out."""
    stock_bumps: bool = False
    """A move of stock gives its product a version too."""
    longest_text: int | None = Field(default=None, ge=1)
    """Names, SKUs and supplier codes of a create are cut to this, without a word."""
    page_cap: int | None = Field(default=None, ge=1)
    """No page has more rows than this, whatever is asked for and whatever follows."""
    names_bump: bool = False
    """A new name of a brand, supplier or category gives a version to each product that bears it."""
    slow_ms: int = Field(default=0, ge=0)
    """The delay of every answer, in milliseconds."""


@dataclass(slots=True)
class Hazards:
    """The plan in force, and what is to happen between two calls. The caller holds the lock."""

    plan: HazardPlan = field(default_factory=HazardPlan)
    _between: list[tuple[str, Callable[[], object]]] = field(default_factory=list)

    def refuses(self) -> bool:
        """Return whether this call is answered with 429; count it."""
        plan = self.plan
        if plan.refuse_after is None:
            return False
        if plan.refuse_after > 0:
            plan.refuse_after -= 1
            return False
        plan.refuse_calls -= 1
        if plan.refuse_calls <= 0:
            plan.refuse_after, plan.refuse_calls = None, 1
        return True

    def is_down(self) -> bool:
        """Return whether this call is answered with 503; count it."""
        strikes = self.plan.down > 0
        self.plan.down -= strikes
        return strikes

    def breaks(self) -> Broken | None:
        """Return how this call's answer is broken, or None; count it."""
        if self.plan.broken <= 0:
            return None
        self.plan.broken -= 1
        return self.plan.broken_as

    def loses(self, template: str) -> Lost | None:
        """Return how the answer of this create, or of a token call, is lost, or None; count it."""
        counted = _LOST.get(template, "")
        left: int = getattr(self.plan, counted, 0)
        if left <= 0:
            return None
        setattr(self.plan, counted, left - 1)
        return self.plan.lost

    def after(self, call: str, act: Callable[[], object]) -> None:
        """Have something happen right after the next call such as "POST /inventory"."""
        self._between.append((call, act))

    def due(self, call: str) -> list[Callable[[], object]]:
        """Return what happens now that this call was answered, once."""
        found = [act for name, act in self._between if name == call]
        self._between = [each for each in self._between if each[0] != call]
        return found
