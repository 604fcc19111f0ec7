"""The windows of the store's quota follow one another on a fixed grid."""

import pytest

from sandbox.bigcommerce.state.quota import Quota


def test_a_window_that_nobody_called_in_ends_on_the_grid_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 1_000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    quota = Quota("standard", 30_000)
    quota.take("tillbridge")
    now += 100  # three windows and ten seconds
    assert quota.reset_ms() == 20_001
    assert quota.take("tillbridge")
    assert quota.reset_ms() == 20_001
