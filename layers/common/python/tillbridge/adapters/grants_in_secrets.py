"""The port PosGrants over Secrets Manager. Nothing here logs, and no error quotes a secret."""

from typing import TYPE_CHECKING, override

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.adapters.pos_grants import grant_json, grant_of
from tillbridge.adapters.secrets import Holder, missing, pos_secret, secrets_trouble
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import connect_command
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.ports.pos_grants import PosGrants

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


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
            raise secrets_trouble(trouble, _holder(account)) from trouble
        grant = grant_of(text)
        if grant is None:
            raise missing(_holder(account))
        return grant

    @override
    def put(self, account: PosAccountKey, grant: PosGrant) -> None:
        name = pos_secret(self._prefix, account)
        try:
            self._client.put_secret_value(SecretId=name, SecretString=grant_json(grant))
        except (BotoCoreError, ClientError) as trouble:
            raise secrets_trouble(
                trouble, _holder(account)
            ) from None  # its request holds the tokens


def _holder(account: PosAccountKey) -> Holder:
    return Holder("the POS", connect_command(account))
