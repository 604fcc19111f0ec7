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
    from tillbridge.domain.errors import UnreadableStore
    from tillbridge.domain.went_back import store_note

    target = find_target(stack)
    rows: list[tuple[str, ...]] = []
    for store in [] if target is None else target.stores.all():
        assert target is not None
        try:
            c = target.stores.find(store)
        except UnreadableStore as why:  # the others are listed all the same
            rows.append((store, "", "", "", "unreadable", str(why)))
            continue
        if c is not None:
            note = store_note(len(target.stores.went_back(store)))
            told = c.attention_words or c.pause.words or note
            pos = c.pos_account.address
            rows.append((store, c.api_url, c.store_hash, pos, c.state.value, told))
    if not rows:
        console.print(_NO_STORE)
        return
    console.print(table("Stores", ("name", "address", "hash", "POS", "state", "what to do"), rows))
