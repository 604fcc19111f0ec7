"""Makes the calls to hooks: at once in a test, in a thread in a server; repeats them as documented."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import requests

from sandbox.lightspeed_x.hooks.payloads import body_of, headers_of
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.hook_book import Delivery, Hook

TIMEOUT_S = 5.0
RETRIES = (*(10.0 * 2**n for n in range(10)), *(16_257.0 for _ in range(10)))
"""Seconds from each failure to the next attempt: twenty in 48 hours, further and further apart."""
_PAUSE_S = 0.05

type Post = Callable[[str, bytes, dict[str, str]], int | None]
"""Makes a call with a body and headers; returns its status, None without an answer in time."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call that was made, and its status; None without an answer in time."""

    type: str
    url: str
    status: int | None
    genuine: bool


class Sender:
    """Makes the calls of one account's hooks."""

    def __init__(self, account: Account, post: Post | None = None) -> None:
        self._account = account
        self._post = post or _posted
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lightspeed-hooks", daemon=True)

    def deliver(self) -> list[Attempt]:
        """Make every call that is due by now; return them in the order they were made."""
        with self._account.lock:
            self._account.settle()
            taken = self._account.hooks.take_due()
        return [self._attempt(delivery, hook) for delivery, hook in taken]

    def start(self) -> None:
        """Make calls from now on, in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Make no more calls; wait for the one under way."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(TIMEOUT_S + 1)

    def _run(self) -> None:
        while not self._over.wait(_PAUSE_S):
            self.deliver()

    def _attempt(self, delivery: Delivery, hook: Hook) -> Attempt:
        account, hooks = self._account, self._account.hooks
        with account.lock:
            body = body_of(account, delivery)
            slow = delivery.genuine and hooks.is_slow()
        status = self._post(hook.url, body, headers_of(body, _secret(account, delivery, hook)))
        status = None if slow else status
        failed = status is None or not 200 <= status < 300
        if failed and delivery.genuine and delivery.failures < len(RETRIES):
            delivery.due_at = account.config.clock() + RETRIES[delivery.failures]
            delivery.failures += 1
            with account.lock:
                hooks.due.append(delivery)
        return Attempt(delivery.type, hook.url, status, delivery.genuine)


def _secret(account: Account, delivery: Delivery, hook: Hook) -> str | None:
    """Return what signs a call: a stranger signs too, with what is not the secret."""
    if not delivery.genuine:
        return "forged"
    return account.config.client_secret if hook.by_app else None


def _posted(url: str, body: bytes, headers: dict[str, str]) -> int | None:
    try:
        with requests.Session() as session:
            return session.post(
                url, data=body, headers=headers, timeout=TIMEOUT_S, allow_redirects=False
            ).status_code
    except requests.RequestException:
        return None
