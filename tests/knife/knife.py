"""A process that dies after its n-th port call: every port call goes through these wrappers."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from threading import Lock
from typing import Any, cast

from tillbridge.ports.store_api import StoreApi
from tillbridge.ports.store_reader import StoreReader
from tillbridge.usecases.store_work import StoreWorkDeps

ONE_BY_ONE = frozenset({"mark", "clear", "postpone", "pushed", "stocked", "put", "send", "write"})
"""Calls that write many rows, each on its own: the process may die between any two of them. A queue's
`put` has a single message."""


NO_CALLS = frozenset({"unanswered"})
"""Methods of a port that only tell what the client knows."""


PORTS_OF_PORTS = frozenset({"web_orders"})
"""What a port offers that has calls of its own."""


class Kill(BaseException):
    """The process is gone: nothing after this runs, no handler sees it."""


class Knife:
    """Lets `after` calls through, then raises Kill at every further one, as a dead process does
    nothing more.

    With `after` None it only counts."""

    def __init__(self, after: int | None = None) -> None:
        self.after = after
        self.calls: list[str] = []
        self._lock = Lock()

    def before(self) -> None:
        """Raise Kill if the process is dead before this call."""
        with self._lock:
            if self.after is not None and len(self.calls) >= self.after:
                raise Kill

    def die(self) -> None:
        """Be dead from now on."""
        with self._lock:
            self.after = len(self.calls)

    def made(self, name: str) -> None:
        """Count a call that was carried out; raise Kill if it was the last, so that its answer is
        lost."""
        with self._lock:
            self.calls.append(name)
            if self.after is not None and len(self.calls) >= self.after:
                raise Kill


class Cut:
    """A port under the knife."""

    def __init__(self, port: Any, knife: Knife) -> None:
        self._port = port
        self._knife = knife

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._port, name)
        if name in PORTS_OF_PORTS:
            return Cut(found, self._knife)
        return self._cut(name, found) if callable(found) and name not in NO_CALLS else found

    def _cut(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def once(*arguments: Any, **named: Any) -> Any:
            self._knife.before()
            try:
                answer = method(*arguments, **named)
            except Kill:
                self._knife.die()
                raise
            self._knife.made(name)
            if isinstance(answer, Iterator):
                return iter(list(answer))
            return answer

        def each(*arguments: Any) -> Any:
            *first, items = arguments
            if not isinstance(items, Iterable):
                return once(*arguments)
            answers: list[Any] = []
            for item in items:
                answers += once(*first, [item]) or []
            return answers

        return each if name in ONE_BY_ONE else once


def under(knife: Knife, deps: StoreWorkDeps) -> StoreWorkDeps:
    """Return the same dependencies, with every port under the knife."""

    def cut_store(*arguments: Any) -> StoreApi:
        return cast(StoreApi, Cut(deps.open_store(*arguments), knife))

    def cut(port: Any) -> Any:
        return Cut(port, knife)

    push = replace(
        deps.push,
        pending=cut(deps.push.pending),
        links=cut(deps.push.links),
        befores=cut(deps.push.befores),
        stores=cut(deps.push.stores),
        read_model=cut(deps.push.read_model),
        order_book=cut(deps.push.order_book),
        order_events=cut(deps.push.order_events),
        in_flight=1,
        indexes={},
    )

    def cut_reader(*arguments: Any) -> StoreReader:
        return cast(StoreReader, Cut(deps.open_reader(*arguments), knife))

    return replace(
        deps,
        push=push,
        linking=replace(deps.linking, requests=cut(deps.linking.requests)),
        signals=cut(deps.signals),
        open_store=cut_store,
        open_reader=cut_reader,
        open_pos=lambda *arguments: cut(deps.open_pos(*arguments)),
    )
