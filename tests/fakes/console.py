"""The ports of the console in memory; each keeps the promises of its port."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.builders import a_connection
from tests.fakes.history import FakeHistory
from tests.fakes.imports import FakeImports
from tests.fakes.pending import FakePending
from tests.fakes.read_model import FakeReadModel
from tests.fakes.stores import FakeStores
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId, WebOrderId
from tillbridge.domain.jobs import MOST_NOTED, Job
from tillbridge.domain.lanes import Lane
from tillbridge.domain.names import name_key
from tillbridge.domain.request_plan import ASKING_MS, KEPT_MS, RequestPlan
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import POS, RowState, ViewRow
from tillbridge.domain.web_orders.asked_for import DoOrder
from tillbridge.ports.clock import Clock
from tillbridge.ports.jobs import MOST_NAMED, Imported, Left, Outcomes
from tillbridge.ports.listing import A_PAGE, Causes, ListPage
from tillbridge.ports.requests import Undone

type _Place = tuple[str, str]
"""What a row is ordered by, and its id."""


class FakeListing:
    """Lists the rows of a read model in memory. A cursor names its list, and a row of it."""

    def __init__(
        self, rows: FakeReadModel, waiting: dict[Lane, Sequence[str]] | None = None
    ) -> None:
        self._rows = rows
        self.waits = waiting or {}

    def page(
        self,
        store: StoreId,
        side: str,
        question: Question,
        *,
        after: str = "",
        before: str = "",
        backwards: bool = False,
        limit: int = A_PAGE,
    ) -> ListPage:
        what = [store, side, question.text, question.state or "", question.cause]
        behind, ahead = _place(what, after), _place(what, before)
        found = sorted(self._fitting(store, side, question), key=_order, reverse=backwards)
        if behind:
            found = [each for each in found if _is_behind(each[0], behind, backwards=backwards)]
        if ahead:
            found = [each for each in found if _is_behind(ahead, each[0], backwards=backwards)]
        shown = found[-limit:] if ahead else found[:limit]
        more = len(found) > len(shown)
        follows, precedes = (True, more) if ahead else (more, bool(behind))
        return ListPage(
            tuple(row for _, row in shown),
            after=_cursor(what, shown[-1][0]) if shown and follows else "",
            before=_cursor(what, shown[0][0]) if shown and precedes else "",
        )

    def waiting(
        self, store: StoreId, lane: Lane, *, after: str = "", limit: int = A_PAGE
    ) -> ListPage:
        what = [store, "waiting", lane.value]
        behind = _place(what, after)
        ids = sorted(self.waits.get(lane, ()))
        left = [each for each in ids if not behind or each > behind[1]]
        there = self._rows.get(store, POS, left[:limit])
        rows = tuple(there.get(each) or ViewRow(POS, each, "") for each in left[:limit])
        return ListPage(rows, _cursor(what, ("", rows[-1].id)) if len(left) > limit else "")

    def causes(self, store: StoreId, side: str, state: RowState, limit: int) -> Causes:
        found = sorted(self._fitting(store, side, Question(state=state)), key=_order)
        products: dict[str, tuple[str, ...]] = {}
        for _, row in found[:limit]:
            products[row.code] = (*products.get(row.code, ()), row.id)
        return Causes(products, len(found) > limit)

    def named(
        self, store: StoreId, products: Sequence[tuple[str, str]]
    ) -> Mapping[tuple[str, str], ViewRow]:
        return {
            (row.side, row.id): row
            for side, id_ in products
            for row in self._rows.get(store, side, [id_]).values()
        }

    def ids(self, store: StoreId, side: str, question: Question) -> Iterator[str]:
        return (row.id for _, row in sorted(self._fitting(store, side, question), key=_order))

    def _fitting(
        self, store: StoreId, side: str, question: Question
    ) -> Iterator[tuple[_Place, ViewRow]]:
        for row in self._rows.every(store, side):
            fits = question.state is None or row.state is question.state
            fits = fits and (not question.cause or row.code == question.cause)
            if row.deleted or not fits:
                continue
            if not question.text.strip():
                name = name_key(row.name)[:200] or "~"
                yield (f"{row.code}#{name}" if question.state else name, row.id), row
            elif found := sorted(each for each in _begins(row) if _fits(each, question.text)):
                yield (found[0], row.id), row


def _order(found: tuple[_Place, ViewRow]) -> _Place:
    return found[0]


def _is_behind(place: _Place, other: _Place, *, backwards: bool) -> bool:
    return place < other if backwards else place > other


def _begins(row: ViewRow) -> Iterator[str]:
    words = name_key(row.name).split(" ")
    yield from (" ".join(words[place:]) for place, word in enumerate(words) if word)
    codes = (*(row.skus or [row.sku]), row.product_number, row.id, *row.barcodes)
    yield from (name_key(code) for code in codes if code)


def _fits(begin: str, text: str) -> bool:
    return begin.startswith(name_key(text))


def _cursor(what: list[str], place: _Place) -> str:
    return urlsafe_b64encode(json.dumps([what, place]).encode()).decode()


def _place(what: list[str], cursor: str) -> _Place | None:
    if not cursor:
        return None
    try:
        named, (order, row) = json.loads(urlsafe_b64decode(cursor))
    except (ValueError, TypeError) as why:
        raise BadCursor(cursor) from why
    if named != what:
        raise BadCursor(cursor)
    return order, row


class FakeJobs:
    """Jobs in a dict. What is left and what became of it is read from `pending` and `history` where a test gives
    them; else a test sets it."""

    def __init__(
        self,
        pending: FakePending | None = None,
        history: FakeHistory | None = None,
        stores: FakeStores | None = None,
        imports: FakeImports | None = None,
    ) -> None:
        self.jobs: dict[tuple[StoreId, str], Job] = {}
        self.rows_left: dict[str, Left] = {}
        self.did: dict[str, dict[str, Did]] = {}
        self._taken: dict[tuple[StoreId, str], dict[int, int]] = {}
        self._pending, self._history, self._stores = pending, history, stores
        self._imports = imports

    def begin(self, job: Job) -> None:
        self.jobs.setdefault((job.store, job.id), job)

    def take_in(self, job: Job, offset: int, products: int) -> None:
        self.begin(job)
        if job.total <= MOST_NOTED:
            taken = self._taken.setdefault((job.store, job.id), {})
            taken[offset] = products
            self._change(job, taken=sum(taken.values()))

    def note_empty(self, job: Job, at_ms: int) -> None:
        self._change(job, empty_ms=at_ms)

    def end(self, job: Job, at_ms: int, *, done: int, failed: int) -> None:
        there = self.jobs.get((job.store, job.id))
        if there is not None and not there.ended_ms:
            self._change(job, ended_ms=at_ms, done=done, failed=failed)

    def get(self, store: StoreId, job: str) -> Job | None:
        return self.jobs.get((store, job))

    def with_store(self, store: StoreId, job: str) -> tuple[Job | None, Connection | None]:
        connection = self._stores.as_told(store) if self._stores else a_connection(store)
        return self.get(store, job), connection

    def newest(self, store: StoreId, limit: int, *, after: str = "") -> Sequence[Job]:
        mine = [job for (of, _), job in self.jobs.items() if of == store]
        older = [job for job in mine if not after or job.id < after]
        return sorted(older, key=lambda job: job.id, reverse=True)[:limit]

    def left(self, store: StoreId, job: str) -> Left:
        if self._pending is None:
            return self.rows_left.get(job, Left(0))
        rows = [row for row in self._pending.rows if (row.store, row.job) == (store, job)]
        asked = [r for r in self._pending.link_requests.every if (r.store, r.job) == (store, job)]
        products = tuple(row.product for row in rows[:MOST_NAMED])
        return Left(len(rows) + len(asked), products=products)

    def outcomes(self, store: StoreId, job: str) -> Outcomes:
        if self._history is None:
            return Outcomes(self.did.get(job, {}))
        lines = [line for line in self._history.of_store(store) if line.outcome and line.job == job]
        newest = {line.asked_as: line for line in sorted(lines, key=lambda each: each.at_ms)}
        return Outcomes(
            {product: line.did for product, line in newest.items()},
            at_ms={product: line.at_ms for product, line in newest.items()},
            places={product: line.words for product, line in newest.items()},
        )

    def words(self, store: StoreId, told: Outcomes, products: Sequence[str]) -> Mapping[str, str]:
        return {product: told.places[product] for product in products if product in told.places}

    def lines(
        self, store: StoreId, told: Outcomes, products: Sequence[str]
    ) -> Mapping[str, ProductLine]:
        lines = self._history.of_store(store) if self._history else ()
        return {
            line.asked_as: line
            for line in sorted(lines, key=lambda each: each.at_ms)
            if line.outcome and line.asked_as in products and line.did is told.did[line.asked_as]
        }

    def imported(self, store: StoreId, job: str) -> Imported:
        if self._imports is None:
            return Imported(0, all_found=False, outcomes=())
        pages = [page for (s, r, _), page in self._imports.pages.items() if (s, r) == (store, job)]
        told = [o for (s, r, _), o in self._imports.outcomes.items() if (s, r) == (store, job)]
        ended = any(not more for _, more in pages)
        return Imported(sum(found for found, _ in pages), ended, tuple(told))

    def _change(self, job: Job, **changed: Any) -> None:
        there = self.jobs.get((job.store, job.id))
        if there is not None:
            self.jobs[job.store, job.id] = replace(there, **changed)


class FakeRequestPlans:
    """Plans in a dict."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock
        self._plans: dict[tuple[StoreId, str], tuple[RequestPlan, tuple[str, ...]]] = {}
        self._begun: dict[tuple[StoreId, str], int] = {}

    def keep(self, plan: RequestPlan, ids: Sequence[str]) -> None:
        self._plans[plan.store, plan.id] = plan, tuple(ids)

    def get(self, store: StoreId, plan: str) -> RequestPlan | None:
        found = self._plans.get((store, plan))
        if found is None:
            return None
        now_ms = self._clock.now_ms() if self._clock else 0
        return found[0] if now_ms < found[0].made_ms + KEPT_MS else None

    def ids(self, store: StoreId, plan: str) -> Iterator[str]:
        there = self.get(store, plan)
        return iter(self._plans[store, plan][1] if there else ())

    def carry_out(self, store: StoreId, plan: str, job: str, now_ms: int) -> bool:
        found = self._plans.get((store, plan))
        begun_ms = self._begun.get((store, plan))
        if found is None or found[0].asked:
            return False
        if begun_ms is not None and begun_ms > now_ms - ASKING_MS:
            return False
        self._begun[store, plan] = now_ms
        self._plans[store, plan] = replace(found[0], job=job), found[1]
        return True

    def let_go(self, store: StoreId, plan: str) -> None:
        self._begun.pop((store, plan), None)

    def asked(self, store: StoreId, plan: str) -> None:
        found = self._plans.get((store, plan))
        if found is not None:
            self._plans[store, plan] = replace(found[0], asked=True), found[1]


class FakeRequests:
    """Notes what was asked for: kind, store, job, person, and what it names; `plans` of pushes, what was seen."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, StoreId, str, str, tuple[object, ...]]] = []
        self.plans: list[str] = []

    def push(
        self,
        store: StoreId,
        job: str,
        by: str,
        products: Sequence[PosProductId],
        plan: str = "",
    ) -> None:
        self.asked.append(("push", store, job, by, tuple(products)))
        self.plans.append(plan)

    def import_(
        self, store: StoreId, job: str, by: str, products: Sequence[StoreProductId]
    ) -> None:
        self.asked.append(("import", store, job, by, tuple(products)))

    def import_all(self, store: StoreId, job: str, by: str) -> None:
        self.asked.append(("import_all", store, job, by, ()))

    def link(
        self,
        store: StoreId,
        job: str,
        by: str,
        pairs: Sequence[tuple[PosProductId, StoreProductId]],
    ) -> None:
        self.asked.append(("link", store, job, by, tuple(pairs)))

    def unlink(self, store: StoreId, job: str, by: str, products: Sequence[PosProductId]) -> None:
        self.asked.append(("unlink", store, job, by, tuple(products)))

    def undo(self, store: StoreId, job: str, by: str, undone: Sequence[Undone]) -> None:
        self.asked.append(("undo", store, job, by, tuple(undone)))

    def orders(
        self, store: StoreId, job: str, by: str, do: DoOrder, orders: Sequence[WebOrderId]
    ) -> None:
        self.asked.append((f"order_{do.value}", store, job, by, tuple(orders)))

    def compare(self, store: StoreId, job: str, by: str, *, full: bool) -> None:
        self.asked.append(("compare", store, job, by, (full,)))

    def plan_exactly(self, store: StoreId, plan: str, by: str) -> None:
        self.asked.append(("plan", store, plan, by, ()))

    def approve(self, store: StoreId, job: str, by: str, run: str) -> None:
        self.asked.append(("approve", store, job, by, (run,)))
