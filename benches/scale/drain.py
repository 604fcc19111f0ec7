"""One slice of a store's drain as a process of the model: the turns, windows, calls and waits of
`usecases/push/drain.py`, with the project's own lanes, turns, planner and quota gate."""

import random
from collections.abc import Generator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import batched

from simpy import Environment, Event

from benches.scale.cost import Cost, Costs
from benches.scale.meter import Meter
from benches.scale.shipped import Deployment
from benches.scale.shop import Shop, Taken, calls_for
from tillbridge.adapters.bigcommerce.transport import LEAST_SECONDS
from tillbridge.domain.call_sizes import PRODUCTS_A_CALL, STOCK_A_CALL
from tillbridge.domain.lanes import ENTRY, Lane
from tillbridge.domain.quota import Quota
from tillbridge.domain.turns import Turns
from tillbridge.ports.pos import BATCH
from tillbridge.usecases.push.slice.session import LOOK_SECONDS, Session
from tillbridge.usecases.push.taking.window import WINDOW

type Steps[T] = Generator[Event, None, T]


@dataclass(frozen=True, slots=True)
class Times:
    """How long things take (seconds) and how often a call fails. `spread`: sigma of the times of calls.
    `bus`, `queue`: from the bus to its queue, from a queue to its function. `start`: of a function."""

    call: float
    spread: float
    pos_read: float
    request: float
    bus: float
    queue: float
    start: float
    fails: float


class OutOfTimeError(Exception):
    """The slice is over."""


class OutageError(Exception):
    """The store is down: its drain ends."""


class InterruptedWindowError(Exception):
    """What people asked for goes first, or the window that is owed to others."""


@dataclass(slots=True)
class Drain:
    """One slice. `run` is its process; it raises one of this module's errors, or ends when nothing is
    due."""

    env: Environment
    shop: Shop
    deployment: Deployment
    costs: Costs
    times: Times
    meter: Meter
    dice: random.Random
    turns: Turns = field(init=False)
    ends_at: float = field(init=False)
    gate: Quota = field(default_factory=Quota)
    did_something: bool = False
    _flight: list[float] = field(default_factory=list)
    _owed: int = 0
    _core_free: float = 0.0

    def __post_init__(self) -> None:
        self.turns = Turns(self.deployment.in_flight, oldest_next=self.shop.oldest_next)
        self.ends_at = self.env.now + self.deployment.slice_s

    def run(self) -> Steps[None]:
        """Work until nothing is due."""
        yield from self._spends(self.costs.slice / 2)
        while (yield from self._turn()):
            pass
        yield from self._spends(self.costs.slice / 2)

    # --- turns ---------------------------------------------------------------------------------------

    def _turn(self) -> Steps[bool]:
        self._need_time()
        went = yield from self._let_stock_go()
        for lane in self.turns.lanes(self.shop.oldest):
            if self.shop.due(lane):
                yield from self._window(lane)
                return True
        return went

    def _let_stock_go(self) -> Steps[bool]:
        if not self.shop.due(Lane.STOCK) or self._left() < Session.last_call_ms / 1_000:
            return False
        yield from self.lands()
        taken = yield from self._read(Lane.STOCK, STOCK_A_CALL, self.costs.stock)
        yield from self._quota_opens(urgent=True)
        began = self.env.now
        yield self.env.timeout(self._begin(Lane.STOCK, began))
        yield from self._spends(self.costs.product * len(taken), side_by_side=True)
        self._ended(Lane.STOCK, taken, began)
        self._owed = self.deployment.in_flight
        return True

    def _window(self, lane: Lane) -> Steps[None]:
        in_windows = ENTRY[lane].in_windows
        small = self.turns.window_is_owed and in_windows
        most = PRODUCTS_A_CALL * self.deployment.in_flight if small else WINDOW
        try:
            taken = yield from self._read(lane, most, self.costs.content, small=small)
            yield from self._send(lane, taken, small=small)
        except InterruptedWindowError:
            pass
        yield from self.lands()
        if in_windows:
            self.turns.window_ended()
            self.shop.oldest_next = self.turns.oldest_next

    def _read(self, lane: Lane, most: int, looks: Cost, *, small: bool = False) -> Steps[Taken]:
        """Read the rows of a lane and their products, page by page; stop early when people wait."""
        due = self.shop.take(lane, most)
        read: Taken = {}
        yield from self._spends(looks)
        for page in batched(due, BATCH, strict=False):
            if read and lane is not Lane.STOCK:
                self._need_time()
                yield from self._let_stock_go()
                if not small and self._people_wait(lane):
                    break
            yield self.env.timeout(self.times.pos_read)
            read |= {product: due[product] for product in page}
        return read

    def _send(self, lane: Lane, taken: Taken, *, small: bool) -> Steps[None]:
        left = iter(taken.items())
        for number, size in enumerate(calls_for(len(taken))):
            while len(self._flight) >= self.deployment.in_flight:
                yield from self._first_ends()
            if number % self.deployment.in_flight == 0 and not small:
                self._let_others_go(lane)
            yield from self._quota_opens(urgent=ENTRY[lane].reserve, lane=lane)
            self.turns.went(lane)
            yield from self._right_of_way()
            yield from self._quota_opens(urgent=True)
            carried = dict(next(left) for _ in range(size))
            self._fly(lane, carried)
        yield from self.lands()

    def _let_others_go(self, lane: Lane) -> None:
        if self.turns.window_is_owed:
            if any(ENTRY[each].in_windows and self.shop.due(each) for each in self.shop.rows):
                raise InterruptedWindowError
        elif self._people_wait(lane):
            raise InterruptedWindowError

    def _people_wait(self, lane: Lane) -> bool:
        return ENTRY[lane].in_windows and self.shop.people_wait

    def _right_of_way(self) -> Steps[None]:
        if self._owed:
            self._owed -= 1
        elif (yield from self._let_stock_go()):
            self._owed = self.deployment.in_flight - 1

    # --- calls ---------------------------------------------------------------------------------------

    def _quota_opens(self, *, urgent: bool, lane: Lane = Lane.STOCK) -> Steps[None]:
        """Wait until a call may go. Work that nobody waits for looks meanwhile for what is urgent."""
        self._need_time()
        while (wait := self.gate.wait_needed(self._now_ms(), urgent=urgent)) > 0:
            if lane is not Lane.STOCK:
                if self._people_wait(lane):
                    self.turns.forgive()
                    raise InterruptedWindowError
                if (yield from self._let_stock_go()):
                    continue
                wait = min(wait, LOOK_SECONDS)
                self.meter.spend(Cost(requests=3))
            self._need_time(wait)
            yield self.env.timeout(wait + 0.001)  # the gate counts whole milliseconds

    def _begin(self, lane: Lane, now: float) -> float:
        """Send a call, and return how long it takes. Raise OutageError."""
        self.gate = self.gate.sent()
        if self.dice.random() < self.times.fails:
            raise OutageError
        if not self.shop.window.call(now, urgent=ENTRY[lane].reserve):
            self.meter.refused += 1
        self.meter.calls[lane] += 1
        return self.times.call * self.dice.lognormvariate(0.0, self.times.spread)

    def _fly(self, lane: Lane, carried: Taken) -> None:
        now = self.env.now
        took = self._begin(lane, now)
        work = self.costs.product * len(carried)
        self.meter.spend(work)
        # The calls of one function share its part of a core when they record what they sent.
        self._core_free = max(now + took, self._core_free) + work.ms / 1_000 / self._share
        end = self._core_free + work.requests * self.times.request / self.deployment.threads
        heappush(self._flight, end)
        timeout = self.env.timeout(end - now)
        timeout.callbacks.append(lambda _: self._ended(lane, carried, now))

    def _ended(self, lane: Lane, taken: Taken, began: float) -> None:
        now_ms = self._now_ms()
        reading = self.shop.window.reading(self.env.now)
        self.gate = self.gate.answered(reading, sent_ms=round(began * 1_000), now_ms=now_ms)
        if lane is not Lane.STOCK:
            self._owed = 0
        self.did_something = True
        self.meter.lags[lane] += [began - at for at in self.shop.done(lane, taken)]

    def _first_ends(self) -> Steps[None]:
        yield self.env.timeout(max(0.0, heappop(self._flight) - self.env.now))

    def lands(self) -> Steps[None]:
        """Wait for the calls under way."""
        while self._flight:
            yield from self._first_ends()

    # --- time ----------------------------------------------------------------------------------------

    def _spends(self, cost: Cost, *, side_by_side: bool = False) -> Steps[None]:
        """Let a function's own work take its time; of many rows at once, eight requests do."""
        self.meter.spend(cost)
        parts = self.deployment.threads if side_by_side and cost.requests > 1 else 1
        waits = cost.requests * self.times.request / parts
        yield self.env.timeout(waits + cost.ms / 1_000 / self._share)

    @property
    def _share(self) -> float:
        return self.deployment.push.share

    def _left(self) -> float:
        return self.ends_at - self.env.now

    def _need_time(self, seconds: float = 0.0) -> None:
        if self._left() < seconds + LEAST_SECONDS:
            raise OutOfTimeError

    def _now_ms(self) -> int:
        return round(self.env.now * 1_000)
