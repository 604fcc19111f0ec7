"""Bars for long work; where there is no terminal, a line as each step begins."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TaskProgressColumn, TextColumn

from cli.screen.console import console, errors


class Bars(Progress):
    """Rich shows bars only on a terminal: in a log or a pipe minutes would pass in silence."""

    def add_task(self, description: str, *args: Any, **fields: Any) -> TaskID:
        """Begins a step."""
        if not self.console.is_terminal:
            self.console.print(f"… {description}", markup=False, highlight=False)
            self.console.file.flush()
        return super().add_task(description, *args, **fields)


def progress_bars() -> Bars:
    """Bars for the steps of a command."""
    return Bars(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        console=console,
    )


@contextmanager
def spinner(words: str) -> Iterator[Callable[[str], None]]:
    """Spin on the error stream, on a terminal, while a command waits; call what it gives for new
    words. Nothing of it stays on the screen."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=errors, transient=True) as bars:
        task = bars.add_task(words, total=None)
        yield lambda description: bars.update(task, description=description)
