"""Hooks: what BigCommerce accepts, how many, and how answers show them."""

import time
from typing import Any
from urllib.parse import urlsplit

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import invalid_fields, not_found, refuse
from sandbox.bigcommerce.hooks.scopes import SCOPES
from sandbox.bigcommerce.state.hook_book import WORKS_AFTER, Hook
from sandbox.bigcommerce.state.tokens import tells_of

MOST_OF_A_SCOPE = 10
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
FIELDS = frozenset({"scope", "destination", "headers", "is_active"})

View = dict[str, Any]


def create_hook(call: Call, payload: Any) -> View:
    """Add a hook, which works a minute later; return it. Raises Refusal 403 or 422."""
    values = _checked(call, payload)
    missing = {
        name: "error.path.missing" for name in ("scope", "destination") if name not in values
    }
    if missing:
        raise refuse(422, "Missing Required Fields", missing)
    book, config = call.store.hooks, call.store.config
    with book.lock:
        _fits(call, values["scope"], values["destination"], None)
        now, seconds = book.now(), int(time.time())
        hook = Hook(
            id=book.new_id(),
            client_id=config.client_id,
            store_hash=config.store_hash,
            scope=values["scope"],
            destination=values["destination"],
            headers=values.get("headers"),
            is_active=values.get("is_active", True),
            created_at=seconds,
            updated_at=seconds,
            works_at=now + WORKS_AFTER,
            heard_at=now,
        )
        hook.status = "active" if hook.is_active else "inactive"
        book.hooks[hook.id] = hook
        return hook_view(hook)


def update_hook(call: Call, hook_id: int, payload: Any) -> View:
    """Change a hook, which works so a minute later, and return it. Raises Refusal 404, or 422 for no field or a wrong one."""
    values = _checked(call, payload)
    if not values:
        raise refuse(422, "At least one field is required", {})
    hook = known_hook(call, hook_id)
    book = call.store.hooks
    with book.lock:
        scope = values.get("scope", hook.scope)
        destination = values.get("destination", hook.destination)
        _fits(call, scope, destination, hook_id)
        works_at = book.now() + WORKS_AFTER
        if {"destination", "headers"} & values.keys():
            hook.before = (works_at, *hook.tells(book.now()))
        hook.scope, hook.destination = scope, destination
        hook.headers = values.get("headers", hook.headers)
        if values.get("is_active") and not hook.is_active:
            hook.works_at = works_at
        if "is_active" in values:
            hook.is_active = values["is_active"]
            hook.status = "active" if hook.is_active else "inactive"
            hook.heard_at = book.now()
        hook.updated_at = int(time.time())
        return hook_view(hook)


def delete_hook(call: Call, hook_id: int) -> View:
    """Delete a hook and return what it was. Raises Refusal 404."""
    hook = known_hook(call, hook_id)
    call.store.hooks.hooks.pop(hook_id, None)
    return hook_view(hook)


def known_hook(call: Call, hook_id: int) -> Hook:
    """Return a hook. Raises Refusal 404."""
    hook = call.store.hooks.hooks.get(hook_id)
    if hook is None:
        raise not_found("The requested webhook was not found", call.path)
    return hook


def hooks_found(call: Call) -> list[Hook]:
    """Return the hooks that a query asks for by is_active, scope and destination."""
    book = call.store.hooks
    book.end_silent_ones()
    active = {"true": True, "false": False}.get(call.query.get("is_active", ""))
    with book.lock:
        return [
            hook
            for hook in book.hooks.values()
            if (active is None or hook.is_active is active)
            and hook.scope == call.query.get("scope", hook.scope)
            and hook.destination == call.query.get("destination", hook.destination)
        ]


def hook_view(hook: Hook) -> View:
    """Return a hook as answers show it."""
    return {
        "id": hook.id,
        "client_id": hook.client_id,
        "store_hash": hook.store_hash,
        "scope": hook.scope,
        "destination": hook.destination,
        "headers": hook.headers,
        "is_active": hook.is_active,
        "created_at": hook.created_at,
        "updated_at": hook.updated_at,
    }


def _checked(call: Call, payload: Any) -> View:
    """Return the fields of a body. Raises Refusal 422 for a wrong one, 403 for a scope of events
    that the token may not read."""
    if not isinstance(payload, dict):
        raise refuse(422, "JSON data is missing or invalid")
    values = {name: value for name, value in payload.items() if name in FIELDS}
    faults = {name: words for name, value in values.items() if (words := _fault(name, value))}
    if faults:
        raise invalid_fields(faults)
    if "scope" in values and not tells_of(call.scopes, SCOPES[values["scope"]]):
        raise refuse(403, "You don't have a required scope to access the endpoint")
    return values


def _fault(name: str, value: Any) -> str:
    if name == "scope":
        return "" if isinstance(value, str) and value in SCOPES else "scope is not supported"
    if name == "is_active":
        return "" if isinstance(value, bool) else "is_active must be true or false"
    if name == "destination":
        return _fault_of_destination(value)
    texts = isinstance(value, dict) and all(isinstance(text, str) for text in value.values())
    return "" if value is None or texts else "headers must be texts by name"


def _fault_of_destination(value: Any) -> str:
    """Return what is wrong with an address: it must be https on port 443, or, in the sandbox alone,
    on this machine."""
    try:
        address = urlsplit(value if isinstance(value, str) else "")
        host, port = address.hostname, address.port
    except ValueError:
        return "destination is not an address"
    if host in LOOPBACK and address.scheme in ("http", "https"):
        return ""
    if not host or address.scheme != "https":
        return "destination must be an https address"
    return "" if port in (None, 443) else "destination must be served on port 443"


def _fits(call: Call, scope: str, destination: str, hook_id: int | None) -> None:
    """Raise Refusal 422 if a client already has ten hooks of a scope, or one to this destination."""
    same = [
        hook
        for hook in call.store.hooks.hooks.values()
        if hook.scope == scope and hook.id != hook_id
    ]
    if any(hook.destination == destination for hook in same):
        raise invalid_fields({"destination": "a webhook with this scope and destination exists"})
    if len(same) >= MOST_OF_A_SCOPE:
        raise invalid_fields({"scope": f"at most {MOST_OF_A_SCOPE} webhooks may have one scope"})
