"""How a page tells how long ago something was."""

from tillbridge.console.render import ago


def test_a_time_is_told_as_long_ago_a_later_day_by_its_date_and_none_as_never() -> None:
    assert "never" in ago(0, 90_000_000)
    assert "1 min ago" in ago(1, 60_001)
    assert "1 Jan 00:00 UTC" in ago(1, 90_000_000)
