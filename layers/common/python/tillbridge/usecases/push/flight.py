"""Catalogue work in flight: a few tasks at a time, never two that touch one product."""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of catalogue work; `touches` names what no other task may touch meanwhile."""

    run: Callable[[], None]
    touches: frozenset[str]


@dataclass(slots=True)
class Flight:
    """The tasks that are under way, `limit` at most."""

    limit: int
    _pool: ThreadPoolExecutor = field(init=False)
    _under_way: dict[Future[None], frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._pool = ThreadPoolExecutor(self.limit, thread_name_prefix="push")

    def send_all(self, tasks: Iterable[Task], before_each: Callable[[], None]) -> None:
        """Start every task, calling `before_each` first; return when all have ended.

        After the first error start no further task, and raise it once those under way have ended."""
        try:
            for task in tasks:
                self._room_for(task)
                before_each()
                self._under_way[self._pool.submit(task.run)] = task.touches
        finally:
            self.land()

    def land(self) -> None:
        """Wait until nothing is under way, then raise the first error there was, if any."""
        wait(self._under_way)
        self._settle(list(self._under_way))

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=True)

    def _room_for(self, task: Task) -> None:
        while len(self._under_way) >= self.limit or any(
            touched & task.touches for touched in self._under_way.values()
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
