"""What happened in a store and has not been told to its webhooks yet."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.bigcommerce.state import clock

PAST = {"create": "created", "update": "updated", "delete": "deleted"}


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened: the scope that tells of it, and the data of the event."""

    scope: str
    data: dict[str, Any]
    at: int


@dataclass(slots=True)
class Outbox:
    """What happened, in order. Who rolls a change back cuts what it added."""

    waiting: list[Happened] = field(default_factory=list)

    def say(self, scope: str, kind: str, item_id: int, **more: Any) -> None:
        """Note that something happened to an item."""
        data = {"type": kind, "id": item_id, **more}
        self.waiting.append(Happened(f"store/{scope}", data, int(clock.now())))

    def product(self, action: str, product_id: int, variant_id: int | None) -> None:
        """Note that a product, or a variant and so its product, was created, updated or deleted."""
        if variant_id is None:
            self.say(f"product/{PAST[action]}", "product", product_id)
            return
        sku = {"product_id": product_id, "variant_id": variant_id}
        self.say(f"sku/{PAST[action]}", "sku", variant_id, sku=sku)
        self.say("product/updated", "product", product_id)

    def level(
        self, scope: str, kind: str, product_id: int, variant_id: int, value: int, method: str
    ) -> None:
        """Note that a level moved: of a product (kind 'p') or of a variant ('v').

        scope: "inventory/updated" or "inventory/order/updated"; method: absolute or relative.
        """
        moved = {"product_id": product_id, "method": method, "value": value}
        if kind == "p":
            self.say(f"product/{scope}", "product", product_id, inventory=moved)
        else:
            moved["variant_id"] = variant_id
            self.say(f"sku/{scope}", "sku", variant_id, inventory=moved)

    def take(self) -> list[Happened]:
        """Return what waits, and forget it."""
        waiting, self.waiting = self.waiting, []
        return waiting

    def __len__(self) -> int:
        return len(self.waiting)

    def cut(self, length: int) -> None:
        """Forget what was added since there were so many."""
        del self.waiting[length:]
