"""Typer groups that read their commands from a table and import a command only to run it.

A command's own module imports in milliseconds; what it works with (AWS, Pydantic, the sandbox)
takes two seconds, too long to wait for `--help`, a typing mistake or a completion."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any, cast, override

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from cli.command_table import COMMANDS, Command, Group, Sections
from cli.deployment_command import DeploymentCommand, options_of_where
from cli.local_extra import needing_local
from cli.shown import shown_lines

STOPPED = 130
"""The exit status after Ctrl-C."""

KINDS = {
    **dict.fromkeys(("<str>", "<list[str]>"), "<text>"),
    **dict.fromkeys(("<int>", "<list[int]>", "<int range>", "<float range>"), "<number>"),
    **dict.fromkeys(("<path>", "<list[Path]>"), "<file>"),
}
"""The words for Typer's kinds of values; `<file>` and choices are words already."""


class CommandGroup(TyperGroup):
    """A group that lists its commands from a table and imports the one that is called."""

    def __init__(self, *, sections: Sections = COMMANDS, alone: str = "", **settings: Any) -> None:
        params = [*(settings.pop("params", None) or ()), *options_of_where()]
        super().__init__(params=params, **settings)
        self.sections = sections
        self.alone = alone
        self.entries = {name: each for part in sections.values() for name, each in part.items()}
        # Stand-ins, so that names are listed, completed and suggested; `get_command` has the rest.
        self.commands = {
            name: TyperCommand(name, help=each.help) for name, each in self.entries.items()
        }

    @override
    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Return the context of a call; what is said of wrong arguments is fit for a terminal."""
        with _said_safely():
            return super().make_context(*args, **extra)

    @override
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return the arguments; without a command's name, those of the one that the group alone is."""
        if self.alone and not {"--help", "-h"} & {*args} and (not args or args[0].startswith("-")):
            args = [self.alone, *args]
        return super().parse_args(ctx, args)

    @override
    def invoke(self, ctx: Any) -> Any:
        """Run the command that is called; what is said when it cannot run is fit for a terminal. Ctrl-C is said,
        where the command has not said what goes on without it."""
        try:
            with _said_safely():
                return super().invoke(ctx)
        except KeyboardInterrupt:
            from cli.screen.console import errors  # noqa: PLC0415 - help must not wait for it

            errors.print("Stopped.")
            raise typer.Exit(STOPPED) from None

    @override
    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, with False as the default of Typer's own flags (help, completion).

        Their default is None, and Typer imports Pydantic to check it."""
        params = super().get_params(ctx)
        for param in params:
            if isinstance(param, TyperOption) and param.is_bool_flag and param.default is None:
                param.default = False
        return params

    @override
    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | TyperGroup | None:
        """Return the command or group of this name, or None when the table has none."""
        match self.entries.get(cmd_name):
            case Command() as entry:
                return _imported(cmd_name, entry)
            case Group(words, sections, alone):
                return CommandGroup(
                    sections=sections,
                    alone=alone,
                    name=cmd_name,
                    help=words,
                    no_args_is_help=not alone,
                    rich_markup_mode=None,
                )
            case None:
                return None

    @override
    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands of each section, all of them aligned."""
        width = max(map(len, self.entries))
        for heading, entries in self.sections.items():
            with formatter.section(heading):
                formatter.write_dl(
                    [(name.ljust(width), each.help) for name, each in entries.items()]
                )


@contextmanager
def _said_safely() -> Iterator[None]:
    # Typer prints its own errors, which quote arguments, files and what others answered.
    try:
        yield
    except typer.TyperException as problem:
        if isinstance(told := vars(problem).get("message"), str):
            vars(problem)["message"] = shown_lines(told)
        raise


def _imported(name: str, entry: Command) -> TyperCommand:
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    command = import_module(entry.module).command
    command = needing_local(name, command) if entry.local else command
    alone.command(name, cls=DeploymentCommand)(command)
    made = cast(TyperCommand, typer.main.get_command(alone))
    param: Any  # Typer's own, which has more than its base
    for param in made.params:
        param.display_type = partial(_kind, param.display_type)
    return made


def _kind(told: Callable[[Any], str], ctx: Any) -> str:
    """Return the kind of a value as help says it: words where Typer has names of Python's types."""
    kind = told(ctx)
    return KINDS.get(kind, kind)
