"""What a renewed grant is kept in: the fake and Secrets Manager keep the same promises."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from tests.fakes.clock import FakeClock
from tests.fakes.pos_grants import FakePosGrants
from tillbridge.adapters.grants_in_secrets import GrantsInSecrets
from tillbridge.adapters.pos_grants import grant_json
from tillbridge.adapters.secrets import Tokens
from tillbridge.domain.errors import NeedsAttention, RetryLater
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.ports.pos_grants import PosGrants

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

KEY = PosAccountKey("lightspeed-lantern")
FIRST = PosGrant("access", "refresh", 1_795_262_400_000, "app", "app-secret", ("products:read",))
SECOND = PosGrant("newer", "newer-refresh", 1_795_348_800_000, "app", "app-secret")


@pytest.fixture(params=["fake", "secrets manager"])
def grants(
    request: pytest.FixtureRequest, secretsmanager: "SecretsManagerClient"
) -> Iterator[PosGrants]:
    """Return a place that holds the grant of one account, as `pos connect` puts it there."""
    if request.param == "fake":
        fake = FakePosGrants()
        fake.kept[KEY] = FIRST
        yield fake
        return
    prefix = uuid4().hex
    secretsmanager.create_secret(Name=f"{prefix}/pos/{KEY}", SecretString=grant_json(FIRST))
    yield GrantsInSecrets(secretsmanager, prefix)


def test_a_grant_is_read_as_it_was_put(grants: PosGrants) -> None:
    assert grants.grant(KEY) == FIRST
    grants.put(KEY, SECOND)
    assert grants.grant(KEY) == SECOND


def test_a_token_that_a_person_made_is_a_grant_without_an_end(grants: PosGrants) -> None:
    grants.put(KEY, PosGrant("personal"))
    assert grants.grant(KEY) == PosGrant("personal")


def test_an_account_without_a_secret_needs_a_person_and_gets_none(grants: PosGrants) -> None:
    other = PosAccountKey("lightspeed-other")
    for work in (lambda: grants.grant(other), lambda: grants.put(other, SECOND)):
        with pytest.raises(NeedsAttention, match="pos connect lightspeed --prefix other"):
            work()


def test_everybody_else_reads_the_renewed_access_token(
    secretsmanager: "SecretsManagerClient",
) -> None:
    prefix = uuid4().hex
    secretsmanager.create_secret(Name=f"{prefix}/pos/{KEY}", SecretString=grant_json(FIRST))
    token = Tokens(secretsmanager, prefix, FakeClock()).of_pos(KEY)
    assert token(False) == "access"
    GrantsInSecrets(secretsmanager, prefix).put(KEY, SECOND)
    assert token(False) == "access", "kept for five minutes"
    assert token(True) == "newer", "read anew after a 401"


def test_trouble_quotes_no_token(
    secretsmanager: "SecretsManagerClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**given: str) -> None:
        error = {"Error": {"Code": "InternalServiceError", "Message": given["SecretString"]}}
        raise ClientError(error, "PutSecretValue")  # type: ignore[arg-type]  # as boto3 fills it

    monkeypatch.setattr(secretsmanager, "put_secret_value", refuse)
    with pytest.raises(RetryLater) as told:
        GrantsInSecrets(secretsmanager, "p").put(KEY, FIRST)
    assert "refresh" not in str(told.value)
    assert told.value.__cause__ is None


@pytest.mark.parametrize("text", ["{", "[]", '{"refresh_token": "r"}'])
def test_a_secret_without_a_token_needs_a_person(
    secretsmanager: "SecretsManagerClient", text: str
) -> None:
    prefix = uuid4().hex
    secretsmanager.create_secret(Name=f"{prefix}/pos/{KEY}", SecretString=text)
    with pytest.raises(NeedsAttention):
        GrantsInSecrets(secretsmanager, prefix).grant(KEY)


def test_a_grant_shows_no_secret_where_it_is_printed() -> None:
    shown = f"{FIRST!r}"
    kept = json.loads(grant_json(FIRST))
    for name in ("access_token", "refresh_token", "client_secret"):
        assert kept[name] not in shown.replace("refresh_token", "").replace("access_token", "")
