"""The port PosGrants over Secrets Manager. Nothing here logs, and no error quotes a secret."""

from typing import TYPE_CHECKING, override

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.adapters.pos_grants import grant_json, grant_of
from tillbridge.adapters.secrets import pos_secret, secrets_trouble
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.domain.problems import attention_for
from tillbridge.ports.pos_grants import PosGrants

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

_SIDE = "the POS"


class GrantsInSecrets(PosGrants):
    """The secrets of POS accounts in one deployment."""

    def __init__(self, client: "SecretsManagerClient", prefix: str) -> None:
        self._client = client
        self._prefix = prefix

    @override
    def grant(self, account: PosAccountKey) -> PosGrant:
        name = pos_secret(self._prefix, account)
        try:
            text = self._client.get_secret_value(SecretId=name).get("SecretString", "")
        except (BotoCoreError, ClientError) as trouble:
            raise secrets_trouble(trouble, _SIDE) from trouble
        grant = grant_of(text)
        if grant is None:
            raise attention_for(AttentionCode.TOKEN_MISSING, side=_SIDE)
        return grant

    @override
    def put(self, account: PosAccountKey, grant: PosGrant) -> None:
        name = pos_secret(self._prefix, account)
        try:
            self._client.put_secret_value(SecretId=name, SecretString=grant_json(grant))
        except (BotoCoreError, ClientError) as trouble:
            raise secrets_trouble(trouble, _SIDE) from None  # its request holds the tokens
