"""History, calls, hours of lags and debts in memory; they keep the promises of `tillbridge.ports.history`,
`.call_lines`, `.lag_hours` and `.oversold`."""

from collections.abc import Iterable, Iterator, Sequence
from json import dumps, loads
from threading import Lock

from tillbridge.domain.errors import BadCursor
from tillbridge.domain.history.call_line import CallLine
from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lag_histogram import HourLags, by_hour, merged
from tillbridge.domain.oversold import Oversold
from tillbridge.ports.history import About, LinePage
from tillbridge.ports.lag_hours import NO_HOUR


class FakeHistory:
    """Lines in lists."""

    def __init__(self) -> None:
        self.lines: list[ProductLine] = []
        self._about: dict[tuple[StoreId, About], list[ProductLine]] = {}
        self._lock = Lock()

    def write(self, store: StoreId, lines: Iterable[ProductLine]) -> None:
        with self._lock:
            for line in lines:
                self.lines.append(line)
                about = line.product or line.web or PosProductId("")
                self._about.setdefault((store, about), []).append(line)

    def of(
        self, store: StoreId, product: PosProductId, from_ms: int, to_ms: int
    ) -> Sequence[ProductLine]:
        with self._lock:
            lines = self._about.get((store, product), [])
            return sorted(
                (line for line in lines if from_ms <= line.at_ms <= to_ms),
                key=lambda line: line.at_ms,
            )

    def of_store(self, store: StoreId) -> list[ProductLine]:
        """Return every line of a store."""
        with self._lock:
            return [line for (of, _), lines in self._about.items() if of == store for line in lines]

    def newest(self, store: StoreId, about: About) -> Iterator[ProductLine]:
        lines = self._about.get((store, about), [])
        return iter(sorted(lines, key=lambda line: line.at_ms)[::-1])

    def page(
        self, store: StoreId, about: Sequence[About], limit: int, *, after: str = "", ahead: int = 0
    ) -> LinePage:
        what = [str(store), *(f"{type(each).__name__} {each}" for each in about)]
        with self._lock:
            lines = [line for each in about for line in self._about.get((store, each), [])]
        lines = sorted(lines, key=lambda line: line.at_ms)[::-1]
        begin = _begin(what, after) if after else 0
        end = begin + limit
        more = dumps([what, end]) if len(lines) > end else ""
        return LinePage(tuple(lines[begin:end]), tuple(lines[end : end + ahead]), more)


def _begin(what: list[str], cursor: str) -> int:
    try:
        named, begin = loads(cursor)
    except (ValueError, TypeError) as why:
        raise BadCursor(cursor) from why
    if named != what or not isinstance(begin, int):
        raise BadCursor(cursor)
    return begin


class FakeCallLines:
    """Lines in dicts."""

    def __init__(self) -> None:
        self.lines: dict[StoreId, dict[str, CallLine]] = {}
        self._lock = Lock()

    def write(self, store: StoreId, lines: Iterable[CallLine]) -> None:
        with self._lock:
            self.lines.setdefault(store, {}).update((line.key, line) for line in lines)

    def of(self, store: StoreId, from_ms: int, to_ms: int) -> Sequence[CallLine]:
        with self._lock:
            lines = self.lines.get(store, {})
            return [lines[key] for key in sorted(lines) if from_ms <= lines[key].at_ms <= to_ms]

    def newest(self, store: StoreId, limit: int) -> Sequence[CallLine]:
        with self._lock:
            lines = self.lines.get(store, {})
            return [lines[key] for key in sorted(lines, reverse=True)[:limit]]


class FakeLagHours:
    """Hours in dicts."""

    def __init__(self) -> None:
        self._drains: dict[tuple[StoreId, int], HourLags] = {}
        self._orders: dict[tuple[StoreId, int], HourLags] = {}

    def put(self, store: StoreId, hour: HourLags) -> None:
        self._drains[store, hour.hour] = hour

    def add_orders(self, store: StoreId, hour: HourLags) -> None:
        before = self._orders.get((store, hour.hour), HourLags())
        lags = merged(before.lags, hour.lags)
        self._orders[store, hour.hour] = HourLags(hour.hour, lags)

    def of(
        self, store: StoreId, from_hour: int, to_hour: int, running: HourLags = NO_HOUR
    ) -> Sequence[HourLags]:
        drains = self._drains | {(store, running.hour): running}
        return by_hour(
            each
            for kept in (drains, self._orders)
            for (of, number), each in kept.items()
            if of == store and from_hour <= number <= to_hour
        )


class FakeOversold:
    """Debts in a list."""

    def __init__(self) -> None:
        self._debts: dict[StoreId, dict[tuple[object, ...], Oversold]] = {}

    def note(self, store: StoreId, debts: Iterable[Oversold]) -> None:
        for debt in debts:
            what = debt.holder, debt.version, debt.debt, debt.orders
            self._debts.setdefault(store, {}).setdefault(what, debt)

    def latest(self, store: StoreId, limit: int) -> Sequence[Oversold]:
        debts = self._debts.get(store, {}).values()
        return sorted(debts, key=lambda debt: -debt.at_ms)[:limit]
