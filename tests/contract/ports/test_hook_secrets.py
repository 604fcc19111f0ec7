"""The secrets of webhooks from Secrets Manager are kept for a short while, and never shown."""

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.builders import STORE
from tests.fakes.clock import FakeClock
from tillbridge.adapters.hook_secrets import SecretsOfHooks, stack_key_name
from tillbridge.adapters.secrets import LIFE_MS, client_secret_name
from tillbridge.domain.errors import RetryLater
from tillbridge.ports.hook_secrets import ClientSecret

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


class Safe:
    """Secrets under a prefix of this test's own."""

    def __init__(self, client: "SecretsManagerClient") -> None:
        self.client, self.prefix, self.clock = client, uuid4().hex, FakeClock()
        self.secrets = SecretsOfHooks(client, self.prefix, self.clock)

    def keep(self, name: str, text: str) -> None:
        self.client.create_secret(Name=name, SecretString=text)

    def keep_client_secret(self, text: str) -> None:
        self.keep(client_secret_name(self.prefix, STORE), text)


@pytest.fixture
def safe(secretsmanager: "SecretsManagerClient") -> Safe:
    return Safe(secretsmanager)


def test_the_stack_key_is_read_once_in_five_minutes(safe: Safe) -> None:
    name = stack_key_name(safe.prefix)
    safe.keep(name, "first")
    assert safe.secrets.stack_key() == b"first"
    safe.client.put_secret_value(SecretId=name, SecretString="second")
    assert safe.secrets.stack_key() == b"first"
    safe.clock.advance(LIFE_MS / 1_000)
    assert safe.secrets.stack_key() == b"second"


def test_a_client_secret_may_require_signatures(safe: Safe) -> None:
    safe.keep_client_secret(json.dumps({"client_secret": " s ", "require_signature": True}))
    assert safe.secrets.client_secret(STORE) == ClientSecret("s", required=True)


def test_signatures_are_not_required_unless_somebody_says_so(safe: Safe) -> None:
    safe.keep_client_secret(json.dumps({"client_secret": "s", "require_signature": "no"}))
    assert safe.secrets.client_secret(STORE) == ClientSecret("s", required=False)


@pytest.mark.parametrize(
    "text", ["s3cret", "[]", "{}", '{"client_secret": " "}', '{"client_secret": 7}']
)
def test_an_odd_secret_says_what_to_do_and_quotes_nothing(safe: Safe, text: str) -> None:
    safe.keep_client_secret(text)
    with pytest.raises(RetryLater, match="Store it again") as raised:
        safe.secrets.client_secret(STORE)
    assert "s3cret" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_secrets_that_are_not_there_are_our_own_failure(safe: Safe) -> None:
    with pytest.raises(RetryLater, match="cannot be read"):
        safe.secrets.stack_key()
    with pytest.raises(RetryLater, match="cannot be read"):
        safe.secrets.client_secret(STORE)


def test_a_client_secret_does_not_show_itself() -> None:
    assert "s3cret" not in repr(ClientSecret("s3cret"))
