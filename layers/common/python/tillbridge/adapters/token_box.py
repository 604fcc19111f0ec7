"""Putting access tokens into Secrets Manager. Nothing here reads one or logs, and no error quotes one."""

import json
from typing import TYPE_CHECKING, override

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.adapters.pos_grants import grant_json
from tillbridge.adapters.secrets import (
    client_secret_name,
    pos_hooks_secret,
    pos_secret,
    store_secret,
)
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.domain.removal import KEPT_DAYS
from tillbridge.ports.token_box import TokenBox

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


class TokensToSecrets(TokenBox):
    """The secrets of one deployment, each {"access_token": …} and what else its vendor granted; one that is marked for deletion is restored.

    `key`: the ARN of the KMS key that encrypts a new one; '' is the account's own for secrets."""

    def __init__(self, client: "SecretsManagerClient", prefix: str, key: str = "") -> None:
        self._client = client
        self._prefix = prefix
        self._key = key

    @override
    def put_store_token(self, store: StoreId, token: str) -> None:
        self._put(store_secret(self._prefix, store), json.dumps({"access_token": token}))

    @override
    def put_pos_token(self, account: PosAccountKey, token: str) -> None:
        self._put(pos_secret(self._prefix, account), json.dumps({"access_token": token}))

    @override
    def put_pos_grant(self, account: PosAccountKey, grant: PosGrant) -> None:
        self._put(pos_secret(self._prefix, account), grant_json(grant))

    @override
    def keep_pos_token(self, account: PosAccountKey) -> bool:
        self._restore(pos_hooks_secret(self._prefix, account))  # that of most kinds is not there
        return self._restore(pos_secret(self._prefix, account))

    def _restore(self, name: str) -> bool:
        """Have a secret stay that is marked for deletion; return whether there is one."""
        try:
            self._client.restore_secret(SecretId=name)
        except self._client.exceptions.ResourceNotFoundException:
            return False
        except self._client.exceptions.InvalidRequestException:
            return True  # nobody was about to delete it
        except (BotoCoreError, ClientError) as trouble:
            raise RetryLater("The access tokens cannot be reached just now.") from trouble
        return True

    @override
    def drop(self, store: StoreId, account: PosAccountKey | None) -> None:
        names = [store_secret(self._prefix, store), client_secret_name(self._prefix, store)]
        if account:
            names += [pos_secret(self._prefix, account), pos_hooks_secret(self._prefix, account)]
        for name in names:
            try:
                self._client.delete_secret(SecretId=name, RecoveryWindowInDays=KEPT_DAYS)
            except (
                self._client.exceptions.ResourceNotFoundException,
                self._client.exceptions.InvalidRequestException,  # it is marked for deletion
            ):
                continue
            except (BotoCoreError, ClientError) as trouble:
                raise RetryLater("The access tokens cannot be reached just now.") from trouble

    def _put(self, name: str, text: str) -> None:
        try:
            put_text(self._client, name, text, self._key)
        except (BotoCoreError, ClientError) as trouble:
            code = trouble.response["Error"]["Code"] if isinstance(trouble, ClientError) else ""
            words = (
                f"The secret {name} cannot be written just now ({code or type(trouble).__name__})."
            )
            raise RetryLater(words) from None  # its request holds the token


def put_text(client: "SecretsManagerClient", name: str, text: str, key: str = "") -> None:
    """Keep a text as a secret, in place of an older one, which keeps its own key. Raise what boto3 raises."""
    gone = client.exceptions.InvalidRequestException  # it is marked for deletion
    try:
        _put_over(client, name, text, key)
    except gone:
        client.restore_secret(SecretId=name)
        client.put_secret_value(SecretId=name, SecretString=text)


def _put_over(client: "SecretsManagerClient", name: str, text: str, key: str) -> None:
    try:
        if key:
            client.create_secret(Name=name, SecretString=text, KmsKeyId=key)
        else:
            client.create_secret(Name=name, SecretString=text)
    except client.exceptions.ResourceExistsException:
        client.put_secret_value(SecretId=name, SecretString=text)
