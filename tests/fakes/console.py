"""The ports of the console in memory; each keeps the promises of its port."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.fakes.read_model import FakeReadModel
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.jobs import Job
from tillbridge.domain.lanes import Lane
from tillbridge.domain.names import name_key
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import POS, ViewRow
from tillbridge.ports.jobs import Left, Outcomes
from tillbridge.ports.listing import A_PAGE, ListPage

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
        what = [store, side, question.text, question.state or ""]
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

    def ids(self, store: StoreId, side: str, question: Question) -> Iterator[str]:
        return (row.id for _, row in sorted(self._fitting(store, side, question), key=_order))

    def _fitting(
        self, store: StoreId, side: str, question: Question
    ) -> Iterator[tuple[_Place, ViewRow]]:
        for row in self._rows.every(store, side):
            fits = question.state is None or row.state is question.state
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
    """Jobs in a dict; a test sets what is left and what became of it."""

    def __init__(self) -> None:
        self.jobs: dict[tuple[StoreId, str], Job] = {}
        self.rows_left: dict[str, Left] = {}
        self.did: dict[str, dict[str, Did]] = {}

    def begin(self, job: Job) -> None:
        self.jobs.setdefault((job.store, job.id), job)

    def get(self, store: StoreId, job: str) -> Job | None:
        return self.jobs.get((store, job))

    def newest(self, store: StoreId, limit: int, *, after: str = "") -> Sequence[Job]:
        mine = [job for (of, _), job in self.jobs.items() if of == store]
        older = [job for job in mine if not after or job.id < after]
        return sorted(older, key=lambda job: job.id, reverse=True)[:limit]

    def left(self, store: StoreId, job: str) -> Left:
        return self.rows_left.get(job, Left(0))

    def outcomes(self, store: StoreId, job: str) -> Outcomes:
        return Outcomes(self.did.get(job, {}))


class FakeRequestPlans:
    """Plans in a dict."""

    def __init__(self) -> None:
        self._plans: dict[tuple[StoreId, str], tuple[RequestPlan, tuple[str, ...]]] = {}

    def keep(self, plan: RequestPlan, ids: Sequence[str]) -> None:
        self._plans[plan.store, plan.id] = plan, tuple(ids)

    def get(self, store: StoreId, plan: str) -> RequestPlan | None:
        found = self._plans.get((store, plan))
        return found[0] if found else None

    def ids(self, store: StoreId, plan: str) -> Iterator[str]:
        return iter(self._plans[store, plan][1])

    def carry_out(self, store: StoreId, plan: str, job: str) -> str:
        found, ids = self._plans[store, plan]
        if not found.job:
            found = replace(found, job=job)
            self._plans[store, plan] = found, ids
        return found.job


class FakeRequests:
    """Notes what was asked for: kind, store, job, person, and what it names."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, StoreId, str, str, tuple[object, ...]]] = []

    def push(self, store: StoreId, job: str, by: str, products: Sequence[PosProductId]) -> None:
        self.asked.append(("push", store, job, by, tuple(products)))

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

    def compare(self, store: StoreId, job: str, by: str, *, full: bool) -> None:
        self.asked.append(("compare", store, job, by, (full,)))
