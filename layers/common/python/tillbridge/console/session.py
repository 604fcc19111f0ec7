"""Signed texts: the session of a person and the token of their forms. Nothing here logs."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tillbridge.domain.people import Person, Role

LONGEST_MS = 3_600_000
"""A session lasts an hour at most; then the issuer is asked again."""

_SESSION, _FORM = b"session", b"form"
_MASK = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True)
class Session:
    """Who signed in, under a random `id`, until when (epoch ms)."""

    person: Person
    id: str
    until_ms: int


def sealed(purpose: bytes, values: Mapping[str, Any], key: bytes) -> str:
    """Return values as text that only a holder of the key could have made, for this purpose alone."""
    text = _encoded(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode())
    return f"{text}.{_signature(purpose, text, key)}"


def opened(purpose: bytes, text: str, keys: Sequence[bytes]) -> dict[str, Any] | None:
    """Return the values of a text that one of the keys sealed for this purpose; None of any other."""
    values, _, signature = text.partition(".")
    if not values.isascii() or not signature.isascii():
        return None
    # Text is compared, not bytes: of base64 some bits could change unseen.
    if not any(hmac.compare_digest(signature, _signature(purpose, values, key)) for key in keys):
        return None
    found = json.loads(base64.urlsafe_b64decode(values + "=" * (-len(values) % 4)))
    return found if isinstance(found, dict) else None


def session_text(session: Session, key: bytes) -> str:
    """Return what a person's cookie holds: no secret, and no token of the issuer."""
    person = session.person
    values = {
        "iss": person.issuer,
        "sub": person.subject,
        "name": person.name,
        "roles": {store: role.value for store, role in person.roles.items()},
        "id": session.id,
        "until": session.until_ms,
    }
    return sealed(_SESSION, values, key)


def session_of(text: str, keys: Sequence[bytes], issuer: str, now_ms: int) -> Session | None:
    """Return the session in a cookie; None when it is forged, over, or of people of another issuer."""
    found = opened(_SESSION, text, keys)
    if (
        found is None
        or found["iss"] != issuer
        or not now_ms < found["until"] <= now_ms + LONGEST_MS
    ):
        return None
    roles = {store: Role(role) for store, role in found["roles"].items()}
    person = Person(issuer, found["sub"], found["name"], roles)
    return Session(person, found["id"], found["until"])


def form_token(session: Session, key: bytes) -> str:
    """Return the token that every form of this session carries. It looks different each time: a page is
    packed, and from the lengths of packed pages a token that stays the same could be guessed."""
    mask = secrets.token_bytes(_MASK)
    return _encoded(mask + _masked(_form_mac(session, key), mask))


def is_form_token(text: str, session: Session, keys: Sequence[bytes]) -> bool:
    """Return whether a form carries a token of this session."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return False
    if len(raw) != 2 * _MASK:
        return False
    mac = _masked(raw[_MASK:], raw[:_MASK])
    return any(hmac.compare_digest(mac, _form_mac(session, key)) for key in keys)


def _form_mac(session: Session, key: bytes) -> bytes:
    return hmac.digest(key, _FORM + b":" + session.id.encode(), "sha256")


def _signature(purpose: bytes, text: str, key: bytes) -> str:
    return _encoded(hmac.digest(key, purpose + b":" + text.encode(), "sha256"))


def _masked(data: bytes, mask: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(data, mask, strict=True))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
