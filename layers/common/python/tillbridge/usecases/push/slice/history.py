"""What a slice writes into the history of products. Nothing depends on it, so what goes wrong is logged; but
what became of a person's request is written before the row of the request goes, which it may hold back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from tillbridge.domain.autopsy.assembling import WINDOW_MS
from tillbridge.domain.connection import Settings
from tillbridge.domain.errors import Problem
from tillbridge.domain.history.fields_sent import fields_sent
from tillbridge.domain.history.product_line import (
    Did,
    HolderLevel,
    OrderUnits,
    ProductLine,
)
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreId, StoreProductId
from tillbridge.domain.link import Link
from tillbridge.domain.link_requests import LinkRequest
from tillbridge.domain.outward_events import OversoldEvent
from tillbridge.domain.oversold import debt_of, last_debts, risen, shortfall
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.stock import Sellable, counted
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.ports.call_lines import CallLines
from tillbridge.ports.clock import Clock
from tillbridge.ports.history import History
from tillbridge.ports.lag_hours import LagHours
from tillbridge.ports.order_book import OrderBook
from tillbridge.ports.oversold import OversoldRows
from tillbridge.usecases.fence import best_effort
from tillbridge.usecases.push.slice.calls_made import SliceCalls, why_due
from tillbridge.usecases.push.slice.debts import noticed
from tillbridge.usecases.push.slice.events import SliceEvents
from tillbridge.usecases.push.slice.outcomes_told import SliceOutcomes

AT_ONCE = 25
"""Lines are gathered and go in one request; at the end of the slice the rest goes."""
WAIT_MS = 2_000
"""So long lines wait to be gathered: a kill loses no more."""
type _Sent = Mapping[PosVariantId | None, Sellable]


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the history of products and of calls is kept, the hours of lags, and the debts that were
    noticed."""

    history: History
    calls: CallLines
    oversold: OversoldRows
    hours: LagHours


@dataclass(slots=True)
class SliceHistory:
    """The history of one slice's products. Tasks in flight share it. `oversold_units`: by how many units
    debts rose that were noticed. `outcomes`: what is told of people's requests."""

    store: StoreId
    kept: Kept
    clock: Clock
    outlets: frozenset[str]
    events: SliceEvents
    calls: SliceCalls
    outcomes: SliceOutcomes = field(init=False)
    oversold_units: int = 0
    _lines: list[ProductLine] = field(default_factory=list)
    _since_ms: int = 0
    _call_began_ms: int = 0
    _noticed_ms: dict[PosProductId, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.outcomes = SliceOutcomes(self.store, self.kept.history, self.clock)

    def stock_call_begins(self) -> None:
        """Note that what a stock call sends is read."""
        self._call_began_ms = self.clock.now_ms()

    def owes(self, work: WorkItem, sent: _Sent, book: OrderBook) -> None:
        """Notice that a debt of a product has risen, and tell others: more was sold than there is. Its
        link has the sum of its debts, so where that has not risen, what it says of a product in several
        variants is nothing of any one of them. Called before the link says so, too: a kill has it noticed
        twice rather than never."""
        debt = sum(level.debt for level in sent.values())
        known = work.link is not None and debt <= work.link.debt
        if work.link is None or not debt or (known and None in sent):
            return
        with best_effort("noticing what was sold twice", self.store, work.product):
            now = self.clock.now_ms()
            levels = self._levels(work, sent)
            before = last_debts(self._lines_of(work.product, now))
            found = risen(levels, before, known=known)
            if not found:
                return
            self._noticed_ms[work.product] = now
            orders = book.open(self.store)
            debts = [noticed(work, level, now, orders) for level in found]
            self.kept.oversold.note(self.store, debts)
            self.events.tell([OversoldEvent(self.store, each) for each in debts])
            self.oversold_units += sum(debt_of(e) - before.get(e.variant, 0) for e in found)

    def stocked(
        self,
        work: WorkItem,
        sent: _Sent,
        online: Mapping[PosVariantId | None, int],
        *,
        wrote: bool,
    ) -> None:
        """Note levels that went out, or were right already; `online` are those that a look found."""
        with best_effort("noting what was sent", self.store, work.product):
            # An autopsy reads up to the time at which a debt was noticed: this line is part of it.
            noticed = work.product in self._noticed_ms
            now = self._noticed_ms.pop(work.product, self.clock.now_ms())
            levels = self._levels(work, sent)
            base = ProductLine(
                now,
                work.product,
                Did.STOCK,
                version=work.record.version,
                begun_ms=(self._call_began_ms if wrote else now) or now,
                because=why_due(work),
                lane=work.rows[0].lane.value,
            )
            looked = [e for e in levels if online.get(e.variant, e.level) != e.level]
            self._add(
                replace(
                    base,
                    # Before the call: it is what the call corrects.
                    at_ms=min(base.begun_ms, now - 1),
                    did=Did.LOOKED,
                    holders=(each,),
                    online=online[each.variant],
                )
                for each in looked
            )
            link = work.link
            # Of which variant a debt has gone, nobody says: it is one of which there is nothing left.
            fell = link is not None and link.debt > sum(map(debt_of, levels))
            news = [
                each
                for each in levels
                if link is None
                or _sent_before(link, each.variant) != each.level
                or each in looked
                or debt_of(each)
                or (fell and not each.level)
            ]
            did = Did.STOCK if wrote else Did.RAISED_DEBT if noticed else Did.LOWERED_DEBT
            if news and (wrote or noticed or fell):
                call = self.calls.did(work) if wrote else ""
                self._add([replace(base, did=did, holders=tuple(news), call=call)])

    def found(self, before: OrderEntry | None, entry: OrderEntry) -> None:
        """Note that a web order owes other units than it did."""
        with best_effort("noting a web order", self.store):
            now, owed = self.clock.now_ms(), _owed(entry)
            owed_before = _owed(before) if before else {}
            at_ms = entry.order.modified_ms if before else entry.order.placed_ms
            self._add(
                ProductLine(
                    now,
                    holder.product,
                    Did.FOUND,
                    order=OrderUnits(entry.order.id, holder.variant, owed.get(holder, 0), at_ms),
                )
                for holder in {**owed_before, **owed}
                if owed.get(holder, 0) != owed_before.get(holder, 0)
            )

    def pushed(
        self, work: WorkItem, settings: Settings, *, made: StoreProductId | None = None
    ) -> None:
        """Note content that differs from what was sent before, with its values. `made`: the product that was
        created with it."""
        with best_effort("noting what was sent", self.store, work.product):
            sent = Did.HIDDEN if work.record.deleted else Did.UPDATED
            line = self._line(work, sent if made is None else Did.CREATED)
            fields = fields_sent(
                work.record,
                work.link,
                settings,
                creating=made is not None,
                manual=work.manual,
            )
            self._tell(work, replace(line, fields=fields, call=self.calls.did(work), web=made))

    def sent_again(self, work: WorkItem) -> None:
        """Note, for whoever asked, that the same content was sent again."""
        if work.is_asked:
            with best_effort("noting what was sent", self.store, work.product):
                line = self._line(work, Did.UNCHANGED)
                self._tell(work, replace(line, call=self.calls.did(work)))

    def not_done(self, work: WorkItem, problem: Problem) -> None:
        """Note, for whoever asked, why nothing was sent."""
        if work.is_asked:
            self.refused(work, problem)

    def moved(self, request: LinkRequest, product: PosProductId, web: StoreProductId) -> None:
        """Note that a request about another product's link took this one's away."""
        with best_effort("noting a change of links", self.store, product):
            self._add([self.outcomes.answer_line(request, Did.UNLINKED, product, web)])

    def refused(self, work: WorkItem, problem: Problem, *, broken: bool = False) -> None:
        """Note that a product was given up, and why."""
        with best_effort("noting a refusal", self.store, work.product):
            line = self._line(work, Did.BROKEN if broken else Did.REFUSED)
            call = self.calls.refused(work)
            self._tell(work, replace(line, code=problem.code, words=problem.words, call=call))

    def put_off(self, work: WorkItem, why: str) -> None:
        """Note that a product waits, the first time."""
        with best_effort("noting that a product waits", self.store, work.product):
            self._add([replace(self._line(work, Did.PUT_OFF), words=why)])

    def end(self) -> None:
        """Write what is left when the slice ends."""
        self._add(self.outcomes.left())
        self.flush()

    def flush(self) -> None:
        """Write what was gathered."""
        with self._lock:
            lines, self._lines = self._lines, []
        if lines:
            with best_effort("keeping history", self.store):
                self.kept.history.write(self.store, lines)

    def _tell(self, work: WorkItem, line: ProductLine) -> None:
        if work.is_asked:
            self.outcomes.tell(line)
        else:
            self._add([line])

    def _add(self, lines: Iterable[ProductLine]) -> None:
        now = self.clock.now_ms()
        with self._lock:
            self._since_ms = self._since_ms if self._lines else now
            self._lines.extend(lines)
            full = len(self._lines) >= AT_ONCE or now - self._since_ms >= WAIT_MS
        if full:
            self.flush()

    def _lines_of(self, product: PosProductId, now: int) -> Sequence[ProductLine]:
        """Return the lines of the last hours, those too that are still gathered."""
        kept = self.kept.history.of(self.store, product, now - WINDOW_MS, now)
        with self._lock:
            return [*kept, *(line for line in self._lines if line.product == product)]

    def _line(self, work: WorkItem, did: Did) -> ProductLine:
        return ProductLine(
            self.clock.now_ms(),
            work.product,
            did,
            version=work.record.version,
            because=why_due(work),
            lane=work.rows[0].lane.value,
        )

    def _levels(self, work: WorkItem, sent: _Sent) -> tuple[HolderLevel, ...]:
        stock = {variant.id: variant.stock for variant in work.record.variants}
        found = (
            HolderLevel(
                holder,
                *counted(work.record.stock if holder is None else stock[holder], self.outlets),
                web_units=work.web_units.get(holder, 0),
                level=level.level,
            )
            for holder, level in sent.items()
        )
        return tuple(replace(e, unsure=shortfall(e) - sent[e.variant].debt) for e in found)


def _sent_before(link: Link, variant: PosVariantId | None) -> int | None:
    if variant is None:
        return link.level
    return link.variants[variant].level if variant in link.variants else None


def _owed(entry: OrderEntry) -> dict[Holder, int]:
    found: dict[Holder, int] = {}
    for account in entry.accounts:
        if account.holder is not None:
            found[account.holder] = found.get(account.holder, 0) + account.owed
    return found
