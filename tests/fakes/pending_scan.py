"""Every pending row in memory; it keeps the promises of `tillbridge.ports.pending_scan`."""

from collections.abc import Callable, Sequence
from zlib import crc32

from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.pending import FakePending
from tillbridge.domain.backlog import SEGMENTS, ScanPlace, Waiting
from tillbridge.domain.pending import arrived_ms
from tillbridge.ports.pending_scan import Page


class FakePendingScan:
    """The rows of the fakes, cut into segments and pages. `page_size` rows are a page, `busy` segments
    give nothing, and `on_pages` runs at every call."""

    def __init__(
        self, pending: FakePending, requests: FakeLinkRequests, page_size: int = 1_000
    ) -> None:
        self._pending = pending
        self._requests = requests
        self.page_size = page_size
        self.busy: set[int] = set()
        self.on_pages: Callable[[], None] = lambda: None

    def pages(self, place: ScanPlace) -> Sequence[Page]:
        self.on_pages()
        return [self._page(segment, after) for segment, after in place.items()]

    def _page(self, segment: int, after: tuple[str, str] | None) -> Page:
        if segment in self.busy:
            return Page(segment, (), after, busy=True)
        mine = {
            key: row
            for key, row in self._all().items()
            if crc32(key[0].encode()) % SEGMENTS == segment
        }
        later = sorted(key for key in mine if after is None or key > after)
        shown = later[: self.page_size]
        more = len(later) > self.page_size
        return Page(segment, [mine[key] for key in shown], shown[-1] if more else None)

    def _all(self) -> dict[tuple[str, str], Waiting]:
        rows = {
            (f"{row.store}#{row.lane}", str(row.product)): Waiting(
                row.store,
                row.lane,
                row.not_before_ms,
                row.queued_ms or arrived_ms(row.order),
                row.attempts,
            )
            for row in self._pending.rows
        }
        return rows | {
            (f"{request.store}#links", f"{request.id}#{request.place}"): Waiting(
                request.store, "links", 0, arrived_ms(request.order)
            )
            for request in self._requests.every
        }
