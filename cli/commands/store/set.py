"""`tillbridge store set`: change or show the settings of a store."""

from dataclasses import replace
from typing import Annotated

import typer

from cli.cannot_run import CannotRun
from cli.commands.options import StackOption, StoreOption


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="NAME=VALUE, such as safety_stock=2 or price=manual. Without any: only show."
        ),
    ] = None,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Change settings of a store, and show all of them.

    docs/settings.md explains each."""
    from cli.deployment.connections import choose, connection_of
    from cli.screen.console import console, table
    from cli.screen.hook_report import check_and_show
    from cli.screen.settings_words import NoSuchSetting, as_words, changed
    from tillbridge.domain.hooks.care import wanted_scopes

    target, chosen = choose(stack, store)
    connection = connection_of(target, chosen)
    try:
        settings = changed(connection.settings, words or ())
    except NoSuchSetting as problem:
        raise CannotRun(str(problem)) from problem
    changes = replace(connection, settings=settings)
    if settings != connection.settings:
        target.stores.save_connection(changes)
    rows = [(name, value or "(all)") for name, value in as_words(settings).items()]
    console.print(table(f"Settings of {connection.store}", ("setting", "value"), rows))
    if wanted_scopes(settings) != wanted_scopes(connection.settings):
        check_and_show(target, changes)
