"""Up to three catalogue calls in flight, never two that touch one product."""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Call:
    """One piece of catalogue work; `touches` names what no other call may touch meanwhile."""

    run: Callable[[], None]
    touches: frozenset[str]


@dataclass(slots=True)
class Flight:
    """The calls that are under way."""

    limit: int
    _pool: ThreadPoolExecutor = field(init=False)
    _under_way: dict[Future[None], frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._pool = ThreadPoolExecutor(self.limit, thread_name_prefix="push")

    def send_all(self, calls: Iterable[Call], before_each: Callable[[], None]) -> None:
        """Sends every call, asking `before_each` first; returns when all have been answered.

        The first error stops further calls and is raised once those under way have ended."""
        try:
            for call in calls:
                self._room_for(call)
                before_each()
                self._under_way[self._pool.submit(call.run)] = call.touches
        finally:
            self.land()

    def land(self) -> None:
        """Waits until nothing is under way, then raises the first error there was, if any."""
        wait(self._under_way)
        self._settle(list(self._under_way))

    def close(self) -> None:
        """Ends the threads."""
        self._pool.shutdown(wait=True)

    def _room_for(self, call: Call) -> None:
        while len(self._under_way) >= self.limit or any(
            touched & call.touches for touched in self._under_way.values()
        ):
            done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
            self._settle(done)

    def _settle(self, done: Iterable[Future[None]]) -> None:
        errors = []
        for future in done:
            self._under_way.pop(future)
            if (error := future.exception()) is not None:
                errors.append(error)
        if errors:
            raise errors[0]
