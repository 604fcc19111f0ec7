"""The web orders of a store, read from all who know them, judged one by one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from cli.verify.booking_reader import listed_since
from cli.verify.model import Json, StoreSide, Verdict
from cli.verify.order_model import REFUND_PATIENCE_MS, Kept, Listed, OrderFinding, OrdersSide, Shown
from cli.verify.order_reader import (
    OrdersShown,
    read_orders,
    read_single,
    refunded_since,
    time_text,
)
from cli.verify.orders import BROKEN, BY_ITSELF, POS, judge
from cli.verify.promised import NONE_PROMISED, ByVariant, promised
from cli.verify.reading import Reader
from cli.verify.standing import Certainty, Linked, Standing, linked_things, standing

OLDEST_MS = 89 * 24 * 60 * 60 * 1_000
"""The book forgets an order 90 days after its end, and never counts one that was placed earlier."""
OVERLAP_MS = 120_000
"""How far reading again looks back: an order may show late in BigCommerce's list."""
MOST_ASKED = 100
"""How many orders are asked for one by one: open ones that the list does not show, because they are archived
or were placed earlier. Any more are judged by what was last seen of them."""


@dataclass(frozen=True, slots=True)
class OrderReaders:
    """Readers of BigCommerce's v2 and v3 APIs, and of the POS."""

    orders: Reader
    store: Reader
    pos: Reader


class WebOrders:
    """What all who know a store's orders say of them. `findings`: by order."""

    def __init__(
        self,
        side: OrdersSide,
        store: StoreSide,
        readers: OrderReaders,
        links: Sequence[Json],
    ) -> None:
        self.side = side
        self.findings: dict[int, OrderFinding] = {}
        self.standings: dict[int, Standing] = {}
        self.unasked = 0
        self._store_hash = store.store_hash
        self._readers = readers
        self._refunded: set[int] = set()
        self._linked: Linked = linked_things(links)
        self._shown: dict[int, Shown] = {}
        self._odd: set[int] = set()
        self._kept: dict[int, Kept] = {}
        self._listed: dict[str, Listed] = {}
        self._listed_to = 0
        self._since_ms = max(side.since_ms, side.now_ms() - OLDEST_MS)
        self._by_product: dict[str, list[Standing]] = {}

    def read(self) -> None:
        """Read everything, in lists. Raise ReadFailedError.

        The book is read last: what it says is booked, the others knew before."""
        # Times are whole seconds, and whether a minimum includes its own is not documented.
        self._take(
            read_orders(self._readers.orders, min_date_created=time_text(self._since_ms - 1_000))
        )
        self._read_listed()
        self._keep(self.side.kept(None))
        self._read_unlisted()
        self._judge()
        self._excuse_refunds()

    def again(self) -> None:
        """Read what changed since, and what is open or looks wrong. Raise ReadFailedError."""
        latest = max((order.modified_ms for order in self._shown.values()), default=self._since_ms)
        changed = self._take(
            read_orders(self._readers.orders, min_date_modified=time_text(latest - OVERLAP_MS))
        )
        changed |= self._read_listed() | self.findings.keys()
        changed |= {order for order, kept in self._kept.items() if not kept.settled}
        self._keep(self.side.kept(changed))
        self._judge()
        self._excuse_refunds()

    @property
    def wrong(self) -> list[OrderFinding]:
        """The orders of which a promise is broken, by number."""
        return [each for each in self._sorted() if each.kind in BROKEN]

    @property
    def waiting(self) -> list[OrderFinding]:
        """The orders that need a person, then those that are under way, by number."""
        left = [each for each in self._sorted() if each.kind not in BROKEN]
        return sorted(left, key=lambda each: each.kind in BY_ITSELF)

    def report(self, verdict: Verdict) -> None:
        """Put into a verdict what is to be said of the orders."""
        verdict.web_orders = self.side.mode
        verdict.orders = len(self.standings) + len(self._odd)
        verdict.orders_unasked = self.unasked
        verdict.orders_wrong, verdict.orders_waiting = self.wrong, self.waiting

    def promised(self, record: Json) -> ByVariant:
        """Return the open units of a POS record's variants."""
        orders = self._by_product.get(record["id"])
        return promised(record, orders) if orders else NONE_PROMISED

    def _sorted(self) -> list[OrderFinding]:
        return [self.findings[order] for order in sorted(self.findings)]

    def _take(self, found: OrdersShown) -> set[int]:
        counted = {
            order: shown
            for order, shown in found.orders.items()
            # Of an earlier one that the book has not, nobody has said that it counts.
            if shown.placed_ms >= self._since_ms // 1_000 * 1_000 or order in self._kept
        }
        self._shown |= counted
        self._odd = (self._odd | found.odd) - found.orders.keys()
        return set(counted)

    def _read_listed(self) -> set[int]:
        if self.side.mode != POS:
            return set()
        found, self._listed_to = listed_since(self._readers.pos, self._store_hash, self._listed_to)
        self._listed |= {each.name: each for each in found}
        return {each.order for each in found}

    def _keep(self, kept: Iterable[Kept]) -> None:
        self._kept |= {each.order: each for each in kept}

    def _read_unlisted(self) -> None:
        missing = [
            order
            for order, kept in self._kept.items()
            if order not in self._shown and order not in self._odd and not kept.settled
        ]
        self.unasked = max(0, len(missing) - MOST_ASKED)
        self._take(read_single(self._readers.orders, sorted(missing, reverse=True)[:MOST_ASKED]))

    def _excuse_refunds(self) -> None:
        """Judge again what only a refund explains that Tillbridge need not have read: one call, if any."""
        shown = (self._shown.get(each.order) for each in self.wrong if each.kind == "not_as_shown")
        refunds = {order.order for order in shown if order and any(x.refunded for x in order.lines)}
        if not refunds or not self.side.patience_ms:
            return
        since_ms = self.side.now_ms() - REFUND_PATIENCE_MS
        lately = refunds & refunded_since(self._readers.store, since_ms)
        if lately - self._refunded:
            self._refunded |= lately
            self._judge()

    def _judge(self) -> None:
        now_ms = self.side.now_ms()
        listed: dict[int, list[Listed]] = {}
        for each in self._listed.values():
            listed.setdefault(each.order, []).append(each)
        self.standings, self.findings, self._by_product = {}, {}, {}
        for order in self._known(listed):
            seen = standing(
                order, self._shown.get(order), self._kept.get(order), listed.get(order, ()),
                self._linked, now_ms,
            )  # fmt: skip
            finding = judge(
                seen,
                self.side.mode,
                now_ms,
                self.side.patience_ms,
                refunded=order in self._refunded,
            )
            if finding is not None:
                self.findings[order] = finding
            self._stand(seen, finding)
        for order in self._odd:
            words = "BigCommerce's answer about it cannot be read, so nobody knows what it owes."
            self.findings[order] = OrderFinding(order, "unreadable", f"Web order {order}: {words}")

    def _known(self, listed: Collection[int]) -> set[int]:
        """Return the numbers of all orders that are judged. What the POS booked before orders counted, or
        longer ago than the book reaches, nobody needs to know: numbers rise with time."""
        lately = (
            order for order, shown in self._shown.items() if shown.placed_ms >= self._since_ms
        )
        first = min(lately, default=0)
        return {*self._shown, *self._kept, *(order for order in listed if 0 < first <= order)}

    def _stand(self, seen: Standing, finding: OrderFinding | None) -> None:
        if finding is not None and finding.kind not in BROKEN:
            seen = replace(seen, certainty=Certainty.UNDER_WAY)
        if self.side.mode != POS:
            seen = replace(seen, by_book=True)
        self.standings[seen.order] = seen
        for product in {holder[0] for part in seen.parts for holder in part.holders}:
            self._by_product.setdefault(product, []).append(seen)
