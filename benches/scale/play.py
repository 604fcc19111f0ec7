"""A mix played in a number of stores, and what came of it."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from benches.scale.assumed import (
    BUS_S,
    CALL_FAILS,
    CALL_S,
    CALL_SPREAD,
    COLD_START_S,
    POS_READ_S,
    QUEUE_S,
    REQUEST_S,
)
from benches.scale.cost import measured
from benches.scale.drain import Steps, Times
from benches.scale.mixes import Mix
from benches.scale.shipped import Deployment
from benches.scale.shop import Shop
from benches.scale.world import World
from tillbridge.domain.lanes import Lane

HOUR_S = 3_600.0
MOST_EVENTS = 20_000
"""A busier hour than this is played for a part of it, five minutes at least."""
LEAST_S = 300.0
TIMES = Times(
    call=CALL_S,
    spread=CALL_SPREAD,
    pos_read=POS_READ_S,
    request=REQUEST_S,
    bus=BUS_S,
    queue=QUEUE_S,
    start=COLD_START_S,
    fails=CALL_FAILS,
)
IMPORTED_FROM = 100_000
"""The number of the first product that only imports name."""


@dataclass(frozen=True, slots=True)
class Played:
    """A world after a mix was played in it for `seconds`."""

    mix: Mix
    world: World
    seconds: float

    def lags(self, lane: Lane) -> list[float]:
        """Return what each mark of a lane waited (seconds), in order; of one that still waits, how long
        by now."""
        waits = [self.seconds - at for of, at in self.world.unfinished() if of is lane]
        return sorted(waits + self.world.meter.lags[lane])

    @property
    def left(self) -> float:
        """Return the share of urgent marks that happened a minute or more before the end and still wait."""
        urgent = (Lane.STOCK, Lane.ASKED)
        late = sum(of in urgent and self.seconds - at > 60 for of, at in self.world.unfinished())
        return late / max(1, sum(self.world.meter.marked[lane] for lane in urgent))


def play(mix: Mix, stores: int, deployment: Deployment, seed: int = 7) -> Played:
    """Play a busy hour of `stores` stores, or a part of it."""
    events = stores * (mix.sales + mix.saves + mix.pushes)
    seconds = min(HOUR_S, max(LEAST_S, HOUR_S * MOST_EVENTS / events))
    world = World(deployment, measured(), TIMES, stores, seed)
    dice = Random(seed + 1)

    def sale(shop: Shop) -> None:
        sold = dice.sample(range(mix.products), dice.randint(1, 3))
        world.happens(shop, "sale.completed", sold)

    def save(shop: Shop) -> None:
        world.happens(shop, "product.saved", [dice.randrange(mix.products)])

    def push(shop: Shop) -> None:
        world.happens(shop, "push.requested", [dice.randrange(mix.products)])

    for rate, what in ((mix.sales, sale), (mix.saves, save), (mix.pushes, push)):
        if rate:
            world.env.process(_stream(world, stores * rate / HOUR_S, what, dice))
    _imports(world, mix, seconds, dice)
    world.run(seconds)
    return Played(mix, world, seconds)


def _stream(
    world: World, a_second: float, what: Callable[[Shop], None], dice: Random
) -> Steps[None]:
    while True:
        yield world.env.timeout(dice.expovariate(a_second))
        what(dice.choice(world.shops))


def _imports(world: World, mix: Mix, seconds: float, dice: Random) -> None:
    most = mix.importing * len(world.shops) * seconds / HOUR_S
    count = math.ceil(most) if mix.importing else 0
    for shop in dice.sample(world.shops, min(count, len(world.shops))):
        rows = round(math.exp(dice.uniform(*map(math.log, mix.rows))))
        products = range(IMPORTED_FROM, IMPORTED_FROM + rows)
        world.after(
            dice.uniform(0, seconds),
            lambda shop=shop, products=products: world.happens(shop, "product.imported", products),  # type: ignore[misc]  # mypy infers no default of a lambda
        )


def with_push(deployment: Deployment, *, concurrency: int = 0, memory_mb: int = 0) -> Deployment:
    """Return the deployment with another PushConcurrency or another size of push and intake."""
    changed = replace(deployment, push_concurrency=concurrency or deployment.push_concurrency)
    if not memory_mb:
        return changed
    return replace(
        changed,
        push=replace(changed.push, memory_mb=memory_mb),
        intake=replace(changed.intake, memory_mb=memory_mb),
    )
