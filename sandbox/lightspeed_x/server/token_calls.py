"""Calls of the token endpoint, which need no token and have a limit of their own (fact 12)."""

from urllib.parse import parse_qsl

from sandbox.lightspeed_x.calls.call import Answer
from sandbox.lightspeed_x.calls.refusal import Refusal
from sandbox.lightspeed_x.oauth.tokens import answer_grant
from sandbox.lightspeed_x.server.gate import Incoming, check_agent, too_many
from sandbox.lightspeed_x.state.account import Account

FORM = "application/x-www-form-urlencoded"


def is_token_call(incoming: Incoming) -> bool:
    """Return whether a call is for the token endpoint."""
    return (incoming.version, incoming.path) == ("1.0", "/token")


def answer_token(account: Account, incoming: Incoming) -> Answer:
    """Return a new pair of tokens. Raises Refusal."""
    check_agent(incoming)
    if not account.token_quota.take():
        raise too_many(account, account.token_quota.ends_at())
    if incoming.method != "POST":
        raise Refusal(405, "method_not_allowed", f"{incoming.method} is not allowed here.")
    if not incoming.headers.get("content-type", "").startswith(FORM):
        raise Refusal(415, "unsupported_media_type", f"The body is sent as {FORM}.")
    return answer_grant(account, dict(parse_qsl(incoming.raw.decode("utf-8", "replace"))))
