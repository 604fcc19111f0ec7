"""The access tokens of a deployment's stores and POS accounts, in Secrets Manager."""

import json

from botocore.exceptions import ClientError

from cli.cannot_run import CannotRun
from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.hook_secrets import SecretsOfHooks
from tillbridge.adapters.pos_hook_secrets import PosHooksInSecrets
from tillbridge.adapters.secrets import client_secret_name, pos_secret, store_secret
from tillbridge.adapters.token_box import TokensToSecrets, put_text
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_account import STORE_ADD

_GONE = ("ResourceNotFoundException", "InvalidRequestException")
"""The codes for a secret that is not there, and for one that is marked for deletion."""


def token_box(target: Target) -> TokensToSecrets:
    """Return where a deployment's access tokens are put."""
    return TokensToSecrets(target.client("secretsmanager"), _prefix(target), _key(target))


def save_client_secret(
    target: Target, store: StoreId, secret: str, *, require_signature: bool
) -> None:
    """Save the client secret of a store's API account, by which its webhooks are signed."""
    held = {"client_secret": secret, "require_signature": require_signature}
    name = client_secret_name(_prefix(target), store)
    put_text(target.client("secretsmanager"), name, json.dumps(held), _key(target))


def store_token(target: Target, store: StoreId) -> str:
    """Return a store's token, for commands that call BigCommerce themselves."""
    return _read(target, store_secret(_prefix(target), store))


def pos_token(target: Target, account: PosAccountKey, command: str = STORE_ADD) -> str:
    """Return a POS account's token, for commands that call the POS themselves. Raise CannotRun where there is none, with
    the command that stores it."""
    try:
        return _read(target, pos_secret(_prefix(target), account), command)
    except ClientError as problem:
        if problem.response["Error"]["Code"] not in _GONE:
            raise
        words = f"The token of the POS '{account}' is gone. Store one with `{command}`."
        raise CannotRun(words) from problem


def hook_secrets(target: Target) -> SecretsOfHooks:
    """Return the secrets of the deployment's webhooks."""
    return SecretsOfHooks(target.client("secretsmanager"), _prefix(target), SystemClock())


def pos_hook_secrets(target: Target) -> PosHooksInSecrets:
    """Return the keys of the webhooks of a deployment's POS accounts."""
    client = target.client("secretsmanager")
    return PosHooksInSecrets(client, _prefix(target), SystemClock(), _key(target))


def pos_token_is(target: Target, account: PosAccountKey, token: str) -> bool:
    """Return whether a POS account's token is this one; nobody's is when its secret is gone, or holds
    none."""
    try:
        return pos_token(target, account) == token
    except CannotRun:
        return False


def _prefix(target: Target) -> str:
    # What the names of this stack's secrets begin with: another stack's are none of its business.
    return target.outputs["secret_prefix"]


def _key(target: Target) -> str:
    # The stack's own KMS key, if it was given one; a stack from before this output has none.
    return target.outputs.get("kms_key_arn", "")


def _read(target: Target, name: str, command: str = STORE_ADD) -> str:
    value = target.client("secretsmanager").get_secret_value(SecretId=name)
    try:
        found = json.loads(value.get("SecretString", ""))
    except ValueError:
        found = None
    token = found.get("access_token") if isinstance(found, dict) else None
    if not isinstance(token, str) or not token.strip():
        raise CannotRun(
            f"The secret {name} holds no access token. Store it again with `{command}`."
        )
    return token.strip()
