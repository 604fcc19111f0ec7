"""`tillbridge why`: why a value of a product is what it is."""

from typing import Annotated

import typer

from cli.asking.checked import need_ids
from cli.cannot_run import WrongArguments
from cli.commands.options import JsonOption, StackOption, StoreOption
from cli.completing import products as known


def command(
    product: Annotated[
        str,
        typer.Argument(
            help="A product's POS id, SKU or name, or its BigCommerce number.", autocompletion=known
        ),
    ],
    field: Annotated[
        str, typer.Argument(help="A field, such as price or stock. Without it: all of them.")
    ] = "",
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Say why a product's values online are what they are.

    Nothing is asked of either side: it is told from what is kept of the last 90 days."""
    need_ids([product])
    from cli.deployment.connections import choose, connection_of
    from cli.deployment.why import kept_of
    from cli.screen.console import print_json
    from cli.screen.why_report import show_all, show_fields, why_json
    from tillbridge.domain.why.names import OURS, THEIRS, named
    from tillbridge.domain.why.reasons import reasons

    asked = named(field) if field else OURS
    if not asked:
        known = ", ".join(each.label for each in (*OURS, *THEIRS))
        raise WrongArguments(f"No field is called '{field}'. The fields are: {known}.")
    target, name = choose(stack, store)
    kept = kept_of(target, name, product)
    settings = connection_of(target, name).settings
    found = list(reasons(asked, kept.lines, kept.link, settings))
    if as_json:
        print_json(why_json(kept, found))
    elif field:
        show_fields(kept, found)
    else:
        show_all(kept, found)
