"""`tillbridge store list`: the connected stores."""

from cli.commands.options import StackOption

_NO_STORE = (
    "No store is connected here. `tillbridge up` starts a local world with one; "
    "`tillbridge store add NAME --hash … --token-file …` connects yours."
)


def command(stack: StackOption = "") -> None:
    """List the connected stores and their state."""
    from cli.deployment.target import find_target
    from cli.screen.console import console, table
    from cli.screen.removal_report import say_removed_stores
    from tillbridge.domain.went_back import store_note

    target = find_target(stack)
    connections = (
        [] if target is None else [target.stores.find(each) for each in target.stores.all()]
    )
    rows = [
        (
            c.store,
            c.title,
            c.api_url,
            c.store_hash,
            c.pos_account.address,
            c.state.value,
            c.attention_words or c.pause.words or store_note(len(target.stores.went_back(c.store))),
        )
        for c in connections
        if target is not None and c is not None
    ]
    columns = ("name", "title", "address", "hash", "POS", "state", "what to do")
    if rows:
        console.print(table("Stores", columns, rows))
    else:
        console.print(_NO_STORE)
    if target is not None:
        say_removed_stores(target)
