"""How far the model is off: ten minutes of one store in the model, and the same with push itself."""

from dataclasses import dataclass, replace
from itertools import batched
from random import Random
from statistics import median

from benches.scale.cost import Costs
from benches.scale.drain import Times
from benches.scale.shipped import Deployment
from benches.scale.world import World
from tests.busy_world import A_CALL_S, A_POS_READ_S
from tests.everybody import Played, everybody
from tillbridge.domain.lanes import Lane

SECONDS, SAVED, IMPORTED = 600, 700, 350
LANES = (Lane.STOCK, Lane.ASKED, Lane.CONTENT, Lane.BULK)


@dataclass(frozen=True, slots=True)
class Compared:
    """What one lane waited, p50 and p95 (seconds), in the model and with push itself."""

    lane: Lane
    model: tuple[float, float]
    push: tuple[float, float]

    @property
    def off(self) -> float:
        """Return by how many times the model's p95 is too long or too short, 1 being exact. Half a call
        is let pass: a wait ends with the call that is under way."""
        model, push = self.model[1], self.push[1]
        if abs(model - push) <= A_CALL_S / 2:
            return 1.0
        return max(model, push) / min(model, push)


def compare(deployment: Deployment) -> list[Compared]:
    """Play both: a sale a second, saved products, an import, a push by a person every half minute, each
    call of `A_CALL_S`, one at a time, and tables that take no time."""
    played: Played = everybody(SECONDS, SAVED, IMPORTED, 0)
    world = _model(replace(deployment, in_flight=1))
    return [
        Compared(lane, _middle(world.meter.lags[lane]), _middle(played.waits[lane]))
        for lane in LANES
    ]


def _model(deployment: Deployment) -> World:
    times = Times(A_CALL_S, 0, A_POS_READ_S, request=0, bus=0, queue=0, start=0, fails=0)
    world = World(deployment, Costs(), times, stores=1, sweeps=False)
    [shop] = world.shops
    dice = Random(7)

    def at(seconds: float, trigger: str, products: list[int]) -> None:
        world.after(seconds, lambda: world.happens(shop, trigger, products))

    for second in range(SECONDS):
        at(second + dice.random(), "sale.completed", [dice.randrange(300)])
    for number, some in enumerate(batched(range(10_000, 10_000 + SAVED), 100, strict=False)):
        at(0.1 * number, "product.saved", list(some))
    at(5, "product.imported", list(range(20_000, 20_000 + IMPORTED)))
    for second in range(30, SECONDS, 30):
        at(second + dice.random(), "push.requested", [dice.randrange(300)])
    world.run(SECONDS + 300)
    return world


def _middle(waits: list[float]) -> tuple[float, float]:
    ordered = sorted(waits)
    return median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
