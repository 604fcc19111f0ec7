"""Admission: User-Agent, token, quota, version and route, scope, query, in that order."""

from dataclasses import dataclass
from math import ceil

from sandbox.lightspeed_x.calls.call import Call
from sandbox.lightspeed_x.calls.refusal import Refusal, not_found
from sandbox.lightspeed_x.server.routing import Match, match
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.quota import http_date
from sandbox.lightspeed_x.state.tokens import Grant


@dataclass(frozen=True, slots=True)
class Incoming:
    """A call before it is admitted; headers in lower case."""

    method: str
    version: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    raw: bytes


def admit(account: Account, incoming: Incoming) -> tuple[Match, Call]:
    """Return the route and the call for its handler. Raises Refusal."""
    check_agent(incoming)
    grant = _grant(account, incoming)
    _spend(account)
    if account.hazards.is_down():
        raise Refusal(503, "unavailable", "The service is not available.")
    wire = account.served(incoming.version)
    route = match(wire, incoming.path) if wire else None
    if wire is None or route is None:
        raise not_found(f"{incoming.version}{incoming.path}")
    operation = route.operations.get(incoming.method)
    if operation is None:
        raise Refusal(405, "method_not_allowed", f"{incoming.method} is not allowed here.")
    if operation.scope not in grant.scopes:
        raise Refusal(403, "forbidden", f"The token lacks the scope {operation.scope}.")
    strange = sorted({name for name, _ in incoming.query} - operation.query)
    if strange:
        raise Refusal(400, "bad_request", f"There is no parameter {', '.join(strange)}.")
    if incoming.raw and not incoming.headers.get("content-type", "").startswith("application/json"):
        raise Refusal(415, "unsupported_media_type", "The body is sent as application/json.")
    return route, Call(
        account,
        incoming.method,
        wire,
        route.params,
        dict(incoming.query),
        incoming.raw,
        grant.scopes,
        grant.by_app,
    )


def check_agent(incoming: Incoming) -> None:
    """Raise Refusal 400 for a call that does not say who makes it (fact 13)."""
    if not incoming.headers.get("user-agent", "").strip():
        raise Refusal(400, "bad_request", "The header User-Agent is required.")


def _grant(account: Account, incoming: Incoming) -> Grant:
    kind, _, token = incoming.headers.get("authorization", "").partition(" ")
    grant = account.tokens.find(token.strip()) if kind == "Bearer" else None
    if grant is None:
        raise Refusal(401, "unauthorized", "The access token is not valid.")
    return grant


def _spend(account: Account) -> None:
    if account.hazards.refuses():
        raise too_many(account, account.config.clock() + account.hazards.plan.retry_after_s)
    if not account.quota.take():
        raise too_many(account, account.quota.ends_at())


def too_many(account: Account, until: float) -> Refusal:
    """Return a 429 with the date at which calls are taken again (fact 13), or what hazards make of it."""
    words = "The limit of calls is reached."
    told = _told_wait(account, until)
    return Refusal(429, "too_many_requests", words, {"Retry-After": told} if told else {})


def _told_wait(account: Account, until: float) -> str:
    plan, now = account.hazards.plan, account.config.clock()
    match plan.retry_after:
        case "date":
            return http_date(until + plan.clock_ahead_s + 0.999)
        case "seconds":
            return str(ceil(until - now))
        case "past":
            return http_date(now - 3_600)
        case "words":
            return "in a while"
        case "none":
            return ""
