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
from tillbridge.domain.ids import PosAccountKey, StoreId

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

    def keep(self, text: str, of: str = f"store/{STORE}") -> None:
        self.client.create_secret(Name=f"{self.prefix}/{of}", SecretString=text)

    def change(self, token: str) -> None:
        text = json.dumps({"access_token": token})
        self.client.put_secret_value(SecretId=f"{self.prefix}/store/{STORE}", SecretString=text)

    def token(self, *, fresh: bool = False) -> str:
        return self.tokens.of_store(STORE)(fresh)

    def pos_token(self, account: str = "till") -> str:
        return self.tokens.of_pos(PosAccountKey(account))(False)


@pytest.fixture
def safe(secretsmanager: "SecretsManagerClient") -> Safe:
    return Safe(secretsmanager)


def test_each_store_and_each_pos_account_has_its_own_token(safe: Safe) -> None:
    safe.keep('{"access_token": "web"}')
    safe.keep('{"access_token": "other"}', of="store/lighthouse")
    safe.keep('{"access_token": "pos"}', of="pos/till")
    safe.keep('{"access_token": "namesake"}', of=f"pos/{STORE}")

    assert safe.token() == "web"
    assert safe.tokens.of_store(StoreId("lighthouse"))(False) == "other"
    assert safe.pos_token() == "pos"
    assert safe.pos_token(STORE) == "namesake"


def test_a_token_is_kept_for_five_minutes(safe: Safe) -> None:
    safe.keep('{"access_token": "old"}')
    assert safe.token() == "old"
    safe.change("new")
    safe.clock.advance(299)
    assert safe.token() == "old"
    safe.clock.advance(1)

    assert safe.token() == "new"


def test_a_refused_token_is_read_anew_at_once(safe: Safe) -> None:
    safe.keep('{"access_token": "old"}')
    provide = safe.tokens.of_store(STORE)
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
        safe.token()

    assert "tillbridge store add" in str(refused.value)
    assert SECRET not in repr(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_a_missing_secret_needs_attention_until_it_is_there(safe: Safe) -> None:
    with pytest.raises(NeedsAttention, match="the POS"):
        safe.pos_token()
    safe.keep('{"access_token": "here"}', of="pos/till")

    assert safe.pos_token() == "here"


def test_a_token_that_went_missing_is_not_used_any_longer(safe: Safe) -> None:
    safe.keep('{"access_token": "old"}')
    safe.token()
    safe.client.delete_secret(
        SecretId=f"{safe.prefix}/store/{STORE}", ForceDeleteWithoutRecovery=True
    )
    with pytest.raises(NeedsAttention):
        safe.token(fresh=True)
    with pytest.raises(NeedsAttention):
        safe.token()
