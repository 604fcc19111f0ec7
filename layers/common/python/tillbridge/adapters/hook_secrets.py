"""The secrets of webhooks in Secrets Manager. Nothing here logs, and no error quotes a secret."""

from typing import TYPE_CHECKING, override

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.adapters.borders.json_texts import NotJsonError, decoded
from tillbridge.adapters.secrets import LIFE_MS, client_secret_name
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.ports.clock import Clock
from tillbridge.ports.hook_secrets import ClientSecret, HookSecrets

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


def stack_key_name(prefix: str) -> str:
    """Return the name of the secret from which the secrets in headers are derived. The template makes
    it, of random letters."""
    return f"{prefix}/hook-key"


class SecretsOfHooks(HookSecrets):
    """Read at most every five minutes, so that a secret that was changed is used after that."""

    def __init__(self, client: "SecretsManagerClient", prefix: str, clock: Clock) -> None:
        self._client = client
        self._prefix = prefix
        self._clock = clock
        self._known: dict[str, tuple[str, int]] = {}

    @override
    def stack_key(self) -> bytes:
        return self._text(stack_key_name(self._prefix)).encode()

    @override
    def client_secret(self, store: StoreId) -> ClientSecret:
        name = client_secret_name(self._prefix, store)
        try:
            found = decoded(self._text(name))
        except NotJsonError:
            found = None
        secret = found.get("client_secret") if isinstance(found, dict) else None
        if not isinstance(secret, str) or not secret.strip():
            raise RetryLater(f"The secret {name} holds no client secret. Store it again.")
        return ClientSecret(secret.strip(), required=found.get("require_signature") is True)

    def _text(self, name: str) -> str:
        text, read_ms = self._known.get(name, ("", 0))
        now = self._clock.now_ms()
        if not text or now - read_ms >= LIFE_MS:
            text = self._read(name)
            self._known[name] = (text, now)
        return text

    def _read(self, name: str) -> str:
        try:
            text = self._client.get_secret_value(SecretId=name).get("SecretString", "")
        except (ClientError, BotoCoreError) as trouble:
            raise RetryLater(
                f"The secret {name} cannot be read ({type(trouble).__name__})."
            ) from None
        if not text:
            raise RetryLater(f"The secret {name} is empty.")
        return text
