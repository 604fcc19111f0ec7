"""Progress bars for long work; without a terminal, one line as each step begins."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, override

from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TaskProgressColumn,
)
from rich.text import Text

from cli.screen.console import console, errors
from cli.shown import shown


class Words(ProgressColumn):
    """What a step does, in words, which may hold a product's name and are no markup."""

    @override
    def render(self, task: Task) -> Text:
        return Text(shown(task.description))


class Bars(Progress):
    """Progress that also writes to a log or a pipe, where Rich alone would print nothing."""

    def add_task(self, description: str, *args: Any, **fields: Any) -> TaskID:
        """Begin a step; without a terminal, print its description."""
        if not self.console.is_terminal:
            self.console.print(f"… {description}")
            self.console.file.flush()
        return super().add_task(description, *args, **fields)


def progress_bars() -> Bars:
    """Return progress bars for the steps of a command."""
    return Bars(
        SpinnerColumn(finished_text="✓"),
        Words(),
        BarColumn(),
        TaskProgressColumn(),
        console=console,
        disable=not console.is_terminal,
    )


@contextmanager
def spinner(words: str) -> Iterator[Callable[[str], None]]:
    """Show words on the error stream while a command waits, then remove them.

    Yield a function that changes the words."""
    columns = (SpinnerColumn(), Words())
    silent = not errors.is_terminal
    with Progress(*columns, console=errors, transient=True, disable=silent) as bars:
        task = bars.add_task(words, total=None)
        yield lambda description: bars.update(task, description=description)
