"""The authorize page, on which the sandbox's merchant agrees to everything (fact 12)."""

from urllib.parse import urlencode, urlsplit

from sandbox.lightspeed_x.calls.refusal import Refusal
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.config import SCOPES


def redirect_of(account: Account, query: dict[str, str]) -> str:
    """Return where the browser goes: the app's address with code, state and domain prefix.

    Granted is what was asked for, as far as the merchant may grant it. Raises Refusal 400.
    """
    if query.get("client_id") != account.config.client_id:
        raise _bad("There is no app with this client_id.")
    if query.get("response_type") != "code":
        raise _bad("response_type is code.")
    asked = frozenset(query.get("scope", "").split())
    if not asked:
        raise _bad("scope is required.")
    if strange := sorted(asked - SCOPES):
        raise _bad(f"There is no scope {', '.join(strange)}.")
    address = query.get("redirect_uri", "")
    if not urlsplit(address).scheme or not query.get("state"):
        raise _bad("redirect_uri and state are required.")
    code = account.tokens.authorise(address, asked & account.config.scopes)
    told = {"code": code, "state": query["state"], "domain_prefix": account.config.prefix}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(told)}"


def _bad(message: str) -> Refusal:
    return Refusal(400, "invalid_request", message)
