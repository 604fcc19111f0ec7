"""The thread that makes the calls to hooks, repeats them as documented, and gives up at the end."""

import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import requests

from sandbox.bigcommerce.hooks.messages import sent_headers
from sandbox.bigcommerce.state.hook_book import Attempt, Delivery, HookBook
from sandbox.bigcommerce.state.store import Store

RETRIES = (60, 180, 300, 600, 900, 1800, 3600, 7200, 21600, 50400, 86400)
"""Seconds from each failure to the next attempt; after the last, the hook is switched off."""

TIMEOUT_SECONDS = 10
AT_ONCE = 8


class Dispatcher:
    """Makes the calls of one store's hooks from its start to its stop."""

    def __init__(self, store: Store) -> None:
        self._book, self._secret = store.hooks, store.config.client_secret
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="hooks")
        self._thread = threading.Thread(target=self._run, name="hook-dispatcher", daemon=True)

    def start(self) -> None:
        """Begin to make calls."""
        self._thread.start()

    def stop(self) -> None:
        """Make no more calls; wait for those under way."""
        self._book.close()
        self._thread.join(timeout=TIMEOUT_SECONDS)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self) -> None:
        while (delivery := self._book.next_due()) is not None:
            self._pool.submit(self._deliver, delivery)

    def _deliver(self, delivery: Delivery) -> None:
        book = self._book
        domain = urlsplit(delivery.destination).hostname or ""
        blocked = delivery.genuine and book.domains.is_blocked(domain, book.now())
        status = None
        if not blocked and _wanted(book, delivery):
            status = _call(delivery, self._secret)
            if delivery.genuine:
                book.domains.note(domain, book.now(), success=status == 200)
        if delivery.genuine and status != 200 and _wanted(book, delivery):
            _again_or_never(book, delivery)
        book.done(
            Attempt(
                delivery.hook_id,
                delivery.message_id,
                delivery.scope,
                status,
                blocked,
                delivery.genuine,
            )
        )


def _wanted(book: HookBook, delivery: Delivery) -> bool:
    """Return whether the hook of a call is still there and active."""
    hook = book.hooks.get(delivery.hook_id)
    return hook is not None and hook.is_active


def _call(delivery: Delivery, secret: str) -> int | None:
    """Make a call; return the status of its answer, None without one. Only a 200 is success."""
    try:
        with requests.Session() as session:
            return session.post(
                delivery.destination,
                data=delivery.body,
                headers=sent_headers(delivery, secret),
                timeout=TIMEOUT_SECONDS,
                allow_redirects=False,
            ).status_code
    except requests.RequestException:
        return None


def _again_or_never(book: HookBook, delivery: Delivery) -> None:
    """Have a failed call made again, or switch its hook off after the last retry and send a notice."""
    if delivery.failures < len(RETRIES):
        delay = RETRIES[delivery.failures]
        delivery.failures += 1
        book.post(delivery, delay)
        return
    book.deactivate(delivery.hook_id)
    with book.lock:
        notice = {"hook_id": delivery.hook_id, "to": list(book.emails)}
        book.mails.append(notice | {"subject": "A webhook was deactivated"})
