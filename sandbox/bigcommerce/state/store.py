"""The state of one store: its database, the calls under way, and the ledger of writes."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sandbox.bigcommerce.state import clock
from sandbox.bigcommerce.state.config import StoreConfig
from sandbox.bigcommerce.state.db import Database
from sandbox.bigcommerce.state.fixtures import seed_fixtures
from sandbox.bigcommerce.state.hazards import Hazard, Hazards
from sandbox.bigcommerce.state.hook_book import HookBook
from sandbox.bigcommerce.state.late import LateWrites
from sandbox.bigcommerce.state.outbox import Outbox
from sandbox.bigcommerce.state.quota import Quota
from sandbox.bigcommerce.state.record import Recorder
from sandbox.bigcommerce.state.settling import Settling


@dataclass(slots=True)
class Touch:
    """One write to one product or variant: by whom, and which fields were sent and changed."""

    seq: int
    agent: str
    action: str
    product_id: int
    variant_id: int | None
    sent: list[str]
    changed: list[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """One answered list of orders: when (seconds), for whom, from which id on, and how many were shown."""

    at: float
    agent: str
    min_id: int
    shown: int


@dataclass(slots=True)
class Traffic:
    """Counters of the calls answered since the last reset."""

    calls: dict[str, Counter[str]] = field(default_factory=dict)
    statuses: dict[str, Counter[str]] = field(default_factory=dict)
    refused_429: Counter[str] = field(default_factory=Counter)
    in_flight: Counter[str] = field(default_factory=Counter)
    most_in_flight: int = 0
    # Bulk stock and bulk catalogue writes that were under way at once, which corrupts stock.
    overlaps: int = 0

    def count(self, agent: str, operation: str, status: int) -> None:
        """Count one answered call."""
        self.calls.setdefault(agent, Counter())[operation] += 1
        self.statuses.setdefault(agent, Counter())[str(status)] += 1
        if status == 429:
            self.refused_429[agent] += 1


class Store:
    """Everything one store holds. Used from one event loop, so nothing here is locked."""

    def __init__(self, config: StoreConfig) -> None:
        self.config = config
        self.recorder = Recorder(config.record) if config.record else None
        # Lives as long as the store, because the dispatcher waits at it.
        self.hooks = HookBook(config.hook_scale)
        # By token; those of the lab's own accounts stay when the store is reset.
        self.tokens: dict[str, frozenset[str]] = {config.token: config.scopes}
        self._begin()

    def _begin(self) -> None:
        config = self.config
        self.db = Database()
        self.quota = Quota(config.quota, config.window_ms, config.seed)
        self.hazards = Hazards(config.seed)
        self.settling = Settling(config.stock_delay_ms)
        self.late = LateWrites()
        self.outbox = Outbox()
        self.traffic = Traffic()
        self.random = random.Random(config.seed)
        self.ledger: list[Touch] = []
        self.readings: list[Reading] = []
        self.under_way: Counter[str] = Counter()
        self.brand_written_at = float("-inf")
        self.raced = False
        self.owned_mark: tuple[int, dict[str, Any]] = (0, {})
        seed_fixtures(self.db, self.now())

    def close(self) -> None:
        """Close the database and the file of recorded traffic."""
        self.db.close()
        if self.recorder:
            self.recorder.close()

    def reset(self) -> None:
        """Become a new store: no products, no hazards, all counters at zero."""
        self.db.close()
        self.hooks.clear()
        self._begin()

    def now(self) -> str:
        """Return the time as v3 writes it."""
        return datetime.fromtimestamp(clock.now(), UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")

    def touch(
        self,
        agent: str,
        action: str,
        product_id: int,
        variant_id: int | None,
        sent: list[str],
        changed: list[str],
    ) -> None:
        """Record a write in the ledger, and tell hooks of it."""
        seq = len(self.ledger) + 1
        self.ledger.append(Touch(seq, agent, action, product_id, variant_id, sent, changed))
        self.outbox.product(action, product_id, variant_id)

    def enter(self, kind: str, template: str) -> None:
        """Record that a call of a kind (stock, catalog, other) to a path template is under way."""
        self.under_way[template] += 1
        flying = self.traffic.in_flight
        flying[kind] += 1
        self.traffic.most_in_flight = max(self.traffic.most_in_flight, flying.total())
        if kind != "other" and flying["stock"] and flying["catalog"]:
            self.traffic.overlaps += 1
            self.raced = True

    def leave(self, kind: str, template: str) -> None:
        """Record that a call has ended."""
        self.under_way[template] -= 1
        self.traffic.in_flight[kind] -= 1
        if not self.traffic.in_flight["stock"]:
            self.raced = False

    def set_hazard(self, hazard: Hazard, seed: int | None = None) -> None:
        """Switch a hazard on; two of them also set the quota or the stock queue."""
        self.hazards.set(hazard, seed)
        if hazard.name == "foreign-app":
            self.quota.foreign_share = float(hazard.params.get("share", 0.5))
        if hazard.name == "stock-async":
            self.settling.delay_ms = float(hazard.params.get("ms", 2000))

    def clear_hazards(self, name: str | None = None) -> None:
        """Switch one hazard off, or all."""
        self.hazards.clear(name)
        if name in (None, "foreign-app"):
            self.quota.foreign_share = 0.0
        if name in (None, "stock-async"):
            self.settling.delay_ms = self.config.stock_delay_ms
