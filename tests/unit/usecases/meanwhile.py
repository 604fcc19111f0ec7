"""Time that passes, and a store during whose calls other things happen: sales, people, other
apps."""

from collections.abc import Callable, Iterable
from typing import Any

from tests.fakes.store_api import FakeStoreApi
from tests.world import World
from tillbridge.domain.ids import StoreProductId


class BusyStore(FakeStoreApi):
    """`during(method, do)` runs `do` once, while the next call of `method` is under way."""

    def __init__(self) -> None:
        super().__init__()
        self._happens: dict[str, list[Callable[[], None]]] = {}

    def during(self, method: str, do: Callable[[], None]) -> None:
        """Remember what to run; several for one method run one a call."""
        self._happens.setdefault(method, []).append(do)

    def _do[T](
        self,
        method: str,
        template: str,
        touches: Iterable[StoreProductId],
        sent: Any,
        work: Callable[[], T],
    ) -> T:
        waiting = self._happens.get(method)
        if waiting:
            waiting.pop(0)()
        return super()._do(method, template, touches, sent, work)


def later(world: World, *, seconds: float = 901, times: int = 4) -> None:
    """Drain several times, with time between, until whatever waited is due."""
    for _ in range(times):
        world.push_until_quiet()
        world.clock.advance(seconds)
