"""Options that several commands share."""

from typing import Annotated

import typer

from cli.target import Target
from tillbridge.domain.ids import StoreId

# Plain assignments: of a `type` statement typer sees only the name, and --help shows no words.
StackOption = Annotated[
    str, typer.Option("--stack", help="A deployed stack; without it, the running local world.")
]
StoreOption = Annotated[
    str, typer.Option("--store", help="The connected store; needed when there are several.")
]


def the_store(target: Target, name: str) -> StoreId:
    """The store named, or the only one there is. Raises typer.BadParameter saying which exist."""
    known = list(target.stores.all())
    if name:
        if name not in known:
            raise typer.BadParameter(
                f"No store named '{name}' is connected. Connected: {', '.join(known) or 'none'}."
            )
        return StoreId(name)
    if len(known) != 1:
        raise typer.BadParameter(
            f"Name the store with --store. Connected: {', '.join(known) or 'none'}."
        )
    return known[0]
