"""A POS that is read by polls alone takes no web orders: people book them there."""

from typing import override

from tillbridge.domain.web_orders.told import Told
from tillbridge.ports.pos_web_orders import ListedPage, Outcome, PosWebOrders, WebOrdersNotOffered

_WORDS = "This POS takes no web orders. Book them there, and set `web_orders` to `ledger`."


class NoWebOrders(PosWebOrders):
    """Refuses every call."""

    @override
    def tell(self, external_id: str, order: Told) -> Outcome:
        raise WebOrdersNotOffered(_WORDS)

    @override
    def booked(self, since: int) -> ListedPage:
        raise WebOrdersNotOffered(_WORDS)
