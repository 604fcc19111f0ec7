"""The people of a Saturday: each moment of the plan is done to the shop and the web store."""

import random
from collections.abc import Sequence
from typing import Any

from sandbox.bigcommerce.lab.order_staff import OrderStaff
from sandbox.bigcommerce.lab.shop_client import Shop
from sandbox.pos.cloud import PosCloud
from sandbox.pos.levels import unit_stock
from sandbox.pos.refusal import PosRefusal
from sandbox.saturday.goods import OFFER, OUTLET, Pairs, Unit, WebPlace
from sandbox.saturday.notes import Notes
from sandbox.saturday.plan import Moment, What

FAILS = 0.05
FINISHED = (0, 1, 2, 4, 5, 6)
"""Statuses of orders that nobody works on."""
RESTED_S = 400
JOBS = (
    OrderStaff.ship_all,
    OrderStaff.ship_part,
    OrderStaff.cancel,
    OrderStaff.refund_part,
    OrderStaff.refund_amount,
    OrderStaff.edit,
    OrderStaff.edit_under_new_ids,
)


class People:
    """Shoppers, tills and staff. `notes` hear of every order that changed."""

    def __init__(self, shop: Shop, pos: PosCloud, pairs: Pairs, notes: Notes) -> None:
        self.shop, self.pos, self.pairs, self.notes = shop, pos, pairs, notes
        self._places: dict[Unit, WebPlace] = {unit: place for place, unit in pairs.items()}
        self.sold_out = 0

    def do(self, moment: Moment) -> None:
        """Do what a moment asks for; what is not a person's is left to others."""
        dice = random.Random(moment.seed)
        places, units = list(self.pairs), list(self._places)
        match moment.what:
            case What.VISIT:
                self._visit(dice, dice.choice(places), dice.choice((1, 1, 1, 2)))
            case What.FLASH:
                self._visit(dice, self._places[OFFER, None], 1)
            case What.PENDING:
                self._place([_line(dice.choice(places), 1)], status_id=1)
            case What.SALE:
                self._sale(dice.choice(units))
            case What.CLERK:
                self._clerk(dice.choice(units))
            case What.RETURN:
                self.pos.refund([_goods(dice.choice(units), 1) | {"restocked": True}])
            case What.DELIVERY:
                some = dice.sample(units, max(1, len(units) // 4))
                self.pos.stock_order(
                    [_goods(unit, dice.randint(1, 6), "received") for unit in some]
                )
            case What.JOB:
                self._job(dice)

    def _visit(self, dice: random.Random, place: WebPlace, wanted: int) -> None:
        level = self.shop.level(place[0], place[1] or None)
        if level is not None and level < wanted:
            self.sold_out += 1
            return
        line = _line(place, wanted)
        if dice.random() < FAILS:
            self.shop.fail_to_pay([line])
        elif self.shop.pay([line]) is None:
            self.sold_out += 1
        self._noted()

    def _place(self, lines: Sequence[dict[str, Any]], **more: Any) -> None:
        self.shop.place(lines, **more)
        self._noted()

    def _job(self, dice: random.Random) -> None:
        """Let the web staff work on an order; they put away only what has been at rest for a while, as
        what is put away is in no list any more."""
        known = self.shop.orders()
        open_ = [o for o in known if not o["archived"] and o["status_id"] not in FINISHED]
        if not open_:
            return
        order = dice.choice(open_)
        staff = OrderStaff(self.shop, dice.getrandbits(32))
        rested = order["modified"] < self.notes.clock() - RESTED_S
        jobs = (*JOBS, OrderStaff.archive) if rested else JOBS
        dice.choice(jobs)(staff, order)
        self._noted()

    def _sale(self, unit: Unit) -> None:
        """Sell one of what the POS shows as free."""
        if self._shelf(unit) > 0:
            self.pos.sell([_goods(unit, 1)])

    def _clerk(self, unit: Unit) -> None:
        """Sell all that lies on the shelf, whoever it was promised to."""
        if self._shelf(unit) > 0:
            self.pos.sell_whole_shelf(product_id=unit[0], variant_id=unit[1])

    def _shelf(self, unit: Unit) -> int:
        try:
            stock = unit_stock(self.pos.catalogue.get(unit[0]), unit[1])
        except PosRefusal:
            return 0
        return int(sum(each.on_hand for each in stock if each.outlet_id == OUTLET))

    def _noted(self) -> None:
        self.notes.orders(self.shop.orders(), self.pairs)


def _line(place: WebPlace, quantity: int) -> dict[str, Any]:
    product_id, variant_id = place
    line: dict[str, Any] = {"product_id": product_id, "quantity": quantity}
    return line | ({"variant_id": variant_id} if variant_id else {})


def _goods(unit: Unit, count: int, name: str = "quantity") -> dict[str, Any]:
    product_id, variant_id = unit
    found: dict[str, Any] = {"product_id": product_id, name: str(count)}
    return found | ({"variant_id": variant_id} if variant_id else {})
