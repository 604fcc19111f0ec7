"""The access tokens of a deployment's stores and POS accounts, in Secrets Manager."""

import json

from cli.deployment.target import Target
from tillbridge.adapters.secrets import pos_secret, store_secret
from tillbridge.domain.ids import PosAccountKey, StoreId


def save_store_token(target: Target, store: StoreId, token: str) -> None:
    """Save a store's token for BigCommerce, in place of an older one."""
    _put(target, store_secret(_prefix(target), store), token)


def save_pos_token(target: Target, account: PosAccountKey, token: str) -> None:
    """Save a POS account's token, in place of an older one."""
    _put(target, pos_secret(_prefix(target), account), token)


def store_token(target: Target, store: StoreId) -> str:
    """Return a store's token, for commands that call BigCommerce themselves."""
    return _read(target, store_secret(_prefix(target), store))


def pos_token(target: Target, account: PosAccountKey) -> str:
    """Return a POS account's token, for commands that call the POS themselves."""
    return _read(target, pos_secret(_prefix(target), account))


def _prefix(target: Target) -> str:
    # What the names of this stack's secrets begin with: another stack's are none of its business.
    return target.outputs["secret_prefix"]


def _put(target: Target, name: str, token: str) -> None:
    secrets, text = target.client("secretsmanager"), json.dumps({"access_token": token})
    try:
        secrets.create_secret(Name=name, SecretString=text)
    except secrets.exceptions.ResourceExistsException:
        secrets.put_secret_value(SecretId=name, SecretString=text)


def _read(target: Target, name: str) -> str:
    value = target.client("secretsmanager").get_secret_value(SecretId=name)
    token: str = json.loads(value["SecretString"])["access_token"]
    return token
