"""A token that is put in is the one that functions read, and whoever puts it in sees none."""

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from tests.builders import STORE
from tests.fakes.clock import FakeClock
from tillbridge.adapters.pos_grants import grant_of
from tillbridge.adapters.pos_hook_secrets import PosHooksInSecrets
from tillbridge.adapters.secrets import (
    Tokens,
    client_secret_name,
    pos_hooks_secret,
    pos_secret,
    store_secret,
)
from tillbridge.adapters.token_box import TokensToSecrets
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.hooks.pos_access import PosHookKeys
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_grant import PosGrant

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

TILL = PosAccountKey("till")


def test_a_token_takes_the_place_of_the_one_before(secretsmanager: "SecretsManagerClient") -> None:
    prefix = uuid4().hex
    box, read = TokensToSecrets(secretsmanager, prefix), Tokens(secretsmanager, prefix, FakeClock())
    for token in ("old", "new"):
        box.put_store_token(STORE, token)
        box.put_pos_token(TILL, f"pos-{token}")
        assert read.of_store(STORE)(True) == token
        assert read.of_pos(TILL)(True) == f"pos-{token}"


@pytest.mark.parametrize(
    "grant",
    [
        PosGrant("a"),
        PosGrant("a", "r", 90_000, "id", "shh", ("products:read", "inventory:read")),
    ],
)
def test_what_a_vendor_granted_is_kept_whole_and_its_token_is_read_as_any(
    secretsmanager: "SecretsManagerClient", grant: PosGrant
) -> None:
    prefix = uuid4().hex
    TokensToSecrets(secretsmanager, prefix).put_pos_grant(TILL, grant)
    assert Tokens(secretsmanager, prefix, FakeClock()).of_pos(TILL)(False) == "a"
    text = secretsmanager.get_secret_value(SecretId=pos_secret(prefix, TILL))["SecretString"]
    assert grant_of(text) == grant
    assert "shh" not in repr(grant)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"access_token": " "}', '{"access_token": 7}'])
def test_a_secret_without_a_token_grants_nothing(text: str) -> None:
    assert grant_of(text) is None


def test_a_secret_that_is_to_be_deleted_comes_back(secretsmanager: "SecretsManagerClient") -> None:
    prefix = uuid4().hex
    box = TokensToSecrets(secretsmanager, prefix)
    box.put_store_token(STORE, "old")
    secretsmanager.delete_secret(SecretId=store_secret(prefix, STORE))
    box.put_store_token(STORE, "new")
    value = secretsmanager.get_secret_value(SecretId=store_secret(prefix, STORE))
    assert json.loads(value["SecretString"]) == {"access_token": "new"}


def test_a_secret_is_made_with_the_key_of_the_stack_and_keeps_the_one_it_was_made_with(
    secretsmanager: "SecretsManagerClient",
) -> None:
    prefix = uuid4().hex
    for key, account in (("", "till"), ("arn:aws:kms:eu-west-1:1:key/k", "other")):
        for _ in range(2):
            TokensToSecrets(secretsmanager, prefix, key).put_pos_token(
                PosAccountKey(account), "token"
            )
    said = [
        secretsmanager.describe_secret(SecretId=f"{prefix}/pos/{account}").get("KmsKeyId")
        for account in ("till", "other")
    ]
    assert said == [None, "arn:aws:kms:eu-west-1:1:key/k"]


def test_a_pos_token_stays_that_was_to_be_deleted_and_one_that_is_gone_is_told(
    secretsmanager: "SecretsManagerClient",
) -> None:
    prefix = uuid4().hex
    box, read = TokensToSecrets(secretsmanager, prefix), Tokens(secretsmanager, prefix, FakeClock())
    assert not box.keep_pos_token(TILL)
    box.put_pos_token(TILL, "p0s")
    assert box.keep_pos_token(TILL), "nobody was about to delete it"
    secretsmanager.delete_secret(SecretId=pos_secret(prefix, TILL), RecoveryWindowInDays=30)
    assert box.keep_pos_token(TILL)
    assert read.of_pos(TILL)(True) == "p0s"


def test_the_keys_of_its_webhooks_stay_with_the_token_of_a_pos(
    secretsmanager: "SecretsManagerClient",
) -> None:
    prefix = uuid4().hex
    box = TokensToSecrets(secretsmanager, prefix)
    hooks, keys = PosHooksInSecrets(secretsmanager, prefix, FakeClock()), PosHookKeys(("p" * 22,))
    hooks.put(TILL, keys)
    box.put_pos_token(TILL, "p0s")
    for name in (pos_secret(prefix, TILL), pos_hooks_secret(prefix, TILL)):
        secretsmanager.delete_secret(SecretId=name, RecoveryWindowInDays=30)
    assert hooks.find(TILL) is None
    assert box.keep_pos_token(TILL)
    assert hooks.find(TILL) == keys


@pytest.mark.parametrize("account", [None, TILL])
def test_what_is_dropped_is_read_by_nobody_and_can_be_restored_for_thirty_days(
    secretsmanager: "SecretsManagerClient", account: PosAccountKey | None
) -> None:
    prefix = uuid4().hex
    box = TokensToSecrets(secretsmanager, prefix)
    box.put_store_token(STORE, "t0ken")
    box.put_pos_token(TILL, "p0s")
    kept = [client_secret_name(prefix, STORE), pos_hooks_secret(prefix, TILL)]
    for name in kept:
        secretsmanager.create_secret(Name=name, SecretString="{}")
    for _ in range(2):  # by whoever finishes what another began
        box.drop(STORE, account)
    names = [store_secret(prefix, STORE), pos_secret(prefix, TILL), *kept]
    going = [
        name for name in names if "DeletedDate" in secretsmanager.describe_secret(SecretId=name)
    ]
    assert going == (names if account else [names[0], kept[0]])
    box.drop(StoreId("never-there"), None)
    box.put_store_token(STORE, "back")
    assert Tokens(secretsmanager, prefix, FakeClock()).of_store(STORE)(True) == "back"


def test_trouble_quotes_no_token(
    secretsmanager: "SecretsManagerClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**given: str) -> None:
        error = {"Error": {"Code": "InternalServiceError", "Message": given["SecretString"]}}
        raise ClientError(error, "CreateSecret")  # type: ignore[arg-type]  # as boto3 fills it

    monkeypatch.setattr(secretsmanager, "create_secret", refuse)
    with pytest.raises(RetryLater) as told:
        TokensToSecrets(secretsmanager, "p").put_store_token(STORE, "very-secret")
    assert "very-secret" not in str(told.value)
    assert told.value.__cause__ is None
