"""Calls of the console: to a page, a file, the way in, or the API."""

import math
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from tillbridge.console import guard, sign_in
from tillbridge.console.api_call import api_call
from tillbridge.console.call import BadCallError, Call, call_of
from tillbridge.console.faults import log_fault
from tillbridge.console.headers import page_headers
from tillbridge.console.page import page
from tillbridge.console.pages.plain import sign_in_page, trouble_page
from tillbridge.console.parts import Console
from tillbridge.console.replies import reply
from tillbridge.console.static_files import FOREVER, files
from tillbridge.domain.errors import (
    BadCursor,
    CannotAsk,
    CannotSignIn,
    RetryLater,
    SavedByNewer,
    UnknownStore,
    UnreadableStore,
)
from tillbridge.domain.ids import StoreId
from tillbridge.usecases.console.entry import EntryDeps


def answered(event: Mapping[str, Any], console: Console, request_id: str) -> dict[str, Any]:
    """Return the answer to a call. A fault of our own is a page that names the request, under which the log
    has it; no value of a form and no text of an error is logged."""
    path = str(event.get("rawPath") or "/")
    if path == "/api" or path.startswith("/api/"):
        return api_call(event, console, request_id)
    entry, call = console.entry, Call("GET", path)
    try:
        call = call_of(event)
        own = _own_page(call, entry)
        return page(call, console) if own is None else own
    except RetryLater as busy:
        return _busy(call, entry, busy)
    except Exception as trouble:  # noqa: BLE001 - whatever it is, its page says so
        status, title, words = _told(trouble, call, request_id)
        if isinstance(trouble, UnknownStore):
            title, words = _removed(trouble, console) or (title, words)
        html = trouble_page(status, title, words)
        return reply(call, status, html, headers=page_headers(entry))


def _told(trouble: Exception, call: Call, request_id: str) -> tuple[int, str, str]:
    """Return status, title and words of trouble; what nobody foresaw is logged."""
    match trouble:
        case BadCallError():
            return trouble.status, trouble.title, str(trouble)
        case UnknownStore():
            return 404, "Not found", guard.NOT_FOUND
        case BadCursor():
            words = "The list has changed since this page was shown. Open it from its beginning."
            return 400, "No such place in the list", words
        case CannotAsk():
            return 409, "That cannot be asked for", str(trouble)
        case CannotSignIn():
            return 400, "Not signed in", str(trouble)
        case UnreadableStore() | SavedByNewer():
            log_fault(trouble, call, request_id)
            return 500, "Saved by another release", str(trouble)
    log_fault(trouble, call, request_id)
    words = f"Tillbridge itself failed. Whoever runs it finds it in the log under {request_id}."
    return 500, "Something went wrong", words


def _removed(trouble: UnknownStore, console: Console) -> tuple[str, str] | None:
    """Return title and words where the store was removed: whoever got as far as asking for it may see it."""
    with suppress(RetryLater):
        removal = console.deps().removals.removal(StoreId(trouble.store))
        if removal is not None:
            words = f"{removal.by} removed it, and nothing more is sent. The page of all stores says until when it can come back."
            return "This store was removed", words
    return None


def _busy(call: Call, entry: EntryDeps, busy: RetryLater) -> dict[str, Any]:
    wait = max(1, math.ceil(busy.wait))
    html = trouble_page(503, "Busy", "The page cannot be shown just now.", wait)
    headers = {**page_headers(entry), "retry-after": str(wait)}
    return reply(call, 503, html, headers=headers)


def _own_page(call: Call, entry: EntryDeps) -> dict[str, Any] | None:
    """Answer what needs no session; None for everything else."""
    read = call.method in guard.SAFE
    headers = page_headers(entry)
    match call.path if read else "":
        case "/health":
            return reply(call, 200, "ok", "text/plain; charset=utf-8", headers=headers)
        case sign_in.WAY_IN:
            return sign_in.begin(call, entry)
        case sign_in.WAY_BACK:
            return sign_in.come_back(call, entry)
        case sign_in.OUTSIDE:
            return reply(call, 200, sign_in_page("/"), headers=headers)
        case path if path.startswith("/static/"):
            return _file(call, entry)
    return None


def _file(call: Call, entry: EntryDeps) -> dict[str, Any]:
    of, _, name = call.path.removeprefix("/static/").partition("/")
    if name not in files():
        raise BadCallError(404, "Not found", guard.NOT_FOUND)
    digest, kind, content = files()[name]
    # A page of an older release gets the newer file, which it may not keep.
    headers = {**page_headers(entry), "cache-control": FOREVER if of == digest else "no-cache"}
    return reply(call, 200, content.decode(), kind, headers=headers)
