"""People's requests about links, in memory; they keep the promises of
`tillbridge.ports.link_requests`."""

from collections.abc import Iterable, Sequence
from threading import Lock

from tests.fakes.history import FakeHistory
from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.link_requests import LinkAnswer, LinkRequest

type Key = tuple[StoreId, str, int]


class FakeLinkRequests:
    """`answers_to` is for assertions. `history` keeps what is told of answers."""

    def __init__(self, history: FakeHistory | None = None) -> None:
        self._history = history
        self._waiting: dict[Key, LinkRequest] = {}
        self._answers: dict[Key, LinkAnswer] = {}
        self._lock = Lock()

    def put(self, requests: Iterable[LinkRequest]) -> None:
        with self._lock:
            for request in requests:
                if _key(request) not in self._answers:
                    self._waiting.setdefault(_key(request), request)

    def waiting(self, store: StoreId, limit: int) -> Sequence[LinkRequest]:
        with self._lock:
            mine = [request for request in self._waiting.values() if request.store == store]
        return sorted(mine, key=lambda request: (request.order, _key(request)))[:limit]

    @property
    def every(self) -> list[LinkRequest]:
        """Every request that waits, of any store."""
        with self._lock:
            return list(self._waiting.values())

    def named(self, store: StoreId) -> set[PosProductId]:
        with self._lock:
            return {r.product for r in self._waiting.values() if r.store == store}

    def answer(
        self, request: LinkRequest, answer: LinkAnswer, line: ProductLine | None = None
    ) -> None:
        if line is not None and self._history is not None:
            self._history.write(request.store, [line])
        with self._lock:
            self._answers[_key(request)] = answer
            self._waiting.pop(_key(request), None)

    def answers_to(self, request: str) -> list[LinkAnswer]:
        """Return the answers to a request, in the order in which it named products."""
        keys = sorted(key for key in self._answers if key[1] == request)
        return [self._answers[key] for key in keys]

    @property
    def answered(self) -> list[str]:
        """The requests that have answers."""
        return sorted({request for _, request, _ in self._answers})


def _key(request: LinkRequest) -> Key:
    return request.store, request.id, request.place
