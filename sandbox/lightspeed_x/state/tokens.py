"""Access tokens with their scopes, refresh tokens that die at use, and authorization codes (fact 12)."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

LIFETIME_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token may do; `expires_at` is None for a personal token."""

    scopes: frozenset[str]
    expires_at: float | None
    by_app: bool


@dataclass(slots=True)
class Tokens:
    """The tokens of one account. Times are seconds of `clock`. The caller holds the lock."""

    clock: Callable[[], float]
    _access: dict[str, Grant] = field(default_factory=dict)
    _refresh: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    _codes: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def add_personal(self, token: str, scopes: frozenset[str]) -> None:
        """Add a personal token, or give a known one other scopes."""
        self._access[token] = Grant(scopes, None, by_app=False)

    def find(self, token: str) -> Grant | None:
        """Return what a token may do; None if it is unknown, revoked or expired."""
        grant = self._access.get(token)
        if grant is None or (grant.expires_at is not None and grant.expires_at <= self.clock()):
            return None
        return grant

    def revoke(self, *, refresh: bool) -> None:
        """Revoke every access token, and the refresh tokens too if asked."""
        self._access.clear()
        if refresh:
            self._refresh.clear()

    def authorise(self, redirect_uri: str, scopes: frozenset[str]) -> str:
        """Return a code that can be exchanged once, for this redirect address."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = (redirect_uri, scopes)
        return code

    def exchange(self, code: str, redirect_uri: str) -> frozenset[str] | None:
        """Take a code; return the scopes granted with it, or None."""
        asked, scopes = self._codes.pop(code, ("", frozenset()))
        return scopes if asked and asked == redirect_uri else None

    def refresh(self, token: str) -> frozenset[str] | None:
        """Take a refresh token, which is dead from here on, as is its access token; return its
        scopes, or None."""
        access, scopes = self._refresh.pop(token, ("", None))
        self._access.pop(access, None)
        return scopes

    def issue(self, scopes: frozenset[str]) -> tuple[str, str, float]:
        """Return a new access token, its refresh token, and when the access token expires."""
        access, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        expires = self.clock() + LIFETIME_S
        self._access[access] = Grant(scopes, expires, by_app=True)
        self._refresh[refresh] = (access, scopes)
        return access, refresh, expires
