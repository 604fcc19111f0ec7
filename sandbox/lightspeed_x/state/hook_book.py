"""Webhooks of the account, and the calls to them that are due (fact 10)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from random import Random
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from sandbox.lightspeed_x.state.rows import LevelRow, ProductRow

_DOCUMENTS = {
    "sale.completed": ("sale.update",),
    "refund.completed": ("sale.update",),
    "exchange.completed": ("sale.update",),
    "stock_order.completed": ("consignment.receive",),
    "stock_transfer.completed": ("consignment.send", "consignment.receive"),
}
# Neither a count, nor an order, nor a transfer is told as a change of inventory.
_SILENT = frozenset(
    {"inventory_count.completed", "stock_order.completed", "stock_transfer.completed"}
)
Share = Field(default=0.0, ge=0, le=1)


class HookPlan(BaseModel):
    """What goes wrong with hooks; shares are of the calls to be made, by the account's dice."""

    model_config = ConfigDict(extra="forbid")

    dropped: float = Share
    """The share that is never made."""
    doubled: float = Share
    """The share that is made twice."""
    forged: float = Share
    """The share beside which a stranger makes a call with a wrong signature."""
    shuffled: bool = False
    """Calls that are due at once are made in any order."""
    late_s: float = Field(default=0, ge=0)
    """How much later every call is made."""
    slow_receiver: int = Field(default=0, ge=0)
    """The number of next calls that arrive, and are answered too late to count."""


@dataclass(slots=True)
class Hook:
    """One subscription; those of an OAuth app are signed, those of a personal token are not."""

    id: str
    type: str
    url: str
    active: bool
    by_app: bool


@dataclass(slots=True)
class Delivery:
    """One call to make: at `due_at`, with what happened. A stranger's is not `genuine`."""

    hook_id: str
    type: str
    told: ProductRow | LevelRow | dict[str, Any]
    due_at: float
    failures: int = 0
    genuine: bool = True


@dataclass(slots=True)
class HookBook:
    """Subscriptions and due calls. The caller holds the catalogue's lock; times are of `clock`."""

    clock: Callable[[], float]
    dice: Random
    hooks: dict[str, Hook] = field(default_factory=dict)
    plan: HookPlan = field(default_factory=HookPlan)
    due: list[Delivery] = field(default_factory=list)
    _changed: dict[str, list[ProductRow | LevelRow]] = field(default_factory=dict)
    _families: dict[str, str] = field(default_factory=dict)

    def note(self, row: ProductRow | LevelRow) -> None:
        """Note a row that changed; it is told when it is known what changed it."""
        if isinstance(row, ProductRow):
            self._families[row.id] = row.record.id
        family = self._families.get(row.id if isinstance(row, ProductRow) else row.product_id, "")
        if self.hooks:
            self._changed.setdefault(family, []).append(row)

    def tell(self, cause: str, data: dict[str, Any], products: Collection[str]) -> None:
        """Tell what an event of the shop did to these products."""
        for kind in _DOCUMENTS.get(cause, ()):
            self._tell(kind, {"cause": cause} | data)
        for product_id in products:
            for row in self._changed.pop(product_id, []):
                if isinstance(row, ProductRow):
                    self._tell("product.update", row)
                elif cause not in _SILENT:
                    self._tell("inventory.update", row)

    def tell_rest(self, cause: str) -> None:
        """Tell whatever changed and no event of the shop has told of."""
        self.tell(cause, {}, list(self._changed))

    def _tell(self, kind: str, told: ProductRow | LevelRow | dict[str, Any]) -> None:
        for hook in self.hooks.values():
            if hook.type == kind and hook.active:
                self._plan(Delivery(hook.id, kind, told, self.clock() + self.plan.late_s))

    def _plan(self, delivery: Delivery) -> None:
        if self._strikes(self.plan.forged):
            forged = Delivery(delivery.hook_id, delivery.type, delivery.told, delivery.due_at)
            forged.genuine = False
            self.due.append(forged)
        if self._strikes(self.plan.dropped):
            return
        self.due.append(delivery)
        if self._strikes(self.plan.doubled):
            self.due.append(
                Delivery(delivery.hook_id, delivery.type, delivery.told, delivery.due_at)
            )

    def _strikes(self, share: float) -> bool:
        return share > 0 and self.dice.random() < share

    def take_due(self) -> list[tuple[Delivery, Hook]]:
        """Take the calls that are due by now and whose hook is still there and active."""
        now = self.clock()
        ready = [each for each in self.due if each.due_at <= now]
        self.due = [each for each in self.due if each.due_at > now]
        if self.plan.shuffled:
            self.dice.shuffle(ready)
        known = ((each, self.hooks.get(each.hook_id)) for each in ready)
        return [(each, hook) for each, hook in known if hook is not None and hook.active]

    def is_slow(self) -> bool:
        """Return whether the receiver answers this call too late; count it."""
        strikes = self.plan.slow_receiver > 0
        self.plan = self.plan.model_copy(
            update={"slow_receiver": self.plan.slow_receiver - strikes}
        )
        return strikes
