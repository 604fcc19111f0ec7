"""Times as people type them are what they mean, or refused in words."""

from datetime import UTC, datetime, timedelta

import pytest

from cli.asking.times import moment
from cli.cannot_run import WrongArguments

NOW = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("30m", timedelta(minutes=30)),
        ("2h", timedelta(hours=2)),
        ("3d", timedelta(days=3)),
        ("0m", timedelta()),
        ("2026-11-27T14:00Z", timedelta(hours=1)),
        ("2026-11-27T14:00", timedelta(hours=1)),
        ("2026-11-27T16:00+02:00", timedelta(hours=1)),
        ("2026-11-27", timedelta(hours=15)),
    ],
)
def test_a_time_is_how_long_ago_or_when(text: str, ago: timedelta) -> None:
    assert moment(text, NOW, "--since") == NOW - ago


@pytest.mark.parametrize(
    "text",
    ["", "h", "2w", "-2h", "yesterday", "999999999d", "2026-13-01", "0001-01-01T00:00+14:00"],
)
def test_anything_else_is_refused_with_what_can_be_said(text: str) -> None:
    with pytest.raises(WrongArguments, match="--since cannot be"):
        moment(text, NOW, "--since")
