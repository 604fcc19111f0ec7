"""An OpenID Connect issuer as strict as a good one: codes are used once and die in a minute, PKCE is a must,
addresses are compared letter by letter."""

import base64
import hashlib
import hmac
import json
import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from sandbox.people.directory import CLAIM, PEOPLE, Somebody

CODE_SECONDS = 60
CHOICE_SECONDS = 600
TOKEN_SECONDS = 3_600

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class RefusedError(Exception):
    """A request that is refused, by the names of RFC 6749 (5.2, 4.1.2.1). `told`: whether the client may be
    told at its own address, which holds only when client and address were right."""

    def __init__(self, error: str, words: str, *, told: bool = False) -> None:
        super().__init__(words)
        self.error = error
        self.told = told


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asked for when it sent a browser here."""

    state: str
    nonce: str
    challenge: str
    until: float


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code stands for."""

    who: Somebody
    asked: Asked
    until: float


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


@dataclass(slots=True)
class Issuer:
    """One client, with one address to come back to. The key is made at each start."""

    name: str
    client_id: str
    redirect_uri: str
    now: Callable[[], float] = time.time
    key: rsa.RSAPrivateKey = field(default_factory=_new_key)
    kid: str = field(default_factory=lambda: secrets.token_hex(8))
    choices: dict[str, Asked] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)

    def discovery(self) -> dict[str, Any]:
        """Return what the issuer says of itself."""
        return {
            "issuer": self.name,
            "authorization_endpoint": f"{self.name}/authorize",
            "token_endpoint": f"{self.name}/token",
            "jwks_uri": f"{self.name}/jwks.json",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "scopes_supported": ["openid", "profile"],
        }

    def jwks(self) -> dict[str, Any]:
        """Return the public half of the key."""
        numbers = self.key.public_key().public_numbers()
        return {
            "keys": [
                {
                    "kty": "RSA",
                    "use": "sig",
                    "alg": "RS256",
                    "kid": self.kid,
                    "n": _number(numbers.n),
                    "e": _number(numbers.e),
                }
            ]
        }

    def begin(self, query: Mapping[str, str]) -> str:
        """Take a browser's request and return the ticket of its choice. Raise RefusedError."""
        if query.get("client_id") != self.client_id:
            raise RefusedError("invalid_client", "Nobody knows this client.")
        if query.get("redirect_uri") != self.redirect_uri:
            raise RefusedError("invalid_request", "That is not the address of this client.")
        for fits, error, words in (
            (
                query.get("response_type") == "code",
                "unsupported_response_type",
                "Only codes are given.",
            ),
            ("openid" in query.get("scope", "").split(), "invalid_scope", "Ask for openid."),
            (query.get("code_challenge_method") == "S256", "invalid_request", "PKCE needs S256."),
            (_fits(_CHALLENGE, query.get("code_challenge")), "invalid_request", "No challenge."),
            (bool(query.get("state")), "invalid_request", "No state."),
        ):
            if not fits:
                raise RefusedError(error, words, told=True)
        ticket = secrets.token_urlsafe(24)
        self.choices[ticket] = Asked(
            query["state"],
            query.get("nonce", ""),
            query["code_challenge"],
            self.now() + CHOICE_SECONDS,
        )
        return ticket

    def choose(self, ticket: str, who: str) -> tuple[str, str]:
        """Return code and state of somebody's choice; a ticket is good once. Raise RefusedError."""
        asked = self.choices.pop(ticket, None)
        if asked is None or self.now() >= asked.until or who not in PEOPLE:
            raise RefusedError(
                "access_denied", "This page is over. Go back to where you came from."
            )
        code = secrets.token_urlsafe(24)
        self.grants[code] = Grant(PEOPLE[who], asked, self.now() + CODE_SECONDS)
        return code, asked.state

    def trade(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Return the tokens that a code stands for. Whatever is wrong, the code is used. Raise RefusedError."""
        grant = self.grants.pop(form.get("code", ""), None)
        if form.get("client_id") != self.client_id:
            raise RefusedError("invalid_client", "Nobody knows this client.")
        if form.get("grant_type") != "authorization_code":
            raise RefusedError("unsupported_grant_type", "Only codes are traded.")
        if grant is None or self.now() >= grant.until:
            raise RefusedError("invalid_grant", "The code is over, or was used before.")
        if form.get("redirect_uri") != self.redirect_uri:
            raise RefusedError("invalid_grant", "That is not the address of this client.")
        verifier = form.get("code_verifier", "")
        if not _fits(_VERIFIER, verifier) or not hmac.compare_digest(
            _encoded(hashlib.sha256(verifier.encode()).digest()), grant.asked.challenge
        ):
            raise RefusedError("invalid_grant", "The verifier does not fit the challenge.")
        return {
            "access_token": self.token(grant.who),
            "id_token": self.token(grant.who, nonce=grant.asked.nonce),
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
            "scope": "openid profile",
        }

    def token(self, who: Somebody, **more: object) -> str:
        """Return a signed token about somebody; `more` claims replace those that it would have."""
        now = int(self.now())
        claims = {
            "iss": self.name,
            "aud": self.client_id,
            "sub": f"people|{who.key}",
            "name": who.name,
            CLAIM: list(who.roles),
            "iat": now,
            "exp": now + TOKEN_SECONDS,
            **more,
        }
        head = {"alg": "RS256", "typ": "JWT", "kid": self.kid}
        signed = ".".join(_encoded(json.dumps(part).encode()) for part in (head, claims))
        signature = self.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{_encoded(signature)}"


def _fits(pattern: re.Pattern[str], text: str | None) -> bool:
    return pattern.fullmatch(text or "") is not None


def _number(value: int) -> str:
    return _encoded(value.to_bytes((value.bit_length() + 7) // 8))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
