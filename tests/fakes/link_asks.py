"""People's requests about links in memory, with the promises of `tillbridge.ports.link_asks`."""

from collections.abc import Sequence
from threading import Lock

from tillbridge.domain.ids import StoreId
from tillbridge.domain.link_asks import LinkAnswer, LinkAsk


class FakeLinkAsks:
    """`answers` is for assertions, by request."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[StoreId, str], LinkAsk] = {}
        self.answers: dict[str, tuple[LinkAnswer, ...]] = {}
        self._lock = Lock()

    def put(self, ask: LinkAsk) -> None:
        with self._lock:
            if ask.id not in self.answers:
                self._waiting[ask.store, ask.id] = ask

    def waiting(self, store: StoreId) -> Sequence[LinkAsk]:
        with self._lock:
            mine = [ask for (owner, _), ask in self._waiting.items() if owner == store]
        return sorted(mine, key=lambda ask: (ask.asked_ms, ask.id))

    def answer(self, ask: LinkAsk, answers: Sequence[LinkAnswer]) -> None:
        with self._lock:
            self.answers[ask.id] = tuple(answers)
            self._waiting.pop((ask.store, ask.id), None)
