"""The local AWS asks for the right to list a bucket before it says that an object is missing, as S3 does."""

from types import SimpleNamespace
from typing import Any

import pytest

from sandbox.aws.child import hide_missing_objects

LISTED = ("s3:ListBucket", "arn:aws:s3:::claims")


@pytest.fixture
def checks() -> Any:
    """Return ministack's question, with one bucket that holds `here` and `a b`."""
    iam = SimpleNamespace(s3_additional_checks=lambda *_: [("s3:Other", "x")])
    s3 = SimpleNamespace(_buckets={"claims": {"objects": {"here": {}, "a b": {}}}})
    hide_missing_objects(iam, s3)  # type: ignore[arg-type]  # stands for two modules
    return lambda method, path: iam.s3_additional_checks(method, path, {}, b"", {})[1:]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("key", ["gone", "here/not", "%67one"])
def test_a_missing_object_is_asked_for_with_the_right_to_list(
    checks: Any, method: str, key: str
) -> None:
    assert checks(method, f"/claims/{key}") == [LISTED]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/claims/here"),
        ("GET", "/claims/a%20b"),
        ("PUT", "/claims/gone"),
        ("DELETE", "/claims/gone"),
        ("GET", "/claims"),
        ("GET", "/claims/"),
        ("GET", "/no-bucket/gone"),
    ],
)
def test_nothing_else_asks_for_it(checks: Any, method: str, path: str) -> None:
    assert checks(method, path) == []
