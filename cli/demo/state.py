"""One demo under way: the world, what is connected, and what was noted."""

import time
from dataclasses import dataclass, field

from cli.demo.input import Input
from cli.deployment.accounts import Account
from cli.deployment.target import Target
from cli.verify.owned import Snapshot
from sandbox.pos.shop_day import Day
from sandbox.runner import LocalWorld
from tillbridge.domain.ids import StoreId


@dataclass(slots=True)
class Demo:
    """What the steps of a demo share; `known` are the POS products that were pushed."""

    world: LocalWorld
    target: Target
    store: StoreId
    account: Account
    token: str
    given: Input
    seed: int
    started: float = field(default_factory=time.monotonic)
    day_began_ms: int = 0
    events_before: int = 0
    owned_before: Snapshot | None = None
    known: set[str] = field(default_factory=set)
    day: Day | None = None
