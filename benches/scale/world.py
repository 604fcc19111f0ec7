"""The model: stores, the bus, the queues and the functions, in which the events of a mix happen."""

import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from simpy import Environment

from benches.scale.assumed import (
    ACCOUNT_CONCURRENCY,
    PARTITION_WRITES_A_S,
    QUOTA_WINDOW_S,
    WARM_S,
)
from benches.scale.cost import Costs
from benches.scale.drain import Drain, OutageError, OutOfTimeError, Steps, Times
from benches.scale.meter import Meter
from benches.scale.shipped import Deployment
from benches.scale.shop import Shop, Window
from tillbridge.domain.events import A_PART, MOST_AT_ONCE
from tillbridge.domain.lanes import Lane, lanes_for
from tillbridge.domain.waiting import backoff_ms
from tillbridge.usecases.store_work import WAKE_MARGIN_MS

SWEEP_S = 300.0
LEAST_S = 0.001


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event, or a part of one: the lanes that it marks, its products, when it happened."""

    shop: Shop
    lanes: tuple[Lane, ...]
    products: range | list[int]
    happened: float


@dataclass(slots=True)
class World:
    """A deployment and its stores at work. Seeded: the same again gives the same figures."""

    deployment: Deployment
    costs: Costs
    times: Times
    stores: int
    seed: int = 7
    sweeps: bool = True
    env: Environment = field(default_factory=Environment)
    meter: Meter = field(default_factory=Meter)
    shops: list[Shop] = field(init=False)
    dice: random.Random = field(init=False)
    _ready: deque[Shop] = field(default_factory=deque)
    _running: int = 0
    _since: float = 0.0
    _warm: list[float] = field(default_factory=list)
    _events: "Intake" = field(init=False)
    _parts: "Intake" = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.shops = [
            Shop(number, Window(phase=self.dice.uniform(0, QUOTA_WINDOW_S)))
            for number in range(self.stores)
        ]
        self._events = Intake(self, ACCOUNT_CONCURRENCY - self.deployment.push_concurrency)
        self._parts = Intake(self, self.deployment.parts_concurrency)
        if self.sweeps:
            self.env.process(self._sweeps())

    # --- what happens ----------------------------------------------------------------------------------

    def happens(self, shop: Shop, trigger: str, products: range | list[int]) -> None:
        """Let an event happen now in a store."""
        now, lanes = self.env.now, lanes_for(trigger, len(products))
        self.meter.events += 1
        self.meter.marked.update({lane: len(products) for lane in lanes})
        if len(products) <= MOST_AT_ONCE:
            arrival = Arrival(shop, lanes, products, now)
            self.after(self.times.bus, lambda: self._events.take(arrival))
            return
        for begin in range(0, len(products), A_PART):
            part = Arrival(shop, lanes, products[begin : begin + A_PART], now)
            self.meter.parts += 1
            self.after(self.times.bus + self.times.queue, lambda part=part: self._parts.take(part))  # type: ignore[misc]  # mypy infers no default of a lambda

    def signal(self, shop: Shop) -> None:
        """Send the signal of a store: a message in its group, to be received one at a time."""
        self.meter.signals += 1
        shop.messages += 1
        if shop.messages == 1 and not shop.busy:
            self.after(self.times.queue, lambda: self._receivable(shop))

    def after(self, seconds: float, do: Callable[[], None]) -> None:
        """Do something later."""
        self.env.timeout(seconds).callbacks.append(lambda _: do())

    def _sweeps(self) -> Steps[None]:
        while True:
            yield self.env.timeout(SWEEP_S)
            for shop in self.shops:
                if shop.has_work and shop.waits_until <= self.env.now:
                    self.signal(shop)

    # --- drains ----------------------------------------------------------------------------------------

    def _receivable(self, shop: Shop) -> None:
        self._ready.append(shop)
        self._start()

    def _start(self) -> None:
        while self._ready and self._running < self.deployment.push_concurrency:
            shop = self._ready.popleft()
            shop.messages -= 1
            shop.busy = True
            self._runs(1)
            self.env.process(self._work(shop))

    def _work(self, shop: Shop) -> Steps[None]:
        began = self.env.now
        yield self.env.timeout(self._cold_start())
        drain = Drain(
            self.env, shop, self.deployment, self.costs, self.times, self.meter, self.dice
        )
        if shop.waits_until <= began:
            yield from self._slice(drain, shop)
        else:
            yield self.env.timeout(self.costs.slice.ms / 1_000 / self.deployment.push.share)
        self._ended(drain, shop, began)

    def _slice(self, drain: Drain, shop: Shop) -> Steps[None]:
        try:
            yield from drain.run()
            shop.failures, shop.oldest_next = 0, False
        except OutOfTimeError:
            yield from drain.lands()
            shop.failures = 0
            self.signal(shop)
        except OutageError:
            yield from drain.lands()
            shop.failures += 1
            self.meter.outages += 1
            wait = backoff_ms(shop.failures) / 1_000
            shop.waits_until = self.env.now + wait
            self.after(wait + WAKE_MARGIN_MS / 1_000, lambda: self.signal(shop))

    def _ended(self, drain: Drain, shop: Shop, began: float) -> None:
        now = self.env.now
        function = self.deployment.push
        self.meter.gb_s["push"] += (now - began) * function.memory_mb / 1_024
        self.meter.invocations["push"] += 1
        self.meter.idle_slices += not drain.did_something
        if self.meter.keeps_slices:
            self.meter.slices.append((shop.number, began, now))
        self._warm.append(now)
        self._runs(-1)
        shop.busy = False
        if shop.messages:
            self._ready.append(shop)
        self._start()

    def _cold_start(self) -> float:
        if self._warm and self.env.now - self._warm.pop() <= WARM_S:
            return 0.0
        self._warm.clear()  # the one that ended last has gone cold, and so have the others
        self.meter.cold += 1
        return self.times.start

    def _runs(self, more: int) -> None:
        self.meter.at_once[self._running] += self.env.now - self._since
        self._since = self.env.now
        self._running += more
        self.note_functions()

    def note_functions(self) -> None:
        """Note how many functions run."""
        intakes = self._events.running + self._parts.running
        self.meter.most_intakes = max(self.meter.most_intakes, intakes)
        self.meter.most_functions = max(self.meter.most_functions, intakes + self._running)

    def run(self, until: float) -> None:
        """Let time pass until then."""
        self.env.run(until=until)
        self._runs(0)

    def parts_waiting(self) -> Iterator[Arrival]:
        """Yield the parts of large events that no intake has taken yet."""
        yield from self._parts.waiting

    def unfinished(self) -> Iterator[tuple[Lane, float]]:
        """Yield the marks that still wait, and those that no intake has made yet, with their lane and
        when they happened."""
        for shop in self.shops:
            for lane, rows in shop.rows.items():
                for marks in rows.values():
                    yield from ((lane, at) for at in marks)
        for arrival in (*self._events.waiting, *self._parts.waiting):
            for lane in arrival.lanes:
                yield from ((lane, arrival.happened) for _ in arrival.products)


@dataclass(slots=True)
class Intake:
    """One event source of intake: `limit` functions at once, as many messages each as its batch takes."""

    world: World
    limit: int
    running: int = 0
    waiting: deque[Arrival] = field(default_factory=deque)

    def take(self, arrival: Arrival) -> None:
        """Receive a message."""
        self.waiting.append(arrival)
        self._start()

    def _start(self) -> None:
        world = self.world
        while self.waiting and self.running < self.limit:
            most = min(len(self.waiting), world.deployment.batch)
            batch = [self.waiting.popleft() for _ in range(most)]
            self.running += 1
            world.note_functions()
            world.env.process(self._mark(batch))

    def _mark(self, batch: list[Arrival]) -> Steps[None]:
        world, function = self.world, self.world.deployment.intake
        marks = sum(len(each.products) * len(each.lanes) for each in batch)
        cost = world.costs.mark * (marks + 2)  # the connection, and the signal
        took = cost.ms / 1_000 / function.share
        took += cost.requests * world.times.request / world.deployment.threads
        bulk = [each for each in batch if Lane.BULK in each.lanes]
        took = max(LEAST_S, took + self._throttled(bulk, took))
        for each in bulk:
            each.shop.mark_rate += len(each.products) / took
        yield world.env.timeout(took)
        for each in bulk:
            each.shop.mark_rate -= len(each.products) / took
        world.meter.spend(cost)
        world.meter.gb_s["intake"] += took * function.memory_mb / 1_024
        world.meter.invocations["intake"] += 1
        if self.limit == world.deployment.parts_concurrency:
            world.meter.parts_busy += took
            world.meter.taken_parts += sum(len(each.products) for each in batch)
            world.meter.longest_part_s = max(world.meter.longest_part_s, took)
        for each in batch:
            for lane in each.lanes:
                for product in each.products:
                    each.shop.mark(lane, product, each.happened)
        for shop in {each.shop.number: each.shop for each in batch}.values():
            world.signal(shop)
        self.running -= 1
        self._start()

    def _throttled(self, bulk: list[Arrival], took: float) -> float:
        """Return how many seconds longer it takes because the partition of one store's bulk lane refuses marks."""
        writes = self.world.costs.mark.writes
        longer = 0.0
        for each in bulk:
            rate = (each.shop.mark_rate + len(each.products) / max(LEAST_S, took)) * writes
            if rate > PARTITION_WRITES_A_S:
                self.world.meter.throttled += len(each.products) * (1 - PARTITION_WRITES_A_S / rate)
                longer = max(longer, took * (rate / PARTITION_WRITES_A_S - 1))
        return longer
