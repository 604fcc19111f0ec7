"""Every way in which Secrets Manager can answer ends in words, or is tried again."""

from typing import Any, cast

import pytest
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
)

from tests.fakes.clock import FakeClock
from tillbridge.adapters.secrets import Tokens
from tillbridge.domain.errors import NeedsAttention, RetryLater
from tillbridge.domain.ids import PosAccountKey


class _Answers:
    def __init__(self, answer: Exception | dict[str, Any]) -> None:
        self._answer = answer

    def get_secret_value(self, SecretId: str) -> dict[str, Any]:  # noqa: N803 - boto3's name
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def _read(answer: Exception | dict[str, Any]) -> str:
    tokens = Tokens(cast("Any", _Answers(answer)), "tillbridge", FakeClock())
    return tokens.of_pos(PosAccountKey("till"))(False)


def _says(code: str, status: int = 400) -> ClientError:
    answer: Any = {"Error": {"Code": code, "Message": "arn:aws:…"}}
    answer["ResponseMetadata"] = {"HTTPStatusCode": status}
    return ClientError(answer, "GetSecretValue")


MENDED_BY_A_PERSON = {
    "ResourceNotFoundException": "token_missing",
    "InvalidRequestException": "token_deleted",
    "AccessDeniedException": "token_forbidden",
    "DecryptionFailure": "token_forbidden",
    "InvalidParameterException": "token_forbidden",
    "SomethingNewException": "token_forbidden",
}


@pytest.mark.parametrize("code", MENDED_BY_A_PERSON)
def test_what_a_person_must_mend_needs_attention_in_words(code: str) -> None:
    with pytest.raises(NeedsAttention, match="the POS") as refused:
        _read(_says(code))
    assert refused.value.code == MENDED_BY_A_PERSON[code]


@pytest.mark.parametrize(
    "trouble",
    [
        _says("InternalServiceError", 500),
        _says("InternalServiceErrorException", 500),
        _says("ThrottlingException"),
        _says("ServiceUnavailableException", 503),
        _says("ExpiredTokenException"),
        _says("SomethingNewException", 502),
        EndpointConnectionError(endpoint_url="https://secretsmanager"),
        ReadTimeoutError(endpoint_url="https://secretsmanager"),
        NoCredentialsError(),
    ],
    ids=repr,
)
def test_an_outage_is_tried_again(trouble: Exception) -> None:
    with pytest.raises(RetryLater):
        _read(trouble)


@pytest.mark.parametrize(
    "text", ["", "x", "[" * 200_000, "5", "null", "[]", "{}", '{"access_token": 5}', "\ud83d"]
)
def test_a_secret_that_holds_no_token_needs_attention(text: str) -> None:
    with pytest.raises(NeedsAttention, match="There is no access token") as refused:
        _read({"SecretString": text})
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_a_secret_of_bytes_holds_no_token() -> None:
    with pytest.raises(NeedsAttention):
        _read({"SecretBinary": b'{"access_token": "x"}'})


@pytest.mark.parametrize("token", ["a\\nb", "a\\u0000b", "caf\\u00e9", "\\ud83d", "a\\tb"])
def test_a_token_that_no_header_takes_needs_attention_and_is_not_quoted(token: str) -> None:
    with pytest.raises(NeedsAttention, match="line break") as refused:
        _read({"SecretString": f'{{"access_token": "sesame{token}"}}'})
    assert "sesame" not in repr(refused.value)


def test_a_token_with_blanks_around_it_is_used_without_them() -> None:
    assert _read({"SecretString": '{"access_token": " sesame\\n"}'}) == "sesame"
