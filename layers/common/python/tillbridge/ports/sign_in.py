"""How people come in: an OpenID Connect issuer, and the keys that sign their sessions."""

from collections.abc import Mapping, Sequence
from typing import Protocol


class SessionKeys(Protocol):
    """The keys of sessions. They are in no log and no error."""

    def keys(self) -> Sequence[bytes]:
        """Return the key that signs, then the one before it, which is still believed. May raise RetryLater."""
        ...


class Issuer(Protocol):
    """The one issuer whose people may come in. Every call may raise RetryLater when it cannot be reached."""

    def authorization_endpoint(self) -> str:
        """Return the address that a browser is sent to. Raise CannotSignIn when the issuer says none that may
        be used."""
        ...

    def claims(self, code: str, verifier: str, redirect_uri: str) -> Mapping[str, object]:
        """Trade a code for an ID token and return its claims, unchecked but for that they came from the
        issuer's own token endpoint. The tokens are dropped. Raise CannotSignIn when the code is refused."""
        ...
