"""What must hold at every call to the store, whatever else goes wrong."""

import json
import re

from sandbox.bigcommerce.lab.audit import owned_diff, owned_state
from sandbox.bigcommerce.state.store import Touch
from tests.property.vendor_path.web import OURS
from tests.property.vendor_path.world import World

_SAVE = re.compile(r"<p>save (\d+)</p>")


class Referee:
    """Hears of each call of ours; `wrong` says, in words, what broke a promise."""

    def __init__(self, world: World) -> None:
        self.wrong: list[str] = []
        self._world = world
        self._seen = 0
        self._newest: dict[tuple[int, str], int] = {}
        world.web.calling, world.web.called = self._calling, self._called
        world.before_staff, world.after_staff = self.owned, self._mark
        self._mark()

    def _calling(self) -> None:
        self._seen = len(self._world.web.store.ledger)

    def _called(self) -> None:
        ledger = self._world.web.store.ledger
        for touch in ledger[self._seen :]:
            if touch.agent == OURS:
                self._judge(touch)
        self._seen = len(ledger)

    def _judge(self, touch: Touch) -> None:
        world, number = self._world, touch.product_id
        holder = next((x.product for x in world.every_link() if x.id == number), None)
        if touch.action == "create" and touch.variant_id is None:
            return
        if holder is None:
            self.wrong.append(f"{touch.action} of {number}, to which no product is linked")
            return
        if touch.action == "update" and "cost_price" in touch.changed:
            self._judge_cost(touch, holder)
        if "description" not in touch.changed:
            return
        found = world.web.store.db.one("SELECT body FROM products WHERE id=?", number)
        shown = _SAVE.search(found["body"]) if found else None
        if shown:
            save, before = int(shown[1]), self._newest.get((number, holder), 0)
            if save < before and not world.short_pages:
                self.wrong.append(f"save {save} of {holder} replaced save {before} online")
            self._newest[number, holder] = max(save, before)

    def _judge_cost(self, touch: Touch, holder: str) -> None:
        """Judge that no cost is wiped because our token saw none: everything in the shop that people made has one."""
        if touch.variant_id is not None:
            sql, row = "SELECT body FROM variants WHERE id=?", touch.variant_id
        else:
            sql, row = "SELECT body FROM products WHERE id=?", touch.product_id
        shown = self._world.web.store.db.one(sql, row)
        product = self._world.vendor.cloud.catalogue.find(self._world.shop_id(holder))
        if shown is None or json.loads(shown["body"]).get("cost_price") or product is None:
            return
        units = product.variants if touch.variant_id is not None else (product,)
        if all(each.cost for each in units):
            self.wrong.append(f"the cost of {holder} ({row}) was wiped online")

    def owned(self) -> None:
        """Judge what belongs to BigCommerce since the last mark."""
        found = owned_diff(self._world.web.store, OURS)
        self.wrong += [f"BigCommerce's own changed: {each}" for each in found["changed"]]
        self.wrong += [f"we sent BigCommerce's own: {each}" for each in found["sent"]]
        self._mark()

    def _mark(self) -> None:
        store = self._world.web.store
        store.owned_mark = (len(store.ledger), owned_state(store.db))
