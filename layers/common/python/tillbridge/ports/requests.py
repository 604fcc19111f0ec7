"""What people ask for, put on the event bus."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId, WebOrderId
from tillbridge.domain.link_requests import UndoOf
from tillbridge.domain.web_orders.asked_for import DoOrder


@dataclass(frozen=True, slots=True)
class Undone:
    """A product whose push is undone. `web`: of one that is hidden, the BigCommerce product that was made."""

    product: PosProductId
    undoes: UndoOf
    web: StoreProductId | None = None


class Requests(Protocol):
    """Puts people's requests on the bus under the console's name. `job`: what all events of a request share, and
    the id of the first; `by`: who asks. Each may raise RetryLater: then some events may be on the bus, and
    asking again under the same job does no harm."""

    def push(
        self,
        store: StoreId,
        job: str,
        by: str,
        products: Sequence[PosProductId],
        plan: str = "",
    ) -> None:
        """Ask for a push of these products. `plan`: the exact plan that somebody saw; "" where nobody did."""
        ...

    def import_(
        self, store: StoreId, job: str, by: str, products: Sequence[StoreProductId]
    ) -> None:
        """Ask for an import of these products, 200 of them at most."""
        ...

    def import_all(self, store: StoreId, job: str, by: str) -> None:
        """Ask for an import of every product that is not linked."""
        ...

    def link(
        self,
        store: StoreId,
        job: str,
        by: str,
        pairs: Sequence[tuple[PosProductId, StoreProductId]],
    ) -> None:
        """Ask for links between products that exist on both sides."""
        ...

    def unlink(self, store: StoreId, job: str, by: str, products: Sequence[PosProductId]) -> None:
        """Ask for the end of the links of these products."""
        ...

    def undo(self, store: StoreId, job: str, by: str, undone: Sequence[Undone]) -> None:
        """Ask for what pushes replaced to be put back, or for what they made to be hidden and unlinked."""

    def orders(
        self, store: StoreId, job: str, by: str, do: DoOrder, orders: Sequence[WebOrderId]
    ) -> None:
        """Ask for something about these web orders, 200 of them at most."""
        ...

    def compare(self, store: StoreId, job: str, by: str, *, full: bool) -> None:
        """Ask for a comparison of both sides: of what changed, or of all products."""
        ...

    def approve(self, store: StoreId, job: str, by: str, run: str) -> None:
        """Ask for the repair of what a run found."""
        ...

    def plan_exactly(self, store: StoreId, plan: str, by: str) -> None:
        """Ask what a plan would change, field by field."""
        ...
