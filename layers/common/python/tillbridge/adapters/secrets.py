"""Access tokens from Secrets Manager. Nothing here logs, and no error quotes a secret."""

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.adapters.borders.json_texts import NotJsonError, decoded
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention, RetryLater, TillbridgeError
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.problems import attention_for
from tillbridge.ports.clock import Clock

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

LIFE_MS = 5 * 60_000
"""How long a token is cached. A changed token is used after five minutes at the latest, and at once
after a 401."""

_OUTAGE = ("Throttl", "InternalService", "ServiceUnavailable", "RequestTimeout", "ExpiredToken")
"""How the codes begin that pass by themselves."""


type Token = Callable[[bool], str]
"""Returns an access token; called with True it reads the token again. Raises NeedsAttention when
there is no usable token, and RetryLater when Secrets Manager cannot be reached."""


def store_secret(prefix: str, store: StoreId) -> str:
    """Return the name of the secret that holds a store's token for BigCommerce."""
    return f"{prefix}/store/{store}"


def pos_secret(prefix: str, account: PosAccountKey) -> str:
    """Return the name of the secret that holds a POS account's token."""
    return f"{prefix}/pos/{account}"


class Tokens:
    """The secrets of one deployment, each holding {"access_token": …}."""

    def __init__(self, client: "SecretsManagerClient", prefix: str, clock: Clock) -> None:
        self._client = client
        self._prefix = prefix
        self._clock = clock
        self._known: dict[str, tuple[str, int]] = {}
        self._lock = Lock()

    def of_store(self, store: StoreId) -> Token:
        """Return a store's token for BigCommerce."""
        name = store_secret(self._prefix, store)
        return lambda fresh: self._token(name, "BigCommerce", fresh=fresh)

    def of_pos(self, account: PosAccountKey) -> Token:
        """Return a POS account's token."""
        name = pos_secret(self._prefix, account)
        return lambda fresh: self._token(name, "the POS", fresh=fresh)

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
        except (BotoCoreError, ClientError) as exc:
            raise secrets_trouble(exc, side) from exc
        try:
            found = decoded(text)
        except NotJsonError:
            raise _missing(side) from None
        token = found.get("access_token") if isinstance(found, dict) else None
        if not isinstance(token, str) or not token.strip():
            raise _missing(side)
        if not (token.strip().isascii() and token.strip().isprintable()):
            # No header takes it, and the error of the library that refuses it would quote it.
            raise attention_for(AttentionCode.TOKEN_ODD, side=side)
        return token.strip()


def secrets_trouble(exc: BotoCoreError | ClientError, side: str) -> TillbridgeError:
    """Return the error of ours that a refusal of Secrets Manager is; `side` names whose secret it is about."""
    if isinstance(exc, BotoCoreError):
        return RetryLater(_busy())
    code = exc.response["Error"]["Code"]
    status = exc.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400)
    if code.startswith(_OUTAGE) or status >= 500:
        return RetryLater(_busy())
    if code == "ResourceNotFoundException":
        return _missing(side)
    if code == "InvalidRequestException":
        return attention_for(AttentionCode.TOKEN_DELETED, side=side)
    # Access denied, no decryption, or a code we do not know: until somebody looks, nothing changes.
    return attention_for(AttentionCode.TOKEN_FORBIDDEN, side=side)


def _missing(side: str) -> NeedsAttention:
    return attention_for(AttentionCode.TOKEN_MISSING, side=side)


def _busy() -> str:
    return (
        "The access tokens cannot be read just now. "
        "You need not do anything: Tillbridge tries again."
    )
