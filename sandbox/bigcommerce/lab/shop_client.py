"""A client for shoppers and staff: what they do to orders, past the API and its quota."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sandbox.bigcommerce.lab.control_client import Control
from sandbox.bigcommerce.state.config import SHOPPER

Line = Mapping[str, Any]
Units = Mapping[int, int]


class Shop(Control):
    """The storefront and the control panel's orders. Raises ValueError for what cannot be done.

    A line is {"product_id", "variant_id", "quantity"}, or {"name", "price", "type", "quantity"} for
    what is not in the catalogue; units are by the id of an order's line.
    """

    def __init__(self, api_url: str) -> None:
        super().__init__(api_url)
        self._session.headers["User-Agent"] = SHOPPER

    def level(self, product_id: int, variant_id: int | None = None) -> int | None:
        """Return how many a shopper may buy; None where nothing is tracked."""
        answer = self._call("GET", "/shop/level", product_id=product_id, variant_id=variant_id)
        return cast("int | None", answer["level"])

    def pay(self, lines: Sequence[Line], **more: Any) -> int | None:
        """Pay for a cart; return the order's id, None if the units are gone."""
        answer = self._call("POST", "/shop/pay", {"lines": list(lines), **more})
        return cast("int | None", answer["order_id"])

    def fail_to_pay(self, lines: Sequence[Line], **more: Any) -> int:
        """Give up at the payment step; return the id of the incomplete order."""
        answer = self._call("POST", "/shop/fail", {"lines": list(lines), **more})
        return int(answer["order_id"])

    def place(self, lines: Sequence[Line], **more: Any) -> int:
        """Place an order of another kind; return its id.

        more: status_id, channel_id, currency, source ("manual"), external_source ("POS ..."),
        payment_method, shipping, seconds_ago.
        """
        answer = self._call("POST", "/orders/place", {"lines": list(lines), **more})
        return int(answer["order_id"])

    def set_status(self, order_id: int, status_id: int) -> None:
        """Give an order another status."""
        self._call("POST", "/orders/status", {"order_id": order_id, "status_id": status_id})

    def ship(self, order_id: int, units: Units | None = None) -> None:
        """Ship units, or everything that is left."""
        self._call("POST", "/orders/ship", {"order_id": order_id, "units": units})

    def cancel(self, order_id: int) -> None:
        """Cancel an order."""
        self._call("POST", "/orders/cancel", {"order_id": order_id})

    def refund(
        self,
        order_id: int,
        units: Units | None = None,
        *,
        amount: float | None = None,
        restock: bool | None = None,
        by_app: bool = False,
    ) -> int:
        """Refund units, an amount, or everything; return the refund's id."""
        payload = {"order_id": order_id, "units": units, "amount": amount, "restock": restock,
                   "by_app": by_app}  # fmt: skip
        return int(self._call("POST", "/orders/refund", payload)["refund_id"])

    def edit(
        self,
        order_id: int,
        units: Units | None = None,
        *,
        added: Sequence[Line] = (),
        new_ids: bool = False,
    ) -> dict[int, int]:
        """Change quantities (0 removes a line), add lines; return new ids by the old ones."""
        payload = {"order_id": order_id, "units": units, "added": list(added), "new_ids": new_ids}
        renamed = self._call("POST", "/orders/edit", payload)["renamed"]
        return {int(old): new for old, new in renamed.items()}

    def archive(self, order_id: int, *, archived: bool = True) -> None:
        """Archive an order, or bring it back."""
        self._call("POST", "/orders/archive", {"order_id": order_id, "archived": archived})

    def settings(self, channel_id: int = 0, **settings: Any) -> dict[str, Any]:
        """Change the inventory settings of a channel (0: the global ones); return what is set."""
        payload = {"channel_id": channel_id, "settings": settings}
        return cast("dict[str, Any]", self._call("PUT", "/inventory-settings", payload))

    def stock_moves(self, since: int = 0) -> list[dict[str, Any]]:
        """Return what moved levels: adjustments, orders and others (settling.Moved)."""
        return cast("list[dict[str, Any]]", self._call("GET", "/stock-moves", since=since))

    def audit(self) -> dict[str, list[dict[str, Any]]]:
        """Return units that a write put back on sale (swallowed), and lines sold without stock."""
        return cast("dict[str, list[dict[str, Any]]]", self._call("GET", "/orders/audit"))

    def orders(self) -> list[dict[str, Any]]:
        """Return every order with its lines and the units that each took off the stock."""
        return cast("list[dict[str, Any]]", self._call("GET", "/orders"))

    def readings(self) -> list[dict[str, Any]]:
        """Return every list of orders that the store answered: at, agent, min_id and shown."""
        return cast("list[dict[str, Any]]", self._call("GET", "/orders/readings"))
