"""The state of a demo under way."""

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
    """The state that the steps of a demo share.

    `known` holds the ids of the POS products that were pushed, `owned_before` the values that the
    web staff set."""

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
