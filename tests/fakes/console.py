"""The ports of the console in memory; each keeps the promises of its port."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.fakes.read_model import FakeReadModel
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.jobs import Job
from tillbridge.domain.lanes import Lane
from tillbridge.domain.names import name_key, sku_key
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.jobs import Left, Outcomes
from tillbridge.ports.listing import A_PAGE, ListPage


class FakeListing:
    """Lists the rows of a read model in memory. A cursor is the place in the whole list."""

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
        if not (after + before).isdecimal() and (after or before):
            raise BadCursor(after or before)
        found = sorted(self._fitting(store, side, question), key=_by_name, reverse=backwards)
        start = int(after) if after else max(0, int(before) - limit) if before else 0
        end = int(before) if before else start + limit
        return ListPage(
            tuple(found[start:end]),
            after=str(end) if end < len(found) else "",
            before=str(start) if start else "",
        )

    def waiting(
        self, store: StoreId, lane: Lane, *, after: str = "", limit: int = A_PAGE
    ) -> ListPage:
        there = self._rows.get(store, "pos", list(self.waits.get(lane, ())))
        start = int(after or "0")
        rows = tuple(there.values())[start : start + limit]
        return ListPage(rows, after=str(start + limit) if start + limit < len(there) else "")

    def ids(self, store: StoreId, side: str, question: Question) -> Iterator[str]:
        return (row.id for row in self._fitting(store, side, question))

    def _fitting(self, store: StoreId, side: str, question: Question) -> list[ViewRow]:
        rows = self._rows.get(store, side, list(self._rows.ids(store, side))).values()
        return [row for row in rows if not row.deleted and _fits(row, question)]


def _by_name(row: ViewRow) -> tuple[str, str]:
    return name_key(row.name), row.id


def _fits(row: ViewRow, question: Question) -> bool:
    if question.state is not None and row.state is not question.state:
        return False
    words = name_key(row.name).split()
    begins = [" ".join(words[place:]) for place in range(len(words))]
    codes = (*row.skus, row.sku, row.product_number, row.id, *row.barcodes)
    return (
        not question.text.strip()
        or any(each.startswith(name_key(question.text)) for each in begins)
        or any(sku_key(each).startswith(sku_key(question.text)) for each in codes if each)
    )


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
