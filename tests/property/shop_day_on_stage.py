"""A shop's day at full speed while reconcile runs: sales, saves, deletions, new variants. Events
travel for seconds, stock shows late, and pushes are anywhere between two of their calls."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.arrivals import arrivals
from tests.builders import STORE, a_product, a_variant, some_stock
from tests.property.interleaving import Party, Stage
from tests.reconcile_world import ReconcileWorld
from tillbridge.domain.events import Event, changes
from tillbridge.domain.ids import PosProductId, PosVariantId
from tillbridge.domain.product import Product
from tillbridge.domain.run import Request, Run
from tillbridge.domain.slices import SliceRecord
from tillbridge.ports.store_api import StoreApi
from tillbridge.usecases.reconcile.reconcile_store import reconcile_store
from tillbridge.usecases.store_work import work_on_store

PRODUCTS = 12
ACTIONS = 25
LONGEST_TRAVEL_S = 15.0
"""The longest way of an event to its pending row: half of what reconcile waits before it looks
again."""


class ShopDay:
    """One world with one seed. `spared`: the number of a product that nobody in the shop
    touches."""

    def __init__(self, seed: int, spared: int | None = None) -> None:
        self.dice = Random(seed)
        self.touched = [number for number in range(PRODUCTS) if number != spared]
        self.world = ReconcileWorld(page_size=5)
        self.world.linked(*(_product(number) for number in range(PRODUCTS)))
        self.world.web.stock = type(self.world.web.stock)(self.world.web.records, slow=True)
        self.stage = Stage(seed, self.world.clock.now)
        self.travelling: list[tuple[int, Event]] = []
        self.shows_ms: list[int] = []
        self.version = 100
        self.over = False
        self.pushing = True
        self.runs: list[Run] = []

    def play(self, *requests: Request) -> None:
        """Play the day, with these runs during it."""
        self.stage.add("shop", self._shop)
        self.stage.add("bus", self._bus)
        self.stage.add("push", self._push)
        self.stage.add("reconcile", lambda party: self._reconcile(party, requests))
        self.stage.play()

    def _shop(self, party: Party) -> None:
        for _ in range(ACTIONS):
            party.sleep(self.dice.uniform(0, 5))
            trigger, product = self._action()
            self.world.pos.save(product)
            event = Event(
                id="e",
                store=STORE,
                trigger=trigger,
                occurred_ms=party.now_ms(),
                products=((product.id, product.version),),
            )
            arrives = party.now_ms() + round(self.dice.uniform(0, LONGEST_TRAVEL_S) * 1_000)
            self.travelling.append((arrives, event))
        self.over = True

    def _action(self) -> tuple[str, Product]:
        self.version += 1
        known = PosProductId(f"p-{self.dice.choice(self.touched)}")
        before = replace(self.world.pos.records[known], version=self.version)
        kind = self.dice.randrange(6)
        if kind < 3:
            return "sale.completed", _sold(before, self.dice)
        if kind == 3:
            price = Decimal(self.dice.randrange(1, 900))
            return "product.saved", replace(before, price=price)
        if kind == 4 and before.variants:
            size = f"X{self.version}"
            extra = replace(
                a_variant(size), id=PosVariantId(f"{known}~{size}"), sku=f"{known}-{size}"
            )
            return "product.saved", replace(before, variants=(*before.variants, extra))
        words = f"<p>{self.version}</p>"
        active = self.dice.random() < 0.8
        return "product.saved", replace(before, description=words, active=active)

    def _bus(self, party: Party) -> None:
        while self.pushing or self.travelling or self.world.web.stock.waiting:
            party.sleep(0.3)
            now = party.now_ms()
            for arrives, event in list(self.travelling):
                if arrives <= now:
                    self.travelling.remove((arrives, event))
                    self.world.pending.mark(changes(event, arrivals(self.world.clock)))
            if self.world.web.stock.waiting and not self.shows_ms:
                self.shows_ms.append(now + self.dice.randrange(10_000))
            if self.shows_ms and self.shows_ms[0] <= now:
                self.shows_ms.clear()
                self.world.web.settle()

    def _push(self, party: Party) -> None:
        world = self.world
        deps = replace(
            world.deps,
            push=replace(
                world.deps.push,
                pending=party.sees(world.pending),
                links=party.sees(world.links),
                clock=party,
            ),
            open_store=lambda *_: self._opened(party),
            open_pos=lambda *_: party.sees(world.pos),
        )
        while not self.over or self.travelling or world.pending.rows:
            work_on_store(STORE, deps)
            party.sleep(0.5)
        self.pushing = False

    def _opened(self, party: Party) -> StoreApi:
        self.world.web.record = SliceRecord()
        seen: StoreApi = party.sees(self.world.web)
        return seen

    def _reconcile(self, party: Party, requests: tuple[Request, ...]) -> None:
        world = self.world
        deps = replace(
            world.reconcile_deps,
            links=party.sees(world.links),
            pending=party.sees(world.pending),
            clock=party,
            open_reader=lambda *_: party.sees(world.reader),
            open_pos=lambda *_: party.sees(world.pos),
            open_feed=lambda *_: party.sees(world.feed),
        )
        for request in requests:
            party.sleep(self.dice.uniform(0, 10))
            run = reconcile_store(STORE, request, deps)
            assert run is not None
            self.runs.append(run)


def _product(number: int) -> Product:
    product = a_product(f"p-{number}", name=f"Product {number}", sku=f"P{number}")
    if number % 3:
        return product
    sizes = tuple(
        replace(a_variant(size), id=PosVariantId(f"p-{number}~{size}"), sku=f"P{number}-{size}")
        for size in ("S", "M")
    )
    return replace(product, sku=f"P{number}", stock=(), options=("Size",), variants=sizes)


def _sold(product: Product, dice: Random) -> Product:
    level = some_stock(dice.randrange(-2, 40))
    if not product.variants:
        return replace(product, stock=(level,))
    place = dice.randrange(len(product.variants))
    variants = tuple(
        replace(variant, stock=(level,)) if at == place else variant
        for at, variant in enumerate(product.variants)
    )
    return replace(product, variants=variants)
