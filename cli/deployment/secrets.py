"""The access tokens of connected stores, in Secrets Manager."""

import json

from cli.deployment.target import Target

PREFIX = "tillbridge"
"""The first part of every secret's name."""


def put_secret(target: Target, store: str, side: str, token: str) -> None:
    """Save a token, replacing an older one; `side` is `bigcommerce` or `pos`."""
    secrets = target.client("secretsmanager")
    name, text = f"{PREFIX}/{store}/{side}", json.dumps({"access_token": token})
    try:
        secrets.create_secret(Name=name, SecretString=text)
    except secrets.exceptions.ResourceExistsException:
        secrets.put_secret_value(SecretId=name, SecretString=text)


def read_secret(target: Target, store: str, side: str) -> str:
    """Return a token, for commands that call the POS or BigCommerce themselves."""
    secrets = target.client("secretsmanager")
    value = secrets.get_secret_value(SecretId=f"{PREFIX}/{store}/{side}")
    token: str = json.loads(value["SecretString"])["access_token"]
    return token
