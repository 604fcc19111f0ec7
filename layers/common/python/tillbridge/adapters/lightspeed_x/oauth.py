"""X-Series' OAuth: a code becomes a grant, and a grant is renewed. No error quotes a token or a secret.

Its token endpoint answers whoever asks with our app's id and secret, and takes each refresh token once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, override
from urllib.parse import urlencode, urlsplit

import requests

from tillbridge.adapters.http import Incoming, NoAnswerError, NotSentError, Outgoing, exchange
from tillbridge.adapters.lightspeed_x.errors import VENDOR
from tillbridge.adapters.pos_session import asked_wait, object_in
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.connecting import ConnectCode, is_token
from tillbridge.domain.errors import CannotConnect, PosDown
from tillbridge.domain.pos_account import PosAccount, connect_command
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.domain.problem_meaning import Case
from tillbridge.domain.problems import attention_for
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos_access import PosAccess

AUTHORISE = "https://secure.retail.lightspeed.app/connect"
TOKEN_PATH = "/api/1.0/token"  # noqa: S105 - a path, no token
SECONDS = 10.0
"""For one call: a person waits at connect, and a poll has a slice of a minute."""

_DEAD = frozenset({400, 401, 403})
_OLD_CODE = "Lightspeed refuses the code: it is good for one use and a few minutes. Connect again."
_UNKNOWN_APP = "Lightspeed does not know this app. Check its client id and secret."
_LIFE_S = 86_400
"""What X-Series states. Should a grant without a time end earlier, a 401 tells."""

_LONGEST_LIFE_S = 400 * _LIFE_S


@dataclass(frozen=True, slots=True)
class App:
    """The OAuth app that a merchant made at its vendor."""

    client_id: str
    client_secret: str = field(repr=False)


def authorise_page(address: str) -> str:
    """Return the page on which a person lets an app in: Lightspeed's, or that of a lab's account at another host."""
    host = urlsplit(address).hostname or ""
    return AUTHORISE if host.endswith(VENDOR) else f"{address.rstrip('/')}/connect"


def authorise_address(
    client_id: str, redirect_uri: str, state: str, scopes: Sequence[str], at: str = AUTHORISE
) -> str:
    """Return the address where a person lets the app in. X-Series sends them back to `redirect_uri` with a
    code, the prefix of their shop and `state`, which whoever made it must compare. `at`: `authorise_page` of the account."""
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "state": state,
        "scope": " ".join(scopes),
    }
    return f"{at}?{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class LightspeedOauth(PosAccess):
    """The token endpoint of an account. Each call is made once."""

    http: requests.Session
    clock: Clock

    def exchanged(self, address: str, app: App, code: str, redirect_uri: str) -> PosGrant:
        """Return the grant that a code stands for, which `redirect_uri` was given. Raise CannotConnect when it is
        refused, and PosDown when there is no answer that can be used."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "redirect_uri": redirect_uri,
        }
        answer = self._ask(address, asked)
        if answer.status in _DEAD:
            words = _UNKNOWN_APP if answer.status == 401 else _OLD_CODE
            raise CannotConnect(ConnectCode.POS_TOKEN, words)
        before = PosGrant("", client_id=app.client_id, client_secret=app.client_secret)
        return self._grant(answer, before)

    @override
    def refreshed(self, account: PosAccount, grant: PosGrant) -> PosGrant:
        asked = {
            "grant_type": "refresh_token",
            "refresh_token": grant.refresh_token,
            "client_id": grant.client_id,
            "client_secret": grant.client_secret,
        }
        answer = self._ask(account.address, asked)
        if answer.status in _DEAD:
            command = connect_command(account.key)
            raise attention_for(AttentionCode.POS_TOKEN_DEAD, Case.ACCOUNT, command=command)
        return self._grant(answer, grant)

    def _ask(self, address: str, asked: Mapping[str, str]) -> Incoming:
        call = Outgoing(
            "POST",
            f"{address.rstrip('/')}{TOKEN_PATH}",
            {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
            body=urlencode(asked).encode(),
        )
        try:
            return exchange(self.http, call, SECONDS, self.clock)
        except (NotSentError, NoAnswerError) as trouble:
            raise PosDown(f"Lightspeed gives no access token: {trouble}.") from trouble

    def _grant(self, answer: Incoming, before: PosGrant) -> PosGrant:
        """Return the grant in an answer. What it does not say is as before: an app's own id, scopes."""
        if answer.status != 200:
            wait = asked_wait(answer, self.clock.now_ms())
            raise PosDown(f"Lightspeed gives no access token (status {answer.status}).", wait)
        said = object_in(answer)
        token, refresh = _token(said, "access_token"), _token(said, "refresh_token")
        if not token:
            raise PosDown("Lightspeed's answer holds no access token.")
        scope = said.get("scope")
        return replace(
            before,
            access_token=token,
            refresh_token=refresh or before.refresh_token,
            expires_ms=self._ends_ms(said),
            scopes=tuple(scope.split()) if isinstance(scope, str) else before.scopes,
        )

    def _ends_ms(self, said: Mapping[str, Any]) -> int:
        """Return when a grant ends (epoch ms): by the seconds it has left, which need no clock of theirs."""
        seconds = said.get("expires_in")
        if type(seconds) is not int or not 0 <= seconds <= _LONGEST_LIFE_S:
            seconds = _LIFE_S
        return self.clock.now_ms() + seconds * 1_000


def _token(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    text = value.strip() if isinstance(value, str) else ""
    return text if is_token(text) else ""
