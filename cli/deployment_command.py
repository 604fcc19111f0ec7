"""What every command has that works on a deployment: --world, --profile and --region beside its --stack.

They may also stand before the command's name: `tillbridge --stack prod list`."""

from typing import Annotated, Any, override

import typer
from typer.core import TyperCommand, TyperOption

from cli.cannot_run import WrongArguments
from cli.completing import profiles, worlds
from cli.deployment.where import said
from cli.noted import note, noted, where_of


def _blank(option: str) -> WrongArguments:
    # A variable of a script that is not set must not have it work on whatever else there is.
    return WrongArguments(f"{option} is blank. Give a name, or leave it out.")


class _Word(TyperOption):
    """An option of one word. Typer would import Pydantic to see that a text is a text, for help too."""

    @override
    def process_value(self, ctx: Any, value: Any) -> str:
        if value == "":
            raise _blank(self.opts[0])
        return note(ctx, str(self.name), value or "")


def _declared(
    stack: Annotated[
        str, typer.Option(help="A deployed stack. Without it: the running local world.")
    ] = "",
    world: Annotated[
        str,
        typer.Option(help="A local world, by the name that `up` gave it; needed when several run."),
    ] = "",
    profile: Annotated[str, typer.Option(help="The AWS profile to find the stack with.")] = "",
    region: Annotated[str, typer.Option(help="The AWS region that the stack is in.")] = "",
) -> None:
    """Declare the options, for Typer to read."""


_OFFERS = {"world": worlds, "profile": profiles}


def options_of_where() -> list[Any]:
    """Return the options that say on which deployment a command works: --stack and those beside it."""
    alone = typer.Typer(add_completion=False)
    alone.command()(_declared)
    return [
        _Word(
            param_decls=[each.opts[0], str(each.name)],
            type_descriptor=each.type_descriptor,
            default=None,
            expose_value=False,
            autocompletion=typer.main.get_param_completion(_OFFERS.get(str(each.name))),
            help=each.help,
        )
        for each in typer.main.get_command(alone).params
        if isinstance(each, TyperOption)
    ]


class DeploymentCommand(TyperCommand):
    """A command; one that has --stack has the options beside it too, and works on what they say."""

    def __init__(self, *args: Any, params: list[Any], **settings: Any) -> None:
        self.of_a_deployment = any(each.name == "stack" for each in params)
        added = options_of_where()[1:] if self.of_a_deployment else []
        super().__init__(*args, params=[*params, *added], **settings)

    @override
    def invoke(self, ctx: Any) -> Any:
        if self.of_a_deployment:
            source = ctx.get_parameter_source("stack")
            if source and source.name == "COMMANDLINE" and not ctx.params["stack"]:
                raise _blank("--stack")
            with said(where_of(ctx)):
                return super().invoke(ctx)
        if given := noted(ctx):
            names = ", ".join(f"--{each}" for each in given)
            raise WrongArguments(f"`{self.name}` works on no deployment. Leave out {names}.")
        return super().invoke(ctx)
