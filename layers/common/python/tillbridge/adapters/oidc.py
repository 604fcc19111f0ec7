"""An OpenID Connect issuer over HTTP. No token of it is kept, logged or quoted."""

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, override
from urllib.parse import urlencode

from tillbridge.adapters.borders.json_texts import NotJsonError, decoded, mended
from tillbridge.adapters.http import NoAnswerError, NotSentError, Outgoing, exchange
from tillbridge.domain.addresses import refusal
from tillbridge.domain.errors import CannotSignIn, NeedsAttention, RetryLater
from tillbridge.ports.clock import Clock
from tillbridge.ports.sign_in import Issuer

if TYPE_CHECKING:
    import requests

_KEPT_MS = 3_600_000
_SECONDS = 5.0
_ENDPOINTS = ("authorization_endpoint", "token_endpoint")


class OidcIssuer(Issuer):
    """What the issuer says of itself is kept for an hour.

    The signature of an ID token is not checked: it comes straight from the token endpoint over TLS, which is
    enough (OpenID Connect Core 3.1.3.7). So issuer and endpoints are https; plain http is for this machine,
    and for `clear_text_to`, the host of a lab."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        http: "requests.Session",
        clock: Clock,
        clear_text_to: str = "",
    ) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._http = http
        self._clock = clock
        self._clear_text_to = clear_text_to
        self._endpoints: Mapping[str, str] = {}
        self._read_ms = 0

    @override
    def authorization_endpoint(self) -> str:
        return self._endpoint("authorization_endpoint")

    @override
    def claims(self, code: str, verifier: str, redirect_uri: str) -> Mapping[str, object]:
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "client_id": self._client_id,
            "code_verifier": verifier,
        }
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        at = self._endpoint("token_endpoint")
        found = self._asked(Outgoing("POST", at, headers, body=urlencode(sent).encode()))
        token = found.get("id_token")
        claims = _payload(token) if isinstance(token, str) else None
        if claims is None:
            raise CannotSignIn("Whoever signs you in did not say who you are. Sign in again.")
        return claims

    def _endpoint(self, name: str) -> str:
        now = self._clock.now_ms()
        if not self._endpoints or now - self._read_ms >= _KEPT_MS:
            self._endpoints, self._read_ms = self._discovered(), now
        return self._endpoints[name]

    def _discovered(self) -> Mapping[str, str]:
        at = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        said = self._asked(Outgoing("GET", at, {"Accept": "application/json"}))
        found = {name: str(said.get(name) or "") for name in _ENDPOINTS}
        if said.get("issuer") != self._issuer or any(
            refusal(each, self._clear_text_to) for each in found.values()
        ):
            raise CannotSignIn(
                "The issuer of this console is not set up right: it calls itself by another name, or "
                "names no https addresses. Tell whoever runs Tillbridge."
            )
        return found

    def _asked(self, call: Outgoing) -> dict[str, Any]:
        try:
            answer = exchange(self._http, call, _SECONDS, self._clock)
        except (NotSentError, NoAnswerError):
            raise RetryLater("The issuer of this console cannot be reached.", 5) from None
        except NeedsAttention as refused:
            raise CannotSignIn(f"The issuer of this console cannot be asked: {refused}") from None
        if answer.status >= 500 or answer.status == 429:
            raise RetryLater("The issuer of this console cannot be reached.", 5)
        if answer.status != 200:
            raise CannotSignIn("This sign-in is over, or was used before. Sign in again.")
        try:
            found = decoded(answer.body)
        except NotJsonError:
            found = None
        if not isinstance(found, dict):
            raise RetryLater("The issuer of this console does not answer as it should.", 5)
        return found


def _payload(token: str) -> dict[str, object] | None:
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        found = mended(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:  # NotJsonError is one
        return None
    return found if isinstance(found, dict) else None
