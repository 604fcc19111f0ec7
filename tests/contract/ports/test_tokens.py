"""Access tokens from Secrets Manager are kept for a short while, read again on request, and never
shown."""

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.builders import STORE
from tests.fakes.clock import FakeClock
from tillbridge.adapters.secrets import Tokens
from tillbridge.domain.errors import NeedsAttention
from tillbridge.domain.ids import StoreId

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

SECRET = "a-token-nobody-may-see"


class Safe:
    """Secrets under a prefix of this test's own."""

    def __init__(self, client: "SecretsManagerClient") -> None:
        self.client = client
        self.prefix = uuid4().hex
        self.clock = FakeClock()
        self.tokens = Tokens(client, self.prefix, self.clock)

    def keep(self, text: str, side: str = "bigcommerce", store: str = STORE) -> None:
        self.client.create_secret(Name=f"{self.prefix}/{store}/{side}", SecretString=text)

    def change(self, token: str) -> None:
        text = json.dumps({"access_token": token})
        self.client.put_secret_value(
            SecretId=f"{self.prefix}/{STORE}/bigcommerce", SecretString=text
        )


@pytest.fixture
def safe(secretsmanager: "SecretsManagerClient") -> Safe:
    return Safe(secretsmanager)


def test_each_store_and_side_has_its_own_token(safe: Safe) -> None:
    safe.keep('{"access_token": "web"}')
    safe.keep('{"access_token": "pos"}', side="pos")
    safe.keep('{"access_token": "other"}', store="lighthouse")

    assert safe.tokens.token(STORE, "bigcommerce") == "web"
    assert safe.tokens.token(STORE, "pos") == "pos"
    assert safe.tokens.token(StoreId("lighthouse"), "bigcommerce") == "other"


def test_a_token_is_kept_for_five_minutes(safe: Safe) -> None:
    safe.keep('{"access_token": "old"}')
    assert safe.tokens.token(STORE, "bigcommerce") == "old"
    safe.change("new")
    safe.clock.advance(299)
    assert safe.tokens.token(STORE, "bigcommerce") == "old"
    safe.clock.advance(1)

    assert safe.tokens.token(STORE, "bigcommerce") == "new"


def test_a_refused_token_is_read_anew_at_once(safe: Safe) -> None:
    safe.keep('{"access_token": "old"}')
    provide = safe.tokens.provider(STORE, "bigcommerce")
    assert provide(False) == "old"
    safe.change("new")

    assert provide(False) == "old"
    assert provide(True) == "new"
    assert provide(False) == "new"


@pytest.mark.parametrize(
    "text", [f"{{{SECRET}", f'"{SECRET}"', f'{{"token": "{SECRET}"}}', '{"access_token": " "}']
)
def test_an_unusable_secret_needs_attention_and_is_not_quoted(safe: Safe, text: str) -> None:
    safe.keep(text)
    with pytest.raises(NeedsAttention) as refused:
        safe.tokens.token(STORE, "bigcommerce")

    assert "tillbridge store add" in str(refused.value)
    assert SECRET not in repr(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_a_missing_secret_needs_attention_until_it_is_there(safe: Safe) -> None:
    with pytest.raises(NeedsAttention, match="the POS"):
        safe.tokens.token(STORE, "pos")
    safe.keep('{"access_token": "here"}', side="pos")

    assert safe.tokens.token(STORE, "pos") == "here"


def test_a_token_that_went_missing_is_not_used_any_longer(safe: Safe) -> None:
    safe.keep('{"access_token": "old"}')
    safe.tokens.token(STORE, "bigcommerce")
    safe.client.delete_secret(
        SecretId=f"{safe.prefix}/{STORE}/bigcommerce", ForceDeleteWithoutRecovery=True
    )
    with pytest.raises(NeedsAttention):
        safe.tokens.refresh(STORE, "bigcommerce")
    with pytest.raises(NeedsAttention):
        safe.tokens.token(STORE, "bigcommerce")
