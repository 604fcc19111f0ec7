"""Running one call: admission, the handler, the hazards around it, the log."""

import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from sandbox.lightspeed_x.calls.call import Answer
from sandbox.lightspeed_x.calls.refusal import Refusal, invalid
from sandbox.lightspeed_x.oauth.authorising import redirect_of
from sandbox.lightspeed_x.server.gate import Incoming, admit
from sandbox.lightspeed_x.server.token_calls import answer_token, is_token_call
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.call_log import Called
from sandbox.lightspeed_x.wire.json_text import json_text
from sandbox.pos.refusal import PosRefusal


@dataclass(slots=True)
class Sent:
    """What a client receives; `cut`: the connection is cut instead."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "application/json"
    cut: bool = False


def perform(account: Account, incoming: Incoming) -> Sent:
    """Admit a call or refuse it, run it, log it, and return what its client receives."""
    began = time.perf_counter()
    template = incoming.path
    try:
        with account.lock:
            account.settle()
            if is_token_call(incoming):
                sent = _handled(answer_token(account, incoming))
            else:
                route, call = admit(account, incoming)
                template = route.template
                answer = _handled(route.operations[incoming.method].handler(call))
                sent = _with_quota(account, answer)
            lost = account.hazards.loses(template) if incoming.method == "POST" else None
    except Refusal as refusal:
        sent, lost = _with_quota(account, refused(refusal)), None
    except PosRefusal as refusal:
        sent, lost = _with_quota(account, refused(invalid(refusal.words))), None
    if lost is not None:
        sent = lost_answer(lost)
    _note(account, incoming, template, sent, time.perf_counter() - began)
    with account.lock:
        acts = account.hazards.due(f"{incoming.method} {template}") if sent.status == 200 else []
    for act in acts:
        act()
    return sent


def _note(account: Account, incoming: Incoming, template: str, sent: Sent, seconds: float) -> None:
    """Log a call, and record it; not those of the token endpoint, whose bodies are secrets."""
    status = None if sent.cut else sent.status
    query = urlencode(incoming.query)
    agent = incoming.headers.get("user-agent", "")
    at = account.config.clock()
    account.calls.add(Called(incoming.method, template, query, status, seconds * 1000, agent, at))
    if is_token_call(incoming):
        return
    account.recording.note(
        {
            "method": incoming.method,
            "path": f"/api/{incoming.version}{incoming.path}",
            "query": query,
            "headers": incoming.headers,
            "body": incoming.raw,
        },
        {"status": status, "headers": sent.headers, "body": sent.body},
    )


def _handled(answer: Answer) -> Sent:
    body = b"" if answer.body is None else json_text(answer.body).encode()
    return Sent(answer.status, body)


def refused(refusal: Refusal) -> Sent:
    """Return the answer of a refusal."""
    body: dict[str, Any] = {"error": refusal.error, "message": refusal.message}
    return Sent(refusal.status, json_text(body).encode(), dict(refusal.headers))


def lost_answer(how: str) -> Sent:
    """Return what is received of an answer that is lost: a gateway's page, or nothing."""
    page = b"<html><body><h1>504 Gateway Time-out</h1></body></html>"
    return Sent(504, page, media_type="text/html", cut=how == "drop")


def _with_quota(account: Account, sent: Sent) -> Sent:
    with account.lock:
        sent.headers = account.quota.headers() | sent.headers
    return sent


def authorise(account: Account, query: dict[str, str]) -> Sent:
    """Answer the authorize page: on to the app's address, as if the merchant had agreed."""
    try:
        with account.lock:
            return Sent(302, b"", {"Location": redirect_of(account, query)}, "text/html")
    except Refusal as refusal:
        return refused(refusal)
