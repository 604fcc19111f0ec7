"""`tillbridge sam-env`: what `sam local` needs to run a function against the running local world."""

from typing import Annotated

import typer

from cli.cannot_run import CannotRun, WrongArguments
from cli.commands.options import JsonOption, StackOption, StoreOption

EVERYWHERE = "0.0.0.0"  # noqa: S104 - what `up` must listen on, for containers come from outside


def command(
    function: Annotated[str, typer.Argument(help="A function, such as intake; all if none.")] = "",
    event: Annotated[
        str, typer.Argument(help="One of its golden events, such as sale.completed.")
    ] = "",
    hold: Annotated[
        bool,
        typer.Option("--hold", help="Leave the queues and the store to containers, until Ctrl-C."),
    ] = False,
    store: StoreOption = "",
    stack: StackOption = "",
    as_json: JsonOption = False,
) -> None:
    """Write the template for `sam local`, and print the line to type.

    The template is the built one with the values of the running local world, which `sam local` cannot look
    up. The world must have been started with `tillbridge up --host 0.0.0.0`, and go on running."""
    if hold and as_json:
        raise WrongArguments("--hold goes on until Ctrl-C. Give it without --json.")
    from cli.deployment.connections import choose
    from cli.deployment.local_world import until_interrupted
    from cli.deployment.where import where
    from cli.deployment.world import the_world
    from cli.sam_local.by_hand import CALL_OTHERS, chosen, function_of, line
    from cli.sam_local.holding import held_for_containers
    from cli.sam_local.sam import host_of_containers
    from cli.sam_local.template import write_template
    from cli.screen.console import console, print_json

    events = chosen(function, event)
    target, name = choose(stack, store)
    world = the_world(where(stack).world)
    if target.endpoint_url is None or world is None or world.host != EVERYWHERE:
        raise CannotRun(
            "Containers reach no world here. Start one that listens to them, and run this again: "
            f"`tillbridge up --host {EVERYWHERE}`."
        )
    events = [each for each in events if target.outputs.get(f"{function_of(each)}_function_name")]
    if not events:
        raise CannotRun(
            f"This world has no function '{function}'. Start one with `tillbridge up --pos lightspeed`."
        )
    host = host_of_containers()
    template = write_template(target, host)
    lines = [line(each, template, host) for each in events]
    if as_json:
        print_json({"template": str(template), "commands": lines})
        return
    console.print(
        f"Wrote {template}.",
        "",
        "Type, where a container engine answers (Docker Desktop, Finch or Colima):",
        "",
        "  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local",
        *(f"  {each}" for each in lines),
        "",
        "`tillbridge up` must go on running meanwhile.",
        sep="\n",
        soft_wrap=True,
    )
    if not hold:
        console.print(
            "Its own functions read the queues as well; and "
            f"{', '.join(CALL_OTHERS[:-1])} and {CALL_OTHERS[-1]} do not reach its store and POS from a "
            "container. Add --hold to leave both to containers.",
            soft_wrap=True,
        )
        return
    with held_for_containers(target, name, host):
        console.print("The world is left to containers, until Ctrl-C.")
        until_interrupted()
    console.print("The world's own functions work again.")
