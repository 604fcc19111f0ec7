"""Stores and what belongs to their connection, printed for people and as JSON."""

from collections.abc import Mapping, Sequence

from rich.table import Table

from cli.deployment.target import Target
from cli.screen.console import console, table
from cli.shapes import stores as shapes
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
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
        return {"stores": []}
    found = (target.stores.find(each) for each in target.stores.all())
    return {"stores": [_store_json(target, each) for each in found if each is not None]}


def show_stores(stores: Sequence[shapes.Store]) -> None:
    """Print the connected stores."""
    columns = ("name", "address", "hash", "POS", "state", "what to do")
    rows = [
        (e["store"], e["api_url"], e["hash"], e["pos_url"], e["state"], e["what_to_do"])
        for e in stores
    ]
    if rows:
        console.print(table("Stores", columns, rows, states=("state",)))
    else:
        console.print(NO_STORE)


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


def _store_json(target: Target, it: Connection) -> shapes.Store:
    back = store_note(len(target.stores.went_back(it.store)))
    return {
        "store": it.store,
        "api_url": it.api_url,
        "hash": it.store_hash,
        "pos_url": it.pos_account.address,
        "pos_source": it.pos_account.source,
        "state": it.state.value,
        "what_to_do": it.attention_words or it.pause.words or back,
    }
