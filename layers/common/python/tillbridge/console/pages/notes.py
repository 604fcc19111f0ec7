"""What stands below a row, and the buttons that mend it."""

from dataclasses import dataclass

from tillbridge.console.render import address
from tillbridge.domain.ids import StoreId
from tillbridge.domain.selection import Do
from tillbridge.domain.view_rows import POS, RowState
from tillbridge.usecases.console.list_products import Shown


@dataclass(frozen=True, slots=True)
class Remedy:
    """A button below a row: what it says, and what it sends (`value`) or where it leads (`href`)."""

    words: str
    icon: str
    value: str = ""
    href: str = ""


def notes_of(shown: Shown) -> tuple[str, ...]:
    """Return the sentences below a row: its trouble, then what else a person should know."""
    return tuple(words for words in (shown.row.words, *shown.row.notes) if words)


def remedies_of(store: StoreId, shown: Shown) -> tuple[Remedy, ...]:
    """Return what can be done about a row's trouble, the likeliest first; nothing while it waits."""
    row = shown.row
    if shown.waiting is not None:
        return ()
    if row.state is RowState.BROKEN and row.side == POS:
        return (
            Remedy("Make it again", "plus", one_value(Do.PUSH, row.id)),
            Remedy("Unlink", "torn", one_value(Do.UNLINK, row.id)),
        )
    if row.state is RowState.FAILED and row.side == POS:
        again = Remedy("Refresh and push again", "refresh", one_value(Do.RETRY, row.id))
        if row.holder.isdecimal():
            words = f"Link to #{row.holder}"
            return (Remedy(words, "link", f"link:{row.holder}:{row.id}"), again)
        return (again,)
    if row.state is RowState.LEFT_OUT:
        return (
            Remedy("Import again", "import", one_value(Do.IMPORT, row.id)),
            Remedy("Link…", "link", href=address(store, "link", web=row.id)),
        )
    return ()


def one_value(do: Do, product: str) -> str:
    """Return what a button that is about one product sends."""
    return f"{do.value}:{product}"
