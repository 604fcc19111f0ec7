"""Catalogue work in flight: a few tasks at a time, never two that touch one product."""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from tillbridge.domain.errors import ChangeOfCourse, NeedsAttention, OutOfTime, RetryLater
from tillbridge.usecases.push.slice.right_of_way import StockStopped

log = logging.getLogger(__name__)


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

        After the first error start no further task; once those under way have ended, log every
        error there was, and raise the one that concerns most."""
        errors: list[BaseException] = []
        try:
            for task in tasks:
                self._room_for(task)
                before_each()
                self._under_way[self._pool.submit(task.run)] = task.touches
        except BaseException as error:  # noqa: BLE001 - raised again below, with those under way
            errors.append(error)
        wait(self._under_way)
        _raise_worst([*errors, *self._errors(list(self._under_way))])

    def land(self) -> None:
        """Wait until nothing is under way, then log and raise as `send_all` does."""
        wait(self._under_way)
        _raise_worst(self._errors(list(self._under_way)))

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=True)

    def _room_for(self, task: Task) -> None:
        while len(self._under_way) >= self.limit or any(
            touched & task.touches for touched in self._under_way.values()
        ):
            done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
            _raise_worst(self._errors(done))

    def _errors(self, done: Iterable[Future[None]]) -> list[BaseException]:
        errors = []
        for future in done:
            self._under_way.pop(future)
            if (error := future.exception()) is not None:
                errors.append(error)
        return errors


def _raise_worst(errors: list[BaseException]) -> None:
    if not errors:
        return
    worst = min(errors, key=_concerns)
    for error in errors:
        if error is not worst:
            log.warning("another task failed beside it", exc_info=error)
    raise worst


def _concerns(error: BaseException) -> int:
    """Return the place of an error in the order of what it concerns: the process, the whole store,
    this slice, this plan."""
    if isinstance(error, StockStopped):
        return _concerns(error.trouble)
    if not isinstance(error, Exception):
        return 0
    if isinstance(error, NeedsAttention):
        return 1
    if isinstance(error, ChangeOfCourse):
        return 5
    if isinstance(error, OutOfTime):
        return 4
    return 2 if isinstance(error, RetryLater) else 3
