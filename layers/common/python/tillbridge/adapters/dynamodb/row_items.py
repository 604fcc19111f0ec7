"""Rows of the views as items, with the keys of the two indexes; and the items of their search terms."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import fields

from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item, new_item
from tillbridge.domain.ids import StoreId
from tillbridge.domain.names import name_key
from tillbridge.domain.view_rows import RowState, ViewRow

BY_NAME, BY_STATE = "by-name", "by-state"
"""The indexes of the table. A row without their attributes is in neither: so is that of a deleted product."""

_LONGEST_NAME = 200
"""Characters of a name by which rows are in order."""

_NAMELESS = "~"
"""Where a row without a name stands: a key of an index cannot be blank."""

_KEPT = tuple(field.name for field in fields(ViewRow) if field.name not in ("side", "id"))
"""What an item says beside its key, which has the side and the id."""

log = logging.getLogger(__name__)

_LISTS = ("skus", "barcodes", "notes")


def row_item(store: StoreId, row: ViewRow) -> Item:
    """Return a row as an item. Values that are blank are left out: most rows fit one write unit."""
    values = {n: v for n in _KEPT if (v := getattr(row, n)) not in ("", (), 0)}
    name = name_key(row.name)[:_LONGEST_NAME] or _NAMELESS
    index = {
        "by_name": name,
        "in_state": state_partition(store, row.side, row.state),
        "by_code": f"{row.code}#{name}",
    }
    return new_item(row_key(store, row.side, row.id), values | ({} if row.deleted else index))


def is_listed(item: Item) -> bool:
    """Return whether a row's item has what lists need of it. An older release wrote it without."""
    return "in_state" in item or item.get("deleted", {}).get("BOOL", False)


def rows_of(items: Iterable[Item]) -> Iterator[ViewRow]:
    """Yield the rows that items hold. One that cannot be read is logged and left out, as if it were not there:
    whoever works on its product next writes it anew."""
    for item in items:
        try:
            row = _row_of(item)
        except Exception as problem:  # noqa: BLE001 - whatever is wrong with one row
            extra = {"row": f"{item['pk']['S']} / {item['sk']['S']}", "why": repr(problem)}
            log.warning("a row of the views cannot be read", extra=extra)
            continue
        yield row


def _row_of(item: Item) -> ViewRow:
    values = from_item(item)
    # An older release wrote what the key tells beside it, too.
    known = {name: values[name] for name in _KEPT if name in values}
    lists = {name: tuple(values.get(name, ())) for name in _LISTS}
    state = RowState(values.get("state", RowState.NOT_LINKED))
    side = values["pk"].rpartition("#")[2]
    named = {"name": "", **known, **lists, "state": state}
    return ViewRow(side=side, id=values["sk"], **named)


def row_key(store: StoreId, side: str, id_: str) -> keys.Key:
    """Return the key of a row."""
    return keys.key(keys.copy_partition(store, side), id_)


def state_partition(store: StoreId, side: str, state: RowState) -> str:
    """Return the partition of the index by state."""
    return f"{keys.copy_partition(store, side)}#{state.value}"


def term_item(store: StoreId, side: str, term: str, id_: str) -> Item:
    """Return the item that leads from a search term to a product."""
    return new_item(keys.search_term(store, side, term, id_), {"id": id_})
