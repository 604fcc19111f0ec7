"""What the parts of one import message share, and what a warm function keeps."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import PosBusy
from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_limits import PosLimits, limits_of
from tillbridge.domain.view_rows import WEB, ViewRow
from tillbridge.domain.view_state import left_out
from tillbridge.ports.clock import Clock
from tillbridge.ports.counters import Counters
from tillbridge.ports.history import History
from tillbridge.ports.import_queue import ImportQueue
from tillbridge.ports.imports import Imports, Outcome
from tillbridge.ports.link_requests import LinkRequests
from tillbridge.ports.links import Links
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.pos_catalogue import PosCatalogue
from tillbridge.ports.read_model import ReadModel, RowKey
from tillbridge.ports.signals import Signals
from tillbridge.ports.store_catalogue import StoreCatalogue
from tillbridge.ports.stores import Stores
from tillbridge.usecases.fence import best_effort
from tillbridge.usecases.import_products.import_lines import import_lines
from tillbridge.usecases.import_products.pos_index import PosIndex
from tillbridge.usecases.import_products.skus import SkuIssuer

LAST_CALL_MS = 5_000
"""With less time than this left, no further product is begun."""

MOST_CODES = 1_000_000
"""With more codes than this in all (about 100 MB), the indexes of other accounts are dropped."""


@dataclass(slots=True)
class Warm:
    """What a warm function keeps of each POS account between messages; losing it costs calls, never
    correctness."""

    indexes: dict[PosAccountKey, PosIndex] = field(default_factory=dict)
    issuers: dict[PosAccountKey, SkuIssuer] = field(default_factory=dict)
    named: dict[tuple[PosAccountKey, str, str], str] = field(default_factory=dict)
    busy_until_ms: dict[PosAccountKey, int] = field(default_factory=dict)
    """Before that time (epoch ms) no message asks the POS: each would spend a call to hear that there are none."""


@dataclass(frozen=True, slots=True)
class ImportDeps:
    """What importing needs. `open_store` and `open_pos` make clients whose calls end by a deadline
    (epoch ms)."""

    links: Links
    imports: Imports
    counters: Counters
    link_requests: LinkRequests
    stores: Stores
    pending: PendingRows
    signals: Signals
    queue: ImportQueue
    read_model: ReadModel
    history: History
    clock: Clock
    open_store: Callable[[Connection, int], StoreCatalogue]
    open_pos: Callable[[Connection, int], PosCatalogue]
    slice_ms: int = 60_000
    warm: Warm = field(default_factory=Warm)


@dataclass(slots=True)
class Session:
    """The work on one message of one store, which ends by `deadline_ms` (epoch ms)."""

    connection: Connection
    deps: ImportDeps
    request: str
    deadline_ms: int
    pos: PosCatalogue
    by: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    """Products of this message by the kind of their outcome."""
    _lines: list[ProductLine] = field(default_factory=list)

    @property
    def store(self) -> StoreId:
        """The store whose products come in."""
        return self.connection.store

    @property
    def account(self) -> PosAccountKey:
        """The POS account: stores that share one share its counter of SKUs."""
        return self.connection.pos_account.key

    @property
    def limits(self) -> PosLimits:
        """What the POS takes of a product."""
        return limits_of(self.connection.pos_account.kind)

    def has_time(self) -> bool:
        """Return whether there is time for another product."""
        return self.deadline_ms - self.deps.clock.now_ms() > LAST_CALL_MS

    def waits_for_share(self) -> None:
        """Raise PosBusy while our share of the POS's calls is known to be spent."""
        left_ms = self.deps.warm.busy_until_ms.get(self.account, 0) - self.deps.clock.now_ms()
        if left_ms > 0:
            raise PosBusy(
                "Our share of the calls that the POS allows is used up for now.", left_ms / 1_000
            )

    def report(self, *outcomes: Outcome) -> None:
        """Store and count the outcomes of products."""
        self.deps.imports.report(self.store, self.request, outcomes)
        self._list_left_out(outcomes)
        self.counts.update(outcome.kind for outcome in outcomes)
        now = self.deps.clock.now_ms()
        self._lines += import_lines(outcomes, now, job=self.request, by=self.by)

    def _list_left_out(self, outcomes: Sequence[Outcome]) -> None:
        left = {(WEB, str(each.web)): each for each in outcomes if each.left_out}

        def composed(there: Mapping[RowKey, ViewRow]) -> Iterable[ViewRow]:
            return (left_out(row, left[key].kind, left[key].words) for key, row in there.items())

        if left:
            with best_effort("listing", self.store):
                self.deps.read_model.revise(self.store, left.keys(), composed)

    def keep_history(self) -> None:
        """Write what this message changed into the history, as far as that works."""
        lines, self._lines = self._lines, []
        if lines:
            with best_effort("keeping history", self.store):
                self.deps.history.write(self.store, lines)

    def index(self) -> PosIndex:
        """Return the POS's SKUs as of now. The first time, raise the counter of SKUs above those that
        were issued before. What was known in another epoch of the POS is forgotten: a POS that was
        restored does not say what it no longer has."""
        indexes, epoch = self.deps.warm.indexes, self.connection.pos_account.epoch
        index = indexes.setdefault(self.account, PosIndex(epoch))
        if index.epoch != epoch:
            self.forget_named()
            index = indexes[self.account] = PosIndex(epoch)
        index.refresh(self.pos)
        if not index.counted:
            self.deps.counters.raise_to(self.account, index.highest + 1)
            index.counted = True
        while len(indexes) > 1 and sum(map(len, indexes.values())) > MOST_CODES:
            del indexes[next(each for each in indexes if each != self.account)]
        return index

    def issuer(self) -> SkuIssuer:
        """Return the issuer of this account's SKUs."""
        fresh = SkuIssuer(self.deps.counters, self.account)
        return self.deps.warm.issuers.setdefault(self.account, fresh)

    def department(self, name: str) -> str:
        """Return the id of a department, read once while warm."""
        return self._named("department", name, self.pos.ensure_department)

    def vendor(self, name: str) -> str:
        """Return the id of a vendor, read once while warm."""
        return self._named("vendor", name, self.pos.ensure_vendor)

    def forget_named(self) -> None:
        """Forget the ids of departments and vendors: one may be gone from the POS."""
        named = self.deps.warm.named
        for key in [key for key in named if key[0] == self.account]:
            del named[key]

    def _named(self, kind: str, name: str, ensure: Callable[[str], str]) -> str:
        key = (self.account, kind, name.strip().casefold())
        if key not in self.deps.warm.named:
            self.deps.warm.named[key] = ensure(name)
        return self.deps.warm.named[key]


def open_session(deps: ImportDeps, connection: Connection, request: str, by: str = "") -> Session:
    """Return a session that ends within one slice."""
    deadline = deps.clock.now_ms() + deps.slice_ms
    return Session(connection, deps, request, deadline, deps.open_pos(connection, deadline), by)
