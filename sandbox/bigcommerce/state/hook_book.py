"""The webhooks of a store, and the calls to them that wait. Shared with the dispatcher's threads."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import Any

from sandbox.bigcommerce.state.domains import Domains

# Seconds until a new hook works ("up to a minute": all of it), and without events until one ends.
WORKS_AFTER = 60
ENDS_AFTER = 90 * 86_400


@dataclass(slots=True)
class Hook:
    """One webhook; times in seconds, `works_at` and `heard_at` on the book's own clock. `before`: until
    when (by that clock) a change does not work, and the address and headers until then."""

    id: int
    client_id: str
    store_hash: str
    scope: str
    destination: str
    headers: dict[str, str] | None
    is_active: bool
    created_at: int
    updated_at: int
    works_at: float
    heard_at: float
    status: str = "active"
    before: "tuple[float, str, dict[str, str] | None] | None" = None

    def tells(self, now: float) -> tuple[str, dict[str, str]]:
        """Return the address and the headers of a call made now: those before a change, until it works."""
        if self.before is not None and now < self.before[0]:
            return self.before[1], self.before[2] or {}
        return self.destination, self.headers or {}


@dataclass(slots=True)
class Delivery:
    """One call to make. `headers` go with it as they are; `body` is what the hash was made of.

    signed: whether it carries a signature. genuine: a forged call is nobody's, so it is sent once.
    """

    hook_id: int
    destination: str
    scope: str
    body: bytes
    message_id: str
    headers: dict[str, str]
    signed: bool = True
    genuine: bool = True
    failures: int = 0


@dataclass(slots=True)
class Attempt:
    """One call that was made, or not because its domain was blocked; status None without answer."""

    hook_id: int
    message_id: str
    scope: str
    status: int | None
    blocked: bool
    genuine: bool


@dataclass(slots=True)
class HookBook:
    """Hooks by id, calls that wait, and what became of them. `scale`: what a second of BigCommerce's
    schedules lasts here. Hold `lock` to read or change more than one thing."""

    scale: float = 1.0
    lock: threading.Condition = field(default_factory=threading.Condition)
    hooks: dict[int, Hook] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    mails: list[dict[str, Any]] = field(default_factory=list)
    domains: Domains = field(default_factory=Domains)
    closed: bool = False
    _heap: list[tuple[float, int, Delivery]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)
    _ids: Iterator[int] = field(default_factory=lambda: count(18_048_287))
    _under_way: int = 0
    _ahead: float = 0.0

    def now(self) -> float:
        """Return the time in BigCommerce's seconds since some moment."""
        return time.monotonic() / self.scale + self._ahead

    def new_id(self) -> int:
        """Return an id that no hook had, not even before the store became a new one: a call under way
        must not meet another hook."""
        return next(self._ids)

    def clear(self) -> None:
        """Forget everything, as a new store."""
        with self.lock:
            for held in (self.hooks, self.attempts, self.emails, self.mails, self._heap):
                held.clear()
            self.domains.clear()

    def pass_time(self, seconds: float) -> None:
        """Let time pass at once: retries, blocks and hooks that nothing happens to grow older."""
        with self.lock:
            self._ahead += seconds
            self.lock.notify_all()

    def post(self, delivery: Delivery, after: float = 0) -> None:
        """Have a call made so many seconds from now."""
        with self.lock:
            heappush(self._heap, (self.now() + after, next(self._numbers), delivery))
            self.lock.notify_all()

    def next_due(self) -> Delivery | None:
        """Wait for the next call that is due, and return it; None once the book is closed."""
        with self.lock:
            while not self.closed:
                if self._heap and self._heap[0][0] <= self.now():
                    self._under_way += 1
                    return heappop(self._heap)[2]
                left = (self._heap[0][0] - self.now()) * self.scale if self._heap else None
                self.lock.wait(left if left is None else min(max(left, 0.001), 60))
            return None

    def done(self, attempt: Attempt) -> None:
        """Note what became of a call."""
        with self.lock:
            self.attempts.append(attempt)
            self._under_way -= 1

    def close(self) -> None:
        """Make no more calls."""
        with self.lock:
            self.closed = True
            self.lock.notify_all()

    def waiting(self) -> dict[str, int]:
        """Return how many calls are due or under way, and how many wait for their time."""
        with self.lock:
            due = sum(at <= self.now() for at, _, _ in self._heap)
            return {"due": due + self._under_way, "later": len(self._heap) - due}

    def deactivate(self, hook_id: int) -> None:
        """Switch a hook off, as BigCommerce does."""
        with self.lock:
            hook = self.hooks.get(hook_id)
            if hook is not None:
                hook.is_active, hook.status = False, "deactivated"

    def end_silent_ones(self) -> None:
        """Switch off the hooks that had no event for 90 days."""
        with self.lock:
            for hook in self.hooks.values():
                if hook.is_active and self.now() - hook.heard_at > ENDS_AFTER:
                    self.deactivate(hook.id)
