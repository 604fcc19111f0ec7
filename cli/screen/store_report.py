"""Stores and what belongs to their connection, printed for people and as JSON."""

from collections.abc import Mapping, Sequence

from rich.table import Table

from cli.deployment.target import Target
from cli.screen.console import console, table
from cli.screen.removal_report import removed_json, say_removed_store
from cli.shapes import stores as shapes
from tillbridge.adapters.clock import SystemClock
from tillbridge.console.store_words import paused_for
from tillbridge.domain.backlog import StoreFigures
from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.errors import UnreadableStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_trouble import with_trouble
from tillbridge.domain.scopes import ScopeRead
from tillbridge.domain.went_back import store_note

NO_STORE = (
    "No store is connected here. `tillbridge up` starts a local world with one; "
    "`tillbridge store add NAME --hash … --token-file …` connects yours."
)
_BLANK = {"outlets": "(all)", "web_outlet": "(the first of outlets)"}
"""What a blank setting means."""


def stores_json(target: Target | None) -> shapes.Stores:
    """Return the connected stores; none of no deployment."""
    if target is None:
        return {"stores": [], "removed": []}
    stores = target.stores.all()
    listed = target.store_list.figures(stores).stores if stores else {}
    return {
        "stores": [_store_json(target, each, listed.get(each)) for each in stores],
        "removed": [removed_json(each) for each in target.removals.removed()],
    }


def show_stores(found: shapes.Stores) -> None:
    """Print the connected stores, and which were removed."""
    columns = ("name", "title", "address", "hash", "POS", "state", "what to do")
    rows = [
        (e["store"], e["title"], e["api_url"], e["hash"], e["pos_url"], e["state"], e["what_to_do"])
        for e in found["stores"]
    ]
    if rows:
        console.print(table("Stores", columns, rows, states=("state",)))
    else:
        console.print(NO_STORE)
    for each in found["removed"]:
        say_removed_store(each)


def show_settings(store: StoreId, settings: Mapping[str, str]) -> None:
    """Print all settings of a store."""
    rows = [(name, value or _BLANK.get(name, "")) for name, value in settings.items()]
    console.print(table(f"Settings of {store}", ("setting", "value"), rows))


def state_json(connection: Connection) -> shapes.StoreState:
    """Return the state of a store."""
    return {
        "store": connection.store,
        "state": connection.state.value,
        "words": connection.pause.words,
    }


def scopes_table(reads: Sequence[ScopeRead]) -> Table:
    """Return what was found of each scope of a token."""
    rows = [(each.name, "" if each.ok else "missing", each.words) for each in reads]
    columns = ("scope", "", "what it is for, or what to do")
    return table("What the new token may", columns, rows, whole=columns[:1], states=columns[1:2])


def token_json(store: StoreId, reads: Sequence[ScopeRead], *, kept: bool) -> shapes.NewToken:
    """Return the same as JSON."""
    scopes: list[shapes.ScopeRead] = [
        {"scope": each.name, "ok": each.ok, "there": each.there, "words": each.words}
        for each in reads
    ]
    return {"store": store, "kept": kept, "scopes": scopes}


def _store_json(target: Target, store: StoreId, listed: StoreFigures | None) -> shapes.Store:
    """Return what is told of a store, `listed` as it is in the list of stores. One that cannot be read hides no other: somebody looks for it at night."""
    told: shapes.Store = {
        "store": store,
        "title": "",
        "api_url": "",
        "hash": "",
        "pos_url": "",
        "pos_source": "",
        "state": "disconnected just now",
        "what_to_do": "",
    }
    try:
        it = target.stores.find(store)
    except UnreadableStore as why:
        return told | {"state": "cannot be read", "what_to_do": str(why)}
    if it is None:
        return told
    it = with_trouble(it, listed.entry.pos_trouble if listed and listed.entry else None)
    note = store_note(len(target.stores.went_back(store)))
    if it.state is StoreState.PAUSED:
        note = f"{it.pause.words} {paused_for(it.pause, SystemClock().now_ms())}".strip()
    return told | {
        "title": it.title,
        "api_url": it.api_url,
        "hash": it.store_hash,
        "pos_url": it.pos_account.address,
        "pos_source": it.pos_account.source,
        "state": it.state.value,
        "what_to_do": it.attention_words or note,
    }
