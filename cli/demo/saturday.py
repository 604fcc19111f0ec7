"""`tillbridge demo --web-orders`: a Saturday on which the shop and the web sell the same goods."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from rich.progress import Progress

from cli.asking.pushes import push_and_wait
from cli.asking.quiet import until_quiet
from cli.counted import counted
from cli.demo.saturday_autopsies import Autopsies, autopsies_of
from cli.demo.saturday_traces import traces_of_shoppers
from cli.deployment.backlog import pending_rows
from cli.deployment.freshness import freshness
from cli.deployment.ledger import ledger
from cli.deployment.links import every_link
from cli.deployment.local_world import connect_world, sandbox_account
from cli.deployment.target import Target
from cli.screen.bars import progress_bars
from cli.shapes.sides import DemoSaturday, Spread
from cli.sides.compare import compare_sides
from sandbox.bigcommerce.lab.shop_client import Shop
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import StoreConfig
from sandbox.runner import LocalWorld, start_world
from sandbox.saturday.goods import OUTLET, Pairs, Unit, goods
from sandbox.saturday.judge import Day, Verdict, judge
from sandbox.saturday.notes import Notes
from sandbox.saturday.people import People
from sandbox.saturday.plan import Moment, Size, What, plan
from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lag_histogram import Lags
from tillbridge.domain.lanes import FROM_ORDERS
from tillbridge.domain.link import Link

STORE = StoreId("demo")
OURS = "tillbridge"
AT_REST_S = 400.0
"""How long to wait for the last of a day."""
CALM_LOOKS, LOOK_S = 3, 2.0
HOOKS = {"hook-duplicate": 0.2, "hook-late": 0.1, "hook-lost": 0.1}
LATE_S = 20.0
A_MINUTE_S = 61.0


@dataclass(slots=True)
class Saturday:
    """What came of a Saturday; `broken` names the promises that did not hold."""

    verdict: Verdict = field(default_factory=Verdict)
    autopsies: Autopsies = field(default_factory=Autopsies)
    calls: dict[str, int] = field(default_factory=dict)
    lag: tuple[float, float] = (0.0, 0.0)
    lags: Lags = field(default_factory=dict)
    killed: int = 0
    hooks_made: int = 0
    traces: list[str] = field(default_factory=list)
    owned: list[str] = field(default_factory=list)
    verified: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def broken(self) -> list[str]:
        """The promises that did not hold, in words; empty when all did."""
        found = [*self.verdict.broken]
        if self.verdict.booked_once != self.verdict.placed:
            found.append(
                f"of {counted(self.verdict.placed, 'order')} {self.verdict.booked_once:,} were booked once"
            )
        if self.verdict.age_s > Verdict.OLDEST_S:
            found.append(f"a level was set on orders read {self.verdict.age_s:.1f} s before")
        found += [f"{each} holds what only a shopper knows" for each in self.traces]
        return [*found, *self.autopsies.broken, *self.owned, *self.verified]

    def json(self) -> DemoSaturday:
        """Return the figures by name, for `--json`."""
        verdict = self.verdict
        return {
            "orders_placed": verdict.placed,
            "orders_booked_once": verdict.booked_once,
            "levels_set": verdict.writes,
            "oldest_orders_seconds": round(verdict.age_s, 3),
            "unit_seconds_too_high": round(verdict.too_high, 1),
            "oversold": verdict.oversold,
            "oversold_explained": [each.json() for each in self.autopsies.explained],
            "there_again_before_it_was_read": len(self.autopsies.healed),
            "booked_after_seconds": _spread(verdict.booked_after_s),
            "lag_seconds": {"p50": self.lag[0], "p95": self.lag[1]},
            "api_calls": self.calls,
            "hook_calls": self.hooks_made,
            "slices_killed": self.killed,
            "seconds": self.seconds,
            "promises_broken": self.broken,
        }


def play_saturday(seed: int, size: Size, speed: float, *, hooks: bool) -> Saturday:
    """Play a Saturday in a local world of its own, judge it, and return what came of it.

    speed: how many of the day's seconds pass in one. hooks: whether any call of a hook comes."""
    began = time.monotonic()
    store = StoreServer(config=StoreConfig(quota="pro"))
    with progress_bars() as bars:
        step = bars.add_task("starting", total=None)
        with start_world(STORE, store=store, say=_say(bars, step)) as world:
            target = connect_world(world, sandbox_account(STORE, store), store.token)
            played = _Play(world, target, store, size, seed)
            played.open(bars)
            if not hooks:
                store.control.set_hazard("hook-lost")
            played.day(bars, speed, hooks=hooks)
            found = played.judged(bars)
    found.seconds = round(time.monotonic() - began, 1)
    return found


def _say(bars: Progress, task: Any) -> Any:
    return lambda what: bars.update(task, description=what)


class _Play:
    """A Saturday under way."""

    def __init__(
        self, world: LocalWorld, target: Target, store: StoreServer, size: Size, seed: int
    ) -> None:
        self.world, self.target, self.store = world, target, store
        self.size, self.seed = size, seed
        self.shop: Shop = store.shop
        self.pos = world.pos.cloud
        self.notes = Notes(time.time)
        self.pairs: Pairs = {}
        self.products: dict[int, int] = {}
        self.killed = 0

    def open(self, bars: Progress) -> None:
        """Put the goods online, switch web orders on, and begin to take notes."""
        self.pos.load(goods(self.seed, self.size.products))
        ids = [product.id for product in self.pos.catalogue.live()]
        task = bars.add_task(f"putting {counted(len(ids), 'product')} online", total=len(ids))
        push_and_wait(self.target, STORE, ids, lambda done: bars.update(task, completed=done))
        until_quiet(self.target, STORE)
        self._switch_on()
        self.store.control.settle()
        self.pairs, self.products = pairs_of(every_link(self.target, STORE).values())
        self.notes.watch(self.pos)
        self.moves_before = len(self.shop.stock_moves())
        self.begun = self._levels()
        self.store.control.mark_owned()
        self.store.control.reset_counts()
        self.people = People(self.shop, self.pos, self.pairs, self.notes)

    def _switch_on(self) -> None:
        connection = self.target.stores.find(STORE)
        assert connection is not None
        settings = replace(connection.settings, web_orders=WebOrderMode.POS, web_outlet=OUTLET)
        now_ms = time.time_ns() // 1_000_000
        self.target.stores.save_connection(
            replace(connection, settings=settings, web_orders_since_ms=now_ms)
        )
        self.target.signals.signal(STORE)
        until_quiet(self.target, STORE)
        self.store.control.pass_time_of_hooks(A_MINUTE_S)  # a new hook works within one

    def day(self, bars: Progress, speed: float, *, hooks: bool) -> None:
        """Play the plan, each moment at its time."""
        if hooks:
            self._hooks_fare(HOOKS)
        moments = plan(self.seed, self.size)
        task = bars.add_task("a Saturday", total=len(moments))
        began, self.day_began_ms = time.monotonic(), time.time_ns() // 1_000_000
        off = not hooks
        for number, moment in enumerate(moments):
            time.sleep(  # the day goes on at its own speed
                max(0.0, began + moment.at_s / speed - time.monotonic())
            )
            if moment.what in (What.OFF, What.ON) and hooks:
                off = moment.what is What.OFF
                self._hooks_fare({"hook-lost": 1.0} if off else HOOKS)
            elif moment.what is What.KILLED:
                self.killed += self._kill()
            elif not (off and moment.what is What.JOB):
                # What staff do while no hook comes may show an hour later: see docs/web-orders.md.
                self._do(moment)
            bars.update(task, completed=number + 1, description=f"a Saturday: {moment.what}")
        bars.update(task, description="a Saturday: waiting for the last of it")
        self._until_at_rest()

    def _until_at_rest(self) -> None:
        """Wait until no row is left, nor a product whose level an order moved; too little on sale is
        raised at a second look only."""
        until = time.monotonic() + AT_REST_S
        calm = 0
        while calm < CALM_LOOKS and time.monotonic() < until:
            until_quiet(self.target, STORE)
            left = pending_rows(self.target, STORE, FROM_ORDERS).total()
            calm = 0 if left else calm + 1
            time.sleep(LOOK_S)  # a row waits for its time, which nothing tells of

    def _do(self, moment: Moment) -> None:
        self.people.do(moment)

    def _hooks_fare(self, shares: dict[str, float]) -> None:
        for name in HOOKS:
            self.store.control.clear_hazards(name)
        control = self.store.control
        for name, share in shares.items():
            if name == "hook-late":
                control.set_hazard(name, probability=share, seed=self.seed, seconds=LATE_S)
            else:
                control.set_hazard(name, probability=share, seed=self.seed)

    def _kill(self) -> int:
        """Kill the function that drains the store, in whatever it does; return how many were killed."""
        return self.world.aws.kill(self.target.outputs["push_function_name"])

    def judged(self, bars: Progress) -> Saturday:
        """Return what came of the day."""
        task = bars.add_task("judging by the logs of both sides", total=None)
        self.store.control.settle()
        counts = self.store.control.counts()
        day = Day(
            notes=self.notes,
            pairs=self.pairs,
            products=self.products,
            orders=self.shop.orders(),
            moves=self.shop.stock_moves(self.moves_before),
            readings=[each for each in self.shop.readings() if each["agent"] == OURS],
            begun=self.begun,
            ended=self._levels(),
        )
        done = ledger(self.target, STORE, self.day_began_ms)
        owned = self.store.control.owned_diff(OURS)
        verdict = judge(day)
        found = Saturday(
            verdict=verdict,
            autopsies=autopsies_of(self.target, STORE, verdict.sold_twice),
            calls=counts["by_agent"].get(OURS, {}),
            lag=(done.percentile(0.5), done.percentile(0.95)),
            lags=freshness(self.target, STORE, 24),
            killed=self.killed,
            hooks_made=len(self.store.control.hooks()["attempts"]),
            traces=traces_of_shoppers(self.target, self.world),
            owned=[f"BigCommerce's own {each} was changed" for each in owned["changed"]],
        )
        found.verified = compare_sides(self.target, STORE, at_rest=True).in_words
        bars.update(task, total=1, completed=1)
        return found

    def _levels(self) -> dict[Unit, int]:
        found: dict[Unit, int] = {}
        for (product, variant), unit in self.pairs.items():
            found[unit] = self.shop.level(product, variant or None) or 0
        return found


def pairs_of(links: Iterable[Link]) -> tuple[Pairs, dict[int, int]]:
    """Return what each thing online is at the POS, and the product of each variant."""
    pairs: dict[tuple[int, int], Unit] = {}
    products: dict[int, int] = {}
    for link in links:
        if link.id is None:
            continue
        if not link.variants:
            pairs[int(link.id), 0] = (str(link.product), None)
        for variant, linked in link.variants.items():
            pairs[int(link.id), int(linked.id)] = (str(link.product), str(variant))
            products[int(linked.id)] = int(link.id)
    return pairs, products


def _spread(values: list[float]) -> Spread:
    ordered = sorted(values) or [0.0]
    at_half, nearly, last = (
        round(ordered[round((len(ordered) - 1) * at)], 1) for at in (0.5, 0.95, 1.0)
    )
    return {"p50": at_half, "p95": nearly, "max": last}
