"""One store of the model: its pending rows, the quota that BigCommerce keeps for it, and its state."""

from dataclasses import dataclass, field
from functools import cache

from benches.scale.assumed import OTHER_APPS, QUOTA, QUOTA_WINDOW_S
from tests.builders import a_link, a_plan, a_product, a_row
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.lanes import INTERRUPTING, Lane
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.quota import Reading

type Taken = dict[int, int]
"""Products that a drain has read, and how many of each one's marks there were."""


@dataclass(slots=True)
class Window:
    """BigCommerce's side of the quota: a window of calls that all apps of the store share.

    `phase`: when its windows begin (seconds). `most`: the most that ever was used of one;
    `most_patient`: the same when a call went that nobody waits for."""

    phase: float = 0.0
    others: float = OTHER_APPS
    began: float = -1.0
    ours: int = 0
    most: int = 0
    most_patient: int = 0

    def call(self, now: float, *, urgent: bool) -> bool:
        """Count a call at `now` (seconds), and return whether it is answered, not with 429."""
        self._turn(now)
        used = self.ours + self._theirs(now)
        if used >= QUOTA:
            return False
        self.ours += 1
        self.most = max(self.most, used + 1)
        if not urgent:
            self.most_patient = max(self.most_patient, used + 1)
        return True

    def reading(self, now: float) -> Reading:
        """Return what an answer at `now` says."""
        self._turn(now)
        left = max(0, QUOTA - self.ours - self._theirs(now))
        ends = self.began + QUOTA_WINDOW_S - now
        return Reading(QUOTA, left, round(ends * 1_000), round(QUOTA_WINDOW_S * 1_000))

    def _turn(self, now: float) -> None:
        began = now - (now - self.phase) % QUOTA_WINDOW_S
        if began > self.began + 1e-6:
            self.began, self.ours = began, 0

    def _theirs(self, now: float) -> int:
        return int(self.others * QUOTA * (now - self.began) / QUOTA_WINDOW_S)


@dataclass(slots=True)
class Shop:
    """One store. `rows`: by lane, each product with the times of its marks, in the order of arrival.
    `messages`: signals in its group that nobody has received; `busy`: one is being worked on.
    `waits_until`: after an outage (seconds); `failures`: outages in a row. `mark_rate`: marks a second
    that go into its bulk lane now."""

    number: int
    window: Window = field(default_factory=Window)
    rows: dict[Lane, dict[int, list[float]]] = field(default_factory=dict)
    messages: int = 0
    busy: bool = False
    oldest_next: bool = False
    waits_until: float = 0.0
    failures: int = 0
    mark_rate: float = 0.0

    def mark(self, lane: Lane, product: int, now: float) -> None:
        """Note an event of a product that happened at `now`."""
        self.rows.setdefault(lane, {}).setdefault(product, []).append(now)

    def due(self, lane: Lane) -> bool:
        """Return whether a lane has work."""
        return bool(self.rows.get(lane))

    def take(self, lane: Lane, most: int) -> Taken:
        """Return the oldest rows of a lane; they stay until they are done."""
        some: Taken = {}
        for product, marks in self.rows.get(lane, {}).items():
            if len(some) == most:
                break
            some[product] = len(marks)
        return some

    def done(self, lane: Lane, taken: Taken) -> list[float]:
        """Take away what was done, and return when it was marked. A row that was marked meanwhile
        stays."""
        rows, times = self.rows[lane], list[float]()
        for product, count in taken.items():
            marks = rows[product]
            times += marks[:count]
            del marks[:count]
            if not marks:
                del rows[product]
        return times

    def oldest(self, lane: Lane) -> int | None:
        """Return the order of arrival of a lane's oldest row, or None."""
        rows = self.rows.get(lane)
        return round(next(iter(rows.values()))[0] * 1_000) if rows else None

    @property
    def people_wait(self) -> bool:
        """Return whether what people asked for waits."""
        return any(self.due(lane) for lane in INTERRUPTING)

    @property
    def has_work(self) -> bool:
        """Return whether any row waits."""
        return any(self.rows.values())


@cache
def calls_for(products: int) -> tuple[int, ...]:
    """Return how many products each call carries when the planner updates so many, without variants."""
    work_items = [_changed(f"p-{number}", StoreProductId(number + 1)) for number in range(products)]
    return tuple(len(batch.items) for batch in a_plan(work_items, Settings()).product_batches)


def _changed(product: str, number: StoreProductId) -> WorkItem:
    record = a_product(product, name=f"Lamp {product}", sku=product.upper(), version=2)
    link = a_link(product, id=number, name=record.name, sku=record.sku)
    return WorkItem((a_row(product, version=2),), record, link)
