"""The way in and out: OpenID Connect with a code and PKCE. Tokens are dropped at once; what stays is our own
signed cookie."""

import base64
import hashlib
import hmac
import logging
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from tillbridge.console import cookies
from tillbridge.console.call import Call, values_of
from tillbridge.console.claims import person_of_claims
from tillbridge.console.cookies import set_cookie
from tillbridge.console.headers import page_headers
from tillbridge.console.pages.plain import trouble_page
from tillbridge.console.replies import is_own_path, reply, sent_on
from tillbridge.console.session import LONGEST_MS, Session, opened, sealed, session_text
from tillbridge.domain.errors import CannotSignIn
from tillbridge.usecases.console.entry import EntryDeps

WAY_IN, WAY_BACK, WAY_OUT, OUTSIDE = "/sign-in", "/sign-in/back", "/sign-out", "/signed-out"
_SIGN_IN = b"sign-in"
_SIGN_IN_MS = 600_000
_CLOCKS_DIFFER_S = 60

log = logging.getLogger(__name__)


def begin(call: Call, entry: EntryDeps) -> dict[str, Any]:
    """Send a browser to the issuer, to come back and then go to the page `to`, a path of ours. May raise
    RetryLater and CannotSignIn."""
    if not entry.url:
        raise CannotSignIn(
            "The console does not know its own address yet. Whoever deploys Tillbridge gives it as ConsoleUrl."
        )
    asked = values_of(call.query).get("to", ["/"])[0]
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    kept = {
        "state": state,
        "nonce": nonce,
        "verifier": verifier,
        "to": asked if is_own_path(asked) else "/",
        "until": entry.clock.now_ms() + _SIGN_IN_MS,
    }
    wanted = {
        "response_type": "code",
        "client_id": entry.client_id,
        "redirect_uri": entry.url + WAY_BACK,
        "scope": "openid profile",
        "state": state,
        "nonce": nonce,
        "code_challenge": _challenge(verifier),
        "code_challenge_method": "S256",
    }
    endpoint = entry.issuer().authorization_endpoint()
    there = f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(wanted)}"
    text = sealed(_SIGN_IN, kept, entry.keys.keys()[0])
    cookie = set_cookie(entry, cookies.SIGN_IN, text, _SIGN_IN_MS // 1_000)
    return sent_on(call, there, page_headers(entry), [cookie])


def come_back(call: Call, entry: EntryDeps) -> dict[str, Any]:
    """Take a browser that the issuer sent back: begin a session, or say why not. May raise RetryLater."""
    over = set_cookie(entry, cookies.SIGN_IN, "", 0)
    try:
        kept = _under_way(call, entry)
        claims = _claims(call, entry, kept)
        session = _session(claims, entry)
    except CannotSignIn as trouble:
        log.info("sign-in refused", extra={"why": str(trouble)})
        page = trouble_page(400, "Not signed in", str(trouble))
        return reply(call, 400, page, headers=page_headers(entry), cookies=[over])
    text = session_text(session, entry.keys.keys()[0])
    if len(text) > cookies.LONGEST:
        words = (
            "Your account names too many stores. Have it name all of them by one entry, as *:staff."
        )
        page = trouble_page(400, "Not signed in", words)
        return reply(call, 400, page, headers=page_headers(entry), cookies=[over])
    seconds = (session.until_ms - entry.clock.now_ms()) // 1_000
    cookie = set_cookie(entry, cookies.SESSION, text, seconds)
    return sent_on(call, str(kept["to"]), page_headers(entry), [over, cookie])


def leave(call: Call, entry: EntryDeps) -> dict[str, Any]:
    """End a session. The issuer's own goes on; it is the issuer's to end."""
    return sent_on(call, OUTSIDE, page_headers(entry), [set_cookie(entry, cookies.SESSION, "", 0)])


def _under_way(call: Call, entry: EntryDeps) -> dict[str, Any]:
    """Return what was kept of the sign-in that this state belongs to."""
    given = values_of(call.query).get("state", [""])[0].encode()
    for text in call.cookie_values(cookies.cookie_name(entry, cookies.SIGN_IN)):
        kept = opened(_SIGN_IN, text, entry.keys.keys())
        if (
            kept is not None
            and hmac.compare_digest(given, kept["state"].encode())
            and entry.clock.now_ms() < kept["until"]
        ):
            return kept
    raise CannotSignIn(
        "This sign-in was begun elsewhere, or more than ten minutes ago. Sign in again."
    )


def _claims(call: Call, entry: EntryDeps, kept: Mapping[str, Any]) -> Mapping[str, object]:
    """Return the claims of the ID token. Raise CannotSignIn for one that is not ours, of now, of this
    sign-in (OpenID Connect Core 3.1.3.7)."""
    code = values_of(call.query).get("code", [""])[0]
    if not code:
        raise CannotSignIn("You were not signed in. Try again, or ask whoever runs Tillbridge.")
    claims = entry.issuer().claims(code, kept["verifier"], entry.url + WAY_BACK)
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp", entry.client_id if len(audiences) == 1 else None)
    expires = claims.get("exp")
    now_s = entry.clock.now_ms() / 1_000
    if (
        claims.get("iss") != entry.issuer_name
        or entry.client_id not in audiences
        or party != entry.client_id
        or not hmac.compare_digest(str(claims.get("nonce")).encode(), kept["nonce"].encode())
        or not isinstance(expires, int | float)
        or expires + _CLOCKS_DIFFER_S <= now_s
    ):
        raise CannotSignIn(
            "The answer of whoever signs you in is not for this console. Sign in again."
        )
    return claims


def _session(claims: Mapping[str, object], entry: EntryDeps) -> Session:
    person = person_of_claims(claims, entry.claim)
    if person is None:
        raise CannotSignIn(
            "Your account has no store here. Ask whoever runs Tillbridge to give you one."
        )
    now = entry.clock.now_ms()
    return Session(person, secrets.token_urlsafe(16), now + LONGEST_MS)


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
