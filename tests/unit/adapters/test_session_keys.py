"""The keys of sessions: two versions of one secret, read every five minutes."""

from typing import Any, cast

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from tests.fakes.clock import FakeClock
from tillbridge.adapters.session_keys import KeysOfSessions
from tillbridge.domain.errors import RetryLater

NOW, BEFORE = "n" * 64, "b" * 64


class _Secrets:
    """Answers for each stage; an error is raised."""

    def __init__(self, **stages: str | Exception) -> None:
        self.stages = stages
        self.reads = 0

    def get_secret_value(self, SecretId: str, VersionStage: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        assert SecretId == "tillbridge/x/console/session"
        self.reads += 1
        found = self.stages.get(VersionStage, _says("ResourceNotFoundException"))
        if isinstance(found, Exception):
            raise found
        return {"SecretString": found}


def _says(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "m"}}, "GetSecretValue")


def _keys(secrets: _Secrets, clock: FakeClock | None = None) -> KeysOfSessions:
    return KeysOfSessions(cast("Any", secrets), "tillbridge/x", clock or FakeClock())


def test_the_key_before_is_read_too_where_there_is_one() -> None:
    assert _keys(_Secrets(AWSCURRENT=NOW)).keys() == [NOW.encode()]
    both = _keys(_Secrets(AWSCURRENT=NOW, AWSPREVIOUS=BEFORE))
    assert both.keys() == [NOW.encode(), BEFORE.encode()]


def test_keys_are_kept_for_five_minutes() -> None:
    secrets, clock = _Secrets(AWSCURRENT=NOW), FakeClock()
    keys = _keys(secrets, clock)
    keys.keys()
    clock.now += 299_999
    keys.keys()
    assert secrets.reads == 2
    clock.now += 1
    keys.keys()
    assert secrets.reads == 4


@pytest.mark.parametrize(
    "trouble",
    [
        _says("AccessDeniedException"),
        _says("ResourceNotFoundException"),
        EndpointConnectionError(endpoint_url="x"),
        "short",
        "",
    ],
    ids=str,
)
def test_without_a_key_nobody_comes_in_and_no_error_quotes_it(trouble: str | Exception) -> None:
    with pytest.raises(RetryLater) as raised:
        _keys(_Secrets(AWSCURRENT=trouble)).keys()
    assert raised.value.__cause__ is None
