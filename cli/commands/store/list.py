"""`tillbridge store list`: the connected stores."""

from typing import TYPE_CHECKING

from cli.commands.options import StackOption

if TYPE_CHECKING:
    from cli.deployment.target import Target
    from tillbridge.domain.ids import StoreId

_NO_STORE = (
    "No store is connected here. `tillbridge up` starts a local world with one; "
    "`tillbridge store add NAME --hash … --token-file …` connects yours."
)


def command(stack: StackOption = "") -> None:
    """List the connected stores and their state."""
    from cli.deployment.target import find_target
    from cli.screen.console import console, table
    from cli.screen.removal_report import say_removed_stores

    target = find_target(stack)
    rows = [] if target is None else [_row(target, each) for each in target.stores.all()]
    columns = ("name", "title", "address", "hash", "POS", "state", "what to do")
    if rows:
        console.print(table("Stores", columns, rows))
    else:
        console.print(_NO_STORE)
    if target is not None:
        say_removed_stores(target)


def _row(target: "Target", store: "StoreId") -> tuple[str, ...]:
    """Return what is told of a store. One that cannot be read hides no other: somebody looks for it at night."""
    from tillbridge.adapters.clock import SystemClock
    from tillbridge.console.store_words import paused_for
    from tillbridge.domain.connection import StoreState
    from tillbridge.domain.errors import UnreadableStore
    from tillbridge.domain.went_back import store_note

    try:
        there = target.stores.find(store)
    except UnreadableStore as why:
        return (store, "", "", "", "", "cannot be read", str(why))
    if there is None:
        return (store, "", "", "", "", "disconnected just now", "")
    note = store_note(len(target.stores.went_back(store)))
    if there.state is StoreState.PAUSED:
        note = f"{there.pause.words} {paused_for(there.pause, SystemClock().now_ms())}".strip()
    return (
        store,
        there.title,
        there.api_url,
        there.store_hash,
        there.pos_account.address,
        there.state.value,
        there.attention_words or note,
    )
