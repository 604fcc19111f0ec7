"""Errors that end a command with words for a person (docs/command-line.md, Exit statuses)."""

from typing import IO, Any, override

import typer


class CannotRun(typer.BadParameter):
    """A command cannot do what was asked, as things are: no world runs, no such product, a side does not answer. The
    message says what to do. Exit status 1, and nothing but the message: the command line is right."""

    exit_code = 1

    @override
    def format_message(self) -> str:
        return self.message

    @override
    def show(self, file: IO[Any] | None = None) -> None:
        # Without its context the usage of the command is not printed.
        self.ctx = None
        super().show(file)


class WrongArguments(typer.BadParameter):
    """What was typed cannot be meant; the message says what can. Exit status 2, with the usage.

    Its message stands alone: BadParameter would begin it with "Invalid value", also of what is missing."""

    @override
    def format_message(self) -> str:
        return self.message
