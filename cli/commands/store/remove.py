"""`tillbridge store remove`: disconnect a store, and have its data deleted after 30 days."""

from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption


def command(
    name: Annotated[str, typer.Argument(help="The store's name.")],
    yes: Annotated[
        str, typer.Option("--yes", metavar="NAME", help="The name again, so that nobody is asked.")
    ] = "",
    as_json: JsonOption = False,
    stack: StackOption = "",
) -> None:
    """Disconnect a store; what is kept of it is deleted after 30 days.

    It stops at once: nothing more is sent, and its webhooks and its token go. Nothing is changed or
    deleted in the POS or in BigCommerce. Until then `store add` with the same name brings it back."""
    from cli.asking.bus import person
    from cli.cannot_run import CannotRun, WrongArguments
    from cli.deployment.removing import removable, remove_deps
    from cli.deployment.target import need_target
    from cli.screen.console import console, errors, print_json, typed
    from cli.screen.removal_report import removed_now_json, say_before, say_removed
    from tillbridge.usecases.remove_store import remove_store

    if yes and yes != name:
        raise WrongArguments(f"--yes says '{yes}' and not '{name}'. Type the store's name again.")
    target = need_target(stack)
    store = removable(target, name)
    say_before(target, store)
    if as_json and not yes:
        raise WrongArguments("With --json nobody is asked: give --yes with the store's name.")
    if not yes and typed("Type the store's name to remove it") != store:
        raise CannotRun("That is not its name. Nothing was done.")
    with errors.status("waiting for what is just being sent"):
        done = remove_store(remove_deps(target), store, person())
    say_removed(done)
    if done.again:
        console.print(f"Run `tillbridge store remove {store}` again: its token is kept for that.")
    if as_json:
        print_json(removed_now_json(done))
    if done.left:
        raise typer.Exit(1)
