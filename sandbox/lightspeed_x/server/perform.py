"""Running one call: admission, the handler, the hazards around it, the log."""

import time
from typing import Any
from urllib.parse import urlencode

from sandbox.lightspeed_x.calls.call import Answer
from sandbox.lightspeed_x.calls.refusal import Refusal, invalid
from sandbox.lightspeed_x.oauth.authorising import redirect_of
from sandbox.lightspeed_x.server.gate import Incoming, admit
from sandbox.lightspeed_x.server.sent import Sent, broken_answer, lost_answer, refused_as
from sandbox.lightspeed_x.server.token_calls import answer_token, is_token_call
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.call_log import Called
from sandbox.lightspeed_x.wire.json_text import json_text
from sandbox.pos.refusal import PosRefusal


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
            broken = account.hazards.breaks()
    except Refusal as refusal:
        sent, lost, broken = _with_quota(account, _refused(account, refusal)), None, None
    except PosRefusal as refusal:
        said = _refused(account, invalid(refusal.words))
        sent, lost, broken = _with_quota(account, said), None, None
    if lost is not None:
        sent = lost_answer(lost)
    elif broken is not None:
        sent = broken_answer(sent, broken)
    _note(account, incoming, template, sent, time.perf_counter() - began)
    with account.lock:
        acts = account.hazards.due(f"{incoming.method} {template}") if sent.status == 200 else []
    for act in acts:
        act()
    return sent


def _note(account: Account, incoming: Incoming, template: str, sent: Sent, seconds: float) -> None:
    """Log a call, and record it; not those of the token endpoint, whose bodies are secrets."""
    status = None if sent.cut or sent.half else sent.status
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


def _refused(account: Account, refusal: Refusal) -> Sent:
    """Return the answer of a refusal, as hazards have it said."""
    return refused_as(account.hazards.plan.refusal_as, refused(refusal), refusal)


def _with_quota(account: Account, sent: Sent) -> Sent:
    with account.lock:
        if not account.hazards.plan.no_limits:
            sent.headers = account.quota.headers() | sent.headers
    return sent


def authorise(account: Account, query: dict[str, str]) -> Sent:
    """Answer the authorize page: on to the app's address, as if the merchant had agreed."""
    try:
        with account.lock:
            return Sent(302, b"", {"Location": redirect_of(account, query)}, "text/html")
    except Refusal as refusal:
        return refused(refusal)
