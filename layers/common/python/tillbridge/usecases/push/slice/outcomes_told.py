"""What a slice tells of people's requests: an outcome for each product, written before the row of the request
goes, which it may hold back. So a kill tells it twice, and never leaves it out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from threading import Lock
from types import MappingProxyType

from tillbridge.domain.history.product_line import Did, FieldSent, ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link_requests import LinkAnswer, LinkRequest
from tillbridge.domain.pending import PendingRow
from tillbridge.ports.clock import Clock
from tillbridge.ports.history import History
from tillbridge.usecases.fence import best_effort

NO_FIELDS: Mapping[str, FieldSent] = MappingProxyType({})


@dataclass(slots=True)
class SliceOutcomes:
    """The outcomes of one slice. Tasks in flight share it. `_told`: lines of products that somebody waits for;
    the last of a product becomes the outcome of its requests when their rows go."""

    store: StoreId
    history: History
    clock: Clock
    _told: dict[PosProductId, list[ProductLine]] = field(default_factory=dict)
    _answers: dict[tuple[str, int], ProductLine] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def tell(self, line: ProductLine) -> None:
        """Note a line of a product that somebody waits for."""
        with self._lock:
            self._told.setdefault(line.product, []).append(line)

    def dropped(self, rows: Iterable[PendingRow], words: str) -> None:
        """Note, for whoever asked, why rows go with nothing done."""
        for row in rows:
            if row.job:
                self.tell(replace(self._of_row(row, Did.REFUSED), words=words))

    def write(self, rows: Iterable[PendingRow]) -> None:
        """Write what became of the requests that these rows are part of; the rows go after that. Raise
        RetryLater. Of rows that go without a line of their own, nothing was left to do."""
        asked: dict[PosProductId, dict[str, PendingRow]] = {}
        for row in rows:
            if row.job:
                asked.setdefault(row.product, {})[row.job] = row
        if not asked:
            return
        with self._lock:
            told = {product: self._told.pop(product, []) for product in asked}
        lines: list[ProductLine] = []
        for product, by_job in asked.items():
            row = next(iter(by_job.values()))
            *before, last = told[product] or [self._of_row(row, Did.UNCHANGED)]
            lines += before
            lines += [
                replace(last, by=row.by, job=job, outcome=True) for job, row in by_job.items()
            ]
        try:
            self.history.write(self.store, lines)
        except BaseException:
            with self._lock:
                for product, its in told.items():
                    self._told[product] = [*its, *self._told.get(product, ())]
            raise

    def left(self) -> list[ProductLine]:
        """Take the lines of rows, and of requests about links, that stayed: they wait for more, so they have no
        outcome yet."""
        with self._lock:
            lines = [*chain.from_iterable(self._told.values()), *self._answers.values()]
            self._told.clear()
            self._answers.clear()
        return lines

    def changed(
        self,
        request: LinkRequest,
        did: Did,
        web: StoreProductId | None,
        fields: Mapping[str, FieldSent] = NO_FIELDS,
        words: str = "",
    ) -> None:
        """Note what a person's request about a link changed; it is written with the answer."""
        with best_effort("noting a change of links", self.store, request.product):
            line = self.answer_line(request, did, request.product, web)
            self._answers[request.id, request.place] = replace(line, fields=fields, words=words)

    def of_answer(self, request: LinkRequest, answer: LinkAnswer) -> ProductLine | None:
        """Return the line that goes with the answer to a person's request; None where nobody waits for
        it and nothing changed."""
        line = self._answers.get((request.id, request.place))
        if line is None and request.job:
            did = Did.UNCHANGED if answer.done else Did.REFUSED
            line = self.answer_line(request, did, request.product, answer.web)
            line = replace(line, words=answer.words)
        return line and replace(line, outcome=bool(request.job))

    def answered(self, request: LinkRequest) -> None:
        """Note that a person's request has its answer, and what it changed its line."""
        self._answers.pop((request.id, request.place), None)

    def answer_line(
        self, request: LinkRequest, did: Did, product: PosProductId, web: StoreProductId | None
    ) -> ProductLine:
        """Return a line that a request about links led to."""
        job, lane, now = request.job or request.id, Lane.LINKS.value, self.clock.now_ms()
        return ProductLine(now, product, did, by=request.by, job=job, lane=lane, web=web)

    def _of_row(self, row: PendingRow, did: Did) -> ProductLine:
        now, lane = self.clock.now_ms(), row.lane.value
        return ProductLine(now, row.product, did, because=row.because, lane=lane)
