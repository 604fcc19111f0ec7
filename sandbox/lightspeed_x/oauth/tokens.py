"""The token endpoint: codes and refresh tokens, each good once (fact 12)."""

import hmac
from typing import Any

from sandbox.lightspeed_x.calls.call import Answer
from sandbox.lightspeed_x.calls.refusal import Refusal
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.tokens import LIFETIME_S


def answer_grant(account: Account, form: dict[str, str]) -> Answer:
    """Exchange a code or a refresh token for a new pair; the answer echoes the granted scopes.

    Raises Refusal 400 or 401.
    """
    config = account.config
    known = hmac.compare_digest(form.get("client_secret", ""), config.client_secret)
    if form.get("client_id") != config.client_id or not known:
        raise Refusal(401, "invalid_client", "client_id or client_secret is wrong.")
    kind = form.get("grant_type", "")
    if kind == "authorization_code":
        scopes = account.tokens.exchange(form.get("code", ""), form.get("redirect_uri", ""))
    elif kind == "refresh_token":
        scopes = account.tokens.refresh(form.get("refresh_token", ""))
    else:
        raise Refusal(400, "unsupported_grant_type", "grant_type is unknown.")
    if scopes is None:
        raise Refusal(400, "invalid_grant", "The code or refresh token is not valid.")
    access, refresh, expires = account.tokens.issue(scopes)
    body: dict[str, Any] = {
        "access_token": access,
        "token_type": "Bearer",
        "expires": int(expires),
        "expires_in": LIFETIME_S,
        "refresh_token": refresh,
        "domain_prefix": config.prefix,
        "scope": " ".join(sorted(scopes)),
    }
    return Answer(body)
