"""The keys of sessions in Secrets Manager. Nothing here logs, and no error quotes a secret."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, override

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.adapters.secrets import LIFE_MS
from tillbridge.domain.errors import RetryLater
from tillbridge.ports.clock import Clock
from tillbridge.ports.sign_in import SessionKeys

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

_SHORTEST = 32
_STAGES = ("AWSCURRENT", "AWSPREVIOUS")


def session_key_name(prefix: str) -> str:
    """Return the name of the secret that signs sessions. The template makes it, of random letters."""
    return f"{prefix}/console/session"


class KeysOfSessions(SessionKeys):
    """Read at most every five minutes. After a rotation the key before it is believed until the next, unless it is
    too short to be."""

    def __init__(self, client: "SecretsManagerClient", prefix: str, clock: Clock) -> None:
        self._client = client
        self._name = session_key_name(prefix)
        self._clock = clock
        self._known: Sequence[bytes] = ()
        self._read_ms = 0

    @override
    def keys(self) -> Sequence[bytes]:
        now = self._clock.now_ms()
        if not self._known or now - self._read_ms >= LIFE_MS:
            found = [self._read(stage) for stage in _STAGES]
            self._known, self._read_ms = [key for key in found if key], now
        return self._known

    def _read(self, stage: str) -> bytes:
        try:
            found = self._client.get_secret_value(SecretId=self._name, VersionStage=stage)
        except (ClientError, BotoCoreError) as trouble:
            if stage == _STAGES[1] and _is_absent(trouble):
                return b""  # never rotated
            words = f"The secret {self._name} cannot be read ({type(trouble).__name__})."
            raise RetryLater(words) from None
        # One that cannot be encoded was made by no rotation of ours; it is a key like another.
        key = found.get("SecretString", "").encode(errors="surrogatepass")
        if len(key) < _SHORTEST:
            if stage == _STAGES[1]:
                return b""  # it signs nobody in, and keeps nobody out
            raise RetryLater(f"The secret {self._name} is too short to sign sessions.")
        return key


def _is_absent(trouble: Exception) -> bool:
    return (
        isinstance(trouble, ClientError)
        and trouble.response["Error"]["Code"] == "ResourceNotFoundException"
    )
