"""The port PosHookSecrets over Secrets Manager. Nothing here logs, and no error quotes a secret."""

import json
from typing import TYPE_CHECKING, Any, override

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.adapters.borders.json_texts import NotJsonError, decoded
from tillbridge.adapters.secrets import LIFE_MS, pos_hooks_secret
from tillbridge.adapters.token_box import put_text
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.hooks.pos_access import PosHookKeys
from tillbridge.domain.ids import PosAccountKey
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos_hook_secrets import PosHookSecrets

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

ANEW_MS = 30_000
"""Whoever sends calls that are refused has the keys read again so often at the most."""

_NOT_THERE = ("ResourceNotFoundException", "InvalidRequestException")
"""There is none, or it is marked for deletion."""


class PosHooksInSecrets(PosHookSecrets):
    """The secrets of one deployment, each {"path_keys": […], "keys": […]}, newest first.

    `key`: the ARN of the KMS key that encrypts a new one; '' is the account's own for secrets."""

    def __init__(
        self, client: "SecretsManagerClient", prefix: str, clock: Clock, key: str = ""
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._clock = clock
        self._key = key
        self._known: dict[PosAccountKey, tuple[PosHookKeys | None, int]] = {}

    @override
    def find(self, account: PosAccountKey) -> PosHookKeys | None:
        name = pos_hooks_secret(self._prefix, account)
        try:
            text = self._client.get_secret_value(SecretId=name).get("SecretString", "")
        except (ClientError, BotoCoreError) as trouble:
            if _code(trouble) in _NOT_THERE:
                return None
            raise RetryLater(f"The secret {name} cannot be read ({_code(trouble)}).") from None
        return keys_in(text)

    @override
    def known(self, account: PosAccountKey, *, anew: bool = False) -> PosHookKeys | None:
        now, life = self._clock.now_ms(), ANEW_MS if anew else LIFE_MS
        keys, read_ms = self._known.get(account, (None, 0))
        if not read_ms or now - read_ms >= life:
            keys = self.find(account)
            self._known[account] = keys, now
        return keys

    @override
    def put(self, account: PosAccountKey, keys: PosHookKeys) -> None:
        name = pos_hooks_secret(self._prefix, account)
        text = json.dumps({"path_keys": keys.paths, "keys": keys.signing})
        try:
            put_text(self._client, name, text, self._key)
        except (ClientError, BotoCoreError) as trouble:
            words = f"The secret {name} cannot be written just now ({_code(trouble)})."
            raise RetryLater(words) from None  # its request holds the keys


def keys_in(text: str) -> PosHookKeys | None:
    """Return the keys in the text of a secret, None of one that holds no path key."""
    try:
        found = decoded(text)
    except NotJsonError:
        return None
    told = found if isinstance(found, dict) else {}
    paths = _texts(told.get("path_keys"))
    return PosHookKeys(paths, _texts(told.get("keys"))) if paths else None


def _texts(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else []
    texts = (each for each in listed if isinstance(each, str) and each)
    return tuple(each for each in texts if each.isascii() and each.isprintable())


def _code(trouble: ClientError | BotoCoreError) -> str:
    told = trouble.response["Error"]["Code"] if isinstance(trouble, ClientError) else ""
    return str(told) or type(trouble).__name__
