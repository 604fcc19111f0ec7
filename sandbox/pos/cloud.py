"""The POS account: its catalogue, its nine triggers, and web orders."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.pos.catalogue import Catalogue
from sandbox.pos.claim_check import ObjectStore
from sandbox.pos.emitter import Emitter
from sandbox.pos.faults import Faults
from sandbox.pos.glances import Judge
from sandbox.pos.model import Outlet
from sandbox.pos.product_actions import ProductActions
from sandbox.pos.publisher import Publisher
from sandbox.pos.web_order_book import WebOrderBook
from sandbox.pos.web_orders import WebOrderActions

TWO_OUTLETS = (Outlet("o-main", "Main Street"), Outlet("o-west", "West Side"))


class PosCloud(ProductActions, WebOrderActions):
    """One POS account. Thread-safe; events are sent after their change is committed."""

    def __init__(
        self,
        publisher: Publisher,
        store_ids: Sequence[str] = ("demo",),
        *,
        outlets: Sequence[Outlet] = TWO_OUTLETS,
        objects: ObjectStore | None = None,
        currency: str = "USD",
    ) -> None:
        self.catalogue = Catalogue(outlets, currency)
        self.emitter = Emitter(publisher, store_ids, objects)
        self.faults = Faults()
        self.web_orders = WebOrderBook()
        # Set by the local world, which knows the rules: the POS itself judges nothing.
        self.judge: Judge = lambda _: ""
