"""One product that sells out in a shop and on the web at once: a till, shoppers, and a store that applies
stock writes late. Times are seconds on a clock that nobody waits for."""

import heapq
import random
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

from tillbridge.domain.ids import PosProductId, StoreProductId, WebLineId, WebOrderId
from tillbridge.domain.product import Product, StockLevel
from tillbridge.domain.web_orders.shown import WebLine, WebOrder

PRODUCT, ONLINE = PosProductId("p-1"), StoreProductId(101)

type Steps = Generator[float]
"""What takes time: it yields how many seconds until its next step."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Units to sell, and how often each side sells one (a second)."""

    units: int
    web: float
    till: float


@dataclass(slots=True)
class Outcome:
    """What a sell-out came to. `till_lags`: from a sale at the till until the level online knew of it;
    `web_lags`: from a web order until the POS had booked it (seconds)."""

    oversold: int = 0
    too_high: float = 0.0
    stock_calls: int = 0
    till_lags: list[float] = field(default_factory=list)
    web_lags: list[float] = field(default_factory=list)


class SellOut:
    """The shop, the store and the clock. `told` and `noticed` are set by whoever keeps them in step: what
    the POS's events and the store's hooks call."""

    def __init__(self, demand: Demand, seed: int) -> None:
        self.dice = random.Random(seed)
        self.demand = demand
        self.now = 0.0
        self.on_hand = self.online = self.left = demand.units
        self.version = 1
        self.orders: list[WebOrder] = []
        self.outcome = Outcome()
        self.told: Callable[[], None] = lambda: None
        self.noticed: Callable[[], None] = lambda: None
        self.under_way = 0
        self._queue: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._unseen: list[tuple[float, int]] = []
        self._until_next(demand.web, self._shopper)
        self._until_next(demand.till, self._customer)

    def after(self, seconds: float, what: Callable[[], None]) -> None:
        """Do something later."""
        heapq.heappush(self._queue, (self.now + seconds, next(self._order), what))

    def start(self, steps: Steps) -> None:
        """Take the steps of something, each at its time."""

        def step() -> None:
            wait = next(steps, None)
            if wait is not None:
                self.after(wait, step)

        step()

    def run(self) -> Outcome:
        """Sell until neither side has anything left to sell, and return what it came to."""
        while self._queue and (self.online > 0 or self.on_hand > 0 or self.under_way):
            at, _, what = heapq.heappop(self._queue)
            self.outcome.too_high += max(0, self.online - max(0, self.left)) * (at - self.now)
            self.now = at
            what()
        self.outcome.oversold = max(0, -self.left)
        return self.outcome

    def record(self) -> Product:
        """Return the POS's record as it is now."""
        return Product(
            PRODUCT, self.version, "One", stock=(StockLevel("shop", Decimal(self.on_hand)),)
        )

    def book(self, units: int) -> int:
        """Take off units in the POS, below zero if need be, and return the version that shows it."""
        self.on_hand -= units
        return self._changed()

    def write(self, level: int, version: int) -> Steps:
        """Set the level online: an absolute write, answered before it is applied. What was sold
        meanwhile it swallows."""
        self.outcome.stock_calls += 1
        self.under_way += 1
        yield self.call()
        yield self.dice.expovariate(1 / 0.6)
        self.online = level
        self.under_way -= 1
        self.seen(version)

    def seen(self, version: int) -> None:
        """Note that what is online knows of everything up to a version of the POS."""
        self.outcome.till_lags += [self.now - at for at, of in self._unseen if of <= version]
        self._unseen = [(at, of) for at, of in self._unseen if of > version]

    def call(self) -> float:
        """Return how long a call takes."""
        return self.dice.uniform(0.2, 0.6)

    def _shopper(self) -> None:
        if self.online > 0:
            self.online -= 1
            self.left -= 1
            ms = round(self.now * 1_000)
            line = WebLine(WebLineId(len(self.orders)), ONLINE, 1)
            number = WebOrderId(len(self.orders))
            self.orders.append(WebOrder(number, 11, ms, ms, (line,)))
            self.noticed()
        self._until_next(self.demand.web, self._shopper)

    def _customer(self) -> None:
        if self.on_hand > 0:
            self.left -= 1
            self.on_hand -= 1
            self._unseen.append((self.now, self._changed()))
        self._until_next(self.demand.till, self._customer)

    def _changed(self) -> int:
        self.version += 1
        self.after(self.dice.expovariate(1 / 0.5), self.told)
        return self.version

    def _until_next(self, rate: float, who: Callable[[], None]) -> None:
        self.after(self.dice.expovariate(rate), who)
