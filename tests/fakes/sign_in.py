"""The way in, in memory: keys that a test sets, and an issuer that answers what it is told."""

from collections.abc import Mapping, Sequence

from tillbridge.domain.errors import CannotSignIn


class FakeSessionKeys:
    """The newest key first."""

    def __init__(self, *keys: bytes) -> None:
        self.now: list[bytes] = list(keys) or [b"k" * 64]

    def keys(self) -> Sequence[bytes]:
        return self.now


class FakeIssuer:
    """Knows codes, each good once, with the claims that they stand for."""

    def __init__(self, endpoint: str = "https://people.example/authorize") -> None:
        self.endpoint = endpoint
        self.codes: dict[str, Mapping[str, object]] = {}
        self.asked: list[tuple[str, str, str]] = []

    def authorization_endpoint(self) -> str:
        return self.endpoint

    def claims(self, code: str, verifier: str, redirect_uri: str) -> Mapping[str, object]:
        self.asked.append((code, verifier, redirect_uri))
        if code not in self.codes:
            raise CannotSignIn("This sign-in was used before. Sign in again.")
        return self.codes.pop(code)
