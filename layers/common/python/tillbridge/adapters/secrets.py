"""Access tokens from Secrets Manager. Nothing here logs, and no error quotes a secret."""

import json
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention, RetryLater, TillbridgeError
from tillbridge.domain.ids import StoreId
from tillbridge.domain.problems import attention_for
from tillbridge.ports.clock import Clock

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

LIFE_MS = 5 * 60_000
"""How long a token is cached. A changed token is used after five minutes at the latest, and at once
after a 401."""

_UNUSABLE = frozenset(
    {
        "AccessDeniedException",
        "DecryptionFailure",
        "InvalidRequestException",  # it is marked for deletion
        "ResourceNotFoundException",
    }
)
_PASSING = frozenset({"InternalServiceError", "ThrottlingException", "ServiceUnavailable"})


class Tokens:
    """One secret per store and side: `{prefix}/{store}/{side}`, holding {"access_token": …}.

    `side` is 'bigcommerce' or 'pos'. Every method raises NeedsAttention when there is no usable
    token, and RetryLater when Secrets Manager cannot be reached."""

    def __init__(self, client: "SecretsManagerClient", prefix: str, clock: Clock) -> None:
        self._client = client
        self._prefix = prefix
        self._clock = clock
        self._known: dict[str, tuple[str, int]] = {}
        self._lock = Lock()

    def token(self, store: StoreId, side: str) -> str:
        """Return the access token, read at most five minutes ago."""
        return self._token(self._name(store, side), side, fresh=False)

    def refresh(self, store: StoreId, side: str) -> str:
        """Return the access token, read again from Secrets Manager."""
        return self._token(self._name(store, side), side, fresh=True)

    def provider(self, store: StoreId, side: str) -> Callable[[bool], str]:
        """Return a function that returns the token; called with True it reads the token again."""
        return partial(self._provide, store, side)

    def _provide(self, store: StoreId, side: str, fresh: bool) -> str:
        return self.refresh(store, side) if fresh else self.token(store, side)

    def _name(self, store: StoreId, side: str) -> str:
        return f"{self._prefix}/{store}/{side}"

    def _token(self, name: str, side: str, *, fresh: bool) -> str:
        with self._lock:
            token, read_ms = self._known.get(name, ("", 0))
            now = self._clock.now_ms()
            if fresh or not token or now - read_ms >= LIFE_MS:
                self._known.pop(name, None)
                token = self._read(name, side)
                self._known[name] = (token, now)
            return token

    def _read(self, name: str, side: str) -> str:
        try:
            text = self._client.get_secret_value(SecretId=name).get("SecretString", "")
        except ClientError as exc:
            ours = _ours(exc, side)
            if ours is None:
                raise
            raise ours from exc
        except (HTTPClientError, NoConnection) as exc:
            raise RetryLater(_busy()) from exc
        try:
            found = json.loads(text)
        except ValueError:
            raise _unusable(side) from None  # json's own error would quote the secret
        token = found.get("access_token") if isinstance(found, dict) else None
        if not isinstance(token, str) or not token.strip():
            raise _unusable(side)
        return token


def _ours(exc: ClientError, side: str) -> TillbridgeError | None:
    code = exc.response["Error"]["Code"]
    if code in _UNUSABLE:
        return _unusable(side)
    return RetryLater(_busy()) if code in _PASSING else None


def _unusable(side: str) -> NeedsAttention:
    system = "BigCommerce" if side == "bigcommerce" else "the POS"
    return attention_for(AttentionCode.TOKEN_MISSING, side=system)


def _busy() -> str:
    return (
        "The access tokens cannot be read just now. "
        "You need not do anything: Tillbridge tries again."
    )
