"""`tillbridge store rename`: give a store a title."""

from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption


def command(
    name: Annotated[str, typer.Argument(help="The store's name, which stays.")],
    title: Annotated[str, typer.Argument(help="What people read instead. '': the name again.")],
    as_json: JsonOption = False,
    stack: StackOption = "",
) -> None:
    """Give a store a title, which people read instead of its name.

    Commands, addresses and dead letters go on with the name."""
    from cli.cannot_run import CannotRun, WrongArguments
    from cli.deployment.connections import choose
    from cli.screen.console import console, print_json
    from cli.shown import shown
    from tillbridge.domain.errors import CannotAsk
    from tillbridge.domain.store_names import title_refusal
    from tillbridge.usecases.rename_store import rename_store

    if shown(title) != title:
        raise WrongArguments("A title is one line of letters, digits and signs that can be seen.")
    if odd := title_refusal(title):
        raise WrongArguments(odd)
    target, chosen = choose(stack, name)
    try:
        connection = rename_store(target.stores, chosen, title)
    except CannotAsk as why:
        raise CannotRun(str(why)) from why
    if as_json:
        print_json({"store": chosen, "title": connection.title})
    console.print(f"'{chosen}' is shown as “{connection.shown_name}”.")
