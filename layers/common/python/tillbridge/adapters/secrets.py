"""Access tokens from Secrets Manager. Nothing here logs, and no error quotes a secret."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.adapters.borders.json_texts import NotJsonError, decoded
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention, RetryLater, TillbridgeError
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_account import STORE_ADD
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


def client_secret_name(prefix: str, store: StoreId) -> str:
    """Return the name of the secret with the client secret of a store's API account; there only where
    one was given."""
    return f"{prefix}/hooks/{store}"


def pos_hooks_secret(prefix: str, account: PosAccountKey) -> str:
    """Return the name of the secret with the keys of a POS account's webhooks."""
    return f"{prefix}/pos-hooks/{account}"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose token a secret holds, in words, and the command with which a person stores it."""

    side: str
    command: str = STORE_ADD


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
        return lambda fresh: self._token(name, Holder("BigCommerce"), fresh=fresh)

    def of_pos(self, account: PosAccountKey, command: str = STORE_ADD) -> Token:
        """Return a POS account's token, which a person stores with `command`."""
        name, holder = pos_secret(self._prefix, account), Holder("the POS", command)
        return lambda fresh: self._token(name, holder, fresh=fresh)

    def _token(self, name: str, holder: Holder, *, fresh: bool) -> str:
        with self._lock:
            token, read_ms = self._known.get(name, ("", 0))
            now = self._clock.now_ms()
            if fresh or not token or now - read_ms >= LIFE_MS:
                self._known.pop(name, None)
                token = self._read(name, holder)
                self._known[name] = (token, now)
            return token

    def _read(self, name: str, holder: Holder) -> str:
        try:
            text = self._client.get_secret_value(SecretId=name).get("SecretString", "")
        except (BotoCoreError, ClientError) as exc:
            raise secrets_trouble(exc, holder) from exc
        try:
            found = decoded(text)
        except NotJsonError:
            raise missing(holder) from None
        token = found.get("access_token") if isinstance(found, dict) else None
        if not isinstance(token, str) or not token.strip():
            raise missing(holder)
        if not (token.strip().isascii() and token.strip().isprintable()):
            # No header takes it, and the error of the library that refuses it would quote it.
            raise attention_for(AttentionCode.TOKEN_ODD, side=holder.side, command=holder.command)
        return token.strip()


def secrets_trouble(exc: BotoCoreError | ClientError, holder: Holder) -> TillbridgeError:
    """Return the error of ours that a refusal of Secrets Manager is; `holder` says whose secret it is about."""
    if isinstance(exc, BotoCoreError):
        return RetryLater(_busy())
    code = exc.response["Error"]["Code"]
    status = exc.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400)
    if code.startswith(_OUTAGE) or status >= 500:
        return RetryLater(_busy())
    if code == "ResourceNotFoundException":
        return missing(holder)
    if code == "InvalidRequestException":
        return attention_for(AttentionCode.TOKEN_DELETED, side=holder.side, command=holder.command)
    # Access denied, no decryption, or a code we do not know: until somebody looks, nothing changes.
    return attention_for(AttentionCode.TOKEN_FORBIDDEN, side=holder.side)


def missing(holder: Holder) -> NeedsAttention:
    """Return the error of a secret that is not there, or holds no token."""
    return attention_for(AttentionCode.TOKEN_MISSING, side=holder.side, command=holder.command)


def _busy() -> str:
    return (
        "The access tokens cannot be read just now. "
        "You need not do anything: Tillbridge tries again."
    )
