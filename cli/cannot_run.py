"""The error of a command that cannot run as it was given."""

from typing import override

import typer


class CannotRun(typer.BadParameter):
    """A command cannot run as it was given; the message says what to do. Exit status 2.

    Its message stands alone: BadParameter would begin it with "Invalid value", also when no value is
    wrong, as when no local world is running."""

    @override
    def format_message(self) -> str:
        return self.message
