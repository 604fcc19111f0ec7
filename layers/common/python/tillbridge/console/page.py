"""A call of a page: who is there, may they, and what the page answers."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from tillbridge.console import guard, sign_in
from tillbridge.console.call import BadCallError, Call, values_of
from tillbridge.console.dispatch import Found, find
from tillbridge.console.headers import page_headers
from tillbridge.console.pages.plain import sign_in_page
from tillbridge.console.parts import Console
from tillbridge.console.replies import is_own_path, reply, sent_on
from tillbridge.console.session import Session, form_token
from tillbridge.console.visit import FORM_TOKEN, Answer, Visit
from tillbridge.domain.ids import StoreId
from tillbridge.usecases.console.entry import EntryDeps

_FORM = "application/x-www-form-urlencoded"


def page(call: Call, console: Console) -> dict[str, Any]:
    """Return the answer of a page, or send to the way in. Raise BadCallError for what may not be, and whatever
    the page raises."""
    entry = console.entry
    leaving = call.path == sign_in.WAY_OUT
    if leaving and call.method != "POST":
        raise BadCallError(405, "Not here", "Use the button that signs out.")
    found = None if leaving else find(console.routes, call.method, call.path)
    session = guard.session_in(call, entry)
    if session is None:
        return _sign_in_first(call, entry)
    form: Mapping[str, list[str]] = {}
    if call.method not in guard.SAFE:
        guard.refuse_foreign(call, entry)
        form = _form(call)
        guard.refuse_without_token(form, session, entry)
    if found is None:
        return sign_in.leave(call, entry)
    store = StoreId(found.values.get("store", ""))
    guard.refuse_without_right(session.person, found.route.right, store)
    visit = _visit(call, found, session, form, console)
    return _sent(call, found.route.handler(visit, console.deps()), entry)


def _sign_in_first(call: Call, entry: EntryDeps) -> dict[str, Any]:
    """A browser that opens a page goes to the issuer, which asks nobody while its own session lasts, and comes
    back. A form, or a script, is told: its values stay where they are."""
    here = call.path + (f"?{call.query}" if call.query else "")
    if call.method in guard.SAFE and call.headers.get("sec-fetch-mode", "navigate") == "navigate":
        to = here if is_own_path(here) else "/"
        return sent_on(call, f"{sign_in.WAY_IN}?to={quote(to, safe='')}", page_headers(entry))
    return reply(call, 401, sign_in_page("/"), headers=page_headers(entry))


def _form(call: Call) -> Mapping[str, list[str]]:
    kind = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise BadCallError(415, "No form", "This is not what a page of Tillbridge sends.")
    try:
        return values_of(call.body.decode())
    except UnicodeDecodeError:
        words = "The form has characters that cannot be read. Go back, and try again."
        raise BadCallError(400, "That cannot be read", words) from None


def _visit(
    call: Call,
    found: Found,
    session: Session,
    form: Mapping[str, list[str]],
    console: Console,
) -> Visit:
    entry = console.entry
    keys = entry.keys.keys()
    return Visit(
        person=session.person,
        store=StoreId(found.values.get("store", "")),
        path=found.values,
        query=values_of(call.query),
        form={name: values for name, values in form.items() if name != FORM_TOKEN},
        headers={name: value for name, value in call.headers.items() if name != "cookie"},
        address=call.path + (f"?{call.query}" if call.query else ""),
        form_token=form_token(session, keys[0]),
        stores=entry.known.seen_by(session.person),
        now_ms=entry.clock.now_ms(),
        keys=keys,
    )


def _sent(call: Call, answer: Answer, entry: EntryDeps) -> dict[str, Any]:
    headers = {**page_headers(entry), **{name.lower(): v for name, v in answer.headers.items()}}
    if answer.location:
        if not is_own_path(answer.location):
            raise ValueError("a page leads somewhere else")
        return sent_on(call, answer.location, headers)
    tag = headers.get("etag")
    if tag and call.method in guard.SAFE and call.headers.get("if-none-match") == tag:
        return reply(call, 304, headers=headers)
    return reply(call, answer.status, answer.body, answer.content_type, headers=headers)
