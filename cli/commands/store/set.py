"""`tillbridge store set`: change or show the settings of a store."""

from typing import Annotated

import typer

from cli.cannot_run import CannotRun, WrongArguments
from cli.commands.options import JsonOption, StackOption, StoreOption


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="NAME=VALUE, such as safety_stock=2 or price=manual. Without any: only show."
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask before web orders go off or to another mode.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Change settings of a store, and show all of them.

    docs/settings.md explains each. Before web orders are switched on, both sides are asked."""
    from cli.asking.bus import person
    from cli.deployment.connections import choose, connection_of
    from cli.deployment.settings import settings_tables
    from cli.deployment.web_orders import after_the_switch, switched
    from cli.screen.confirm import confirm
    from cli.screen.console import console, print_json
    from cli.screen.hook_report import check_and_show
    from cli.screen.store_report import show_settings
    from tillbridge.domain.hooks.care import wanted_scopes
    from tillbridge.domain.settings_versions import SettingsChanged
    from tillbridge.domain.settings_words import NoSuchSetting, as_words, changed
    from tillbridge.usecases.change_settings import save_settings

    target, chosen = choose(stack, store)
    connection = connection_of(target, chosen)
    try:
        settings = changed(connection.settings, words or ())
    except NoSuchSetting as problem:
        raise WrongArguments(str(problem)) from problem
    before = connection.settings
    if settings != before:
        change = switched(target, connection, settings)
        if change.words:
            console.print(*change.words, sep="\n", soft_wrap=True)
        if change.asks:
            confirm("Change it?", yes=yes, as_json=as_json)
        try:
            connection = save_settings(
                settings_tables(target),
                connection,
                change.connection.settings,
                person(),
                web_orders_since_ms=change.connection.web_orders_since_ms,
            )
        except SettingsChanged as why:
            raise CannotRun(str(why)) from why
        if connection.settings.web_orders is not before.web_orders:
            after_the_switch(target, connection)
    told = as_words(connection.settings)
    show_settings(connection.store, told)
    touched = wanted_scopes(connection.settings) != wanted_scopes(before)
    hooks = check_and_show(target, connection) if touched else None
    if as_json:
        print_json({"store": connection.store, "settings": told, "hooks": hooks})
