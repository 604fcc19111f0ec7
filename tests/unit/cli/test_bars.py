"""Long work is never silent: progress bars on a terminal, one line per step in a log."""

import io

import pytest
from rich.console import Console

from cli.screen import bars as module
from cli.screen.bars import progress_bars


def _shown(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> str:
    out = io.StringIO()
    monkeypatch.setattr(module, "console", Console(file=out, force_terminal=terminal, width=80))
    with progress_bars() as bars:
        bars.add_task("pushing 40 products", total=40)
        return out.getvalue()


def test_in_a_log_a_step_is_printed_when_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shown(monkeypatch, terminal=False) == "… pushing 40 products\n"


def test_on_a_terminal_there_are_only_the_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "…" not in _shown(monkeypatch, terminal=True)
