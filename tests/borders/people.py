"""Borders of the console's door: what the issuer of people says, and the secret that signs sessions."""

import base64
import json
from functools import partial
from typing import Any, cast

from tests.borders.places import as_text, places_in, trouble_of, with_odd
from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, answer
from tillbridge.adapters.borders.values import is_sound
from tillbridge.adapters.oidc import OidcIssuer
from tillbridge.adapters.session_keys import KeysOfSessions
from tillbridge.console.claims import person_of_claims
from tillbridge.domain.errors import CannotSignIn, RetryLater

ISSUER = "https://people.example"
SAYS = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
}
CLAIMS = {
    "iss": ISSUER,
    "sub": "u-1",
    "aud": "console",
    "exp": 1_795_262_400,
    "name": "Mina",
    "roles": ["harbour:staff"],
}


def _token(claims: bytes) -> str:
    parts = (b"{}", claims, b"s")
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def _answer_to_a_code(claims: bytes) -> dict[str, Any]:
    return {"id_token": _token(claims), "token_type": "Bearer", "expires_in": 300}


def issuer_cross(odd: bytes) -> int:
    """Sign people in by an issuer that says something odd of itself, of a code or of a person: none but that
    person is hindered."""
    good, said = json.dumps(CLAIMS).encode(), json.dumps(SAYS).encode()
    token = _answer_to_a_code(good)
    odd_of_itself = [odd, *(with_odd(SAYS, place, odd) for place in places_in(SAYS))]
    odd_answers = [odd, *(with_odd(token, place, odd) for place in places_in(token))]
    odd_claims = [odd, *(with_odd(CLAIMS, place, odd) for place in places_in(CLAIMS))]
    odd_answers += [json.dumps(_answer_to_a_code(each)).encode() for each in odd_claims]
    for of_itself in odd_of_itself:
        _sign_in_twice([of_itself, json.dumps(token).encode()])
    for of_a_code in odd_answers:
        _sign_in_twice([said, of_a_code])
    return len(odd_of_itself) + len(odd_answers)


def _sign_in_twice(bodies: list[bytes]) -> None:
    clock = FakeClock()
    canned = Canned([answer(200, body) for body in bodies])
    issuer = OidcIssuer(ISSUER, "console", canned.http_session(), clock)
    trouble = trouble_of(partial(_signs_in, issuer))
    assert trouble is None or isinstance(trouble, CannotSignIn | RetryLater)
    clock.advance(3_601)  # what it said of itself is read again
    good = (SAYS, _answer_to_a_code(json.dumps(CLAIMS).encode()))
    canned.steps[:] = [answer(200, json.dumps(body).encode()) for body in good]
    assert _signs_in(issuer) == "Mina"


def _signs_in(issuer: OidcIssuer) -> str:
    assert is_sound(issuer.authorization_endpoint())
    found = issuer.claims("code", "verifier", "https://console.example/back")
    person = person_of_claims(found, "roles")
    if person is None:
        return ""
    assert is_sound((person.issuer, person.subject, person.name, tuple(person.roles)))
    return person.name


class _Safe:
    def __init__(self, current: str, previous: str) -> None:
        self._texts = {"AWSCURRENT": current, "AWSPREVIOUS": previous}

    def get_secret_value(self, SecretId: str, VersionStage: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        assert SecretId
        return {"SecretString": self._texts[VersionStage]}


def session_keys_cross(odd: bytes) -> int:
    """Read the keys of sessions, one of which is odd: one from before keeps nobody out, and none is short."""
    good = "k" * 64
    before = _keys(_Safe(good, as_text(odd)))
    assert before.keys()[0] == good.encode()
    current = _keys(_Safe(as_text(odd), good))
    trouble = trouble_of(current.keys)
    assert trouble is None or isinstance(trouble, RetryLater)
    for keys in (before, *([] if trouble else [current])):
        assert all(len(key) >= 32 for key in keys.keys())  # noqa: SIM118 - no dictionary
    return 2


def _keys(safe: _Safe) -> KeysOfSessions:
    return KeysOfSessions(cast("Any", safe), "t", FakeClock())
