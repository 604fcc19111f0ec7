"""Details of products as items of at most 4 kB."""

import logging
from collections.abc import Iterable, Mapping

from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item, new_item
from tillbridge.domain.details.detail import Detail
from tillbridge.domain.details.packing import packed, unpacked
from tillbridge.domain.ids import StoreId
from tillbridge.ports.read_model import RowKey

MOST_BYTES = 4_096
"""Of an item: four write units."""

_BESIDE = 32
"""Bytes of an item beside its key's values and the detail: names of attributes, and `v`."""

log = logging.getLogger(__name__)


def detail_item(store: StoreId, detail: Detail) -> Item:
    """Return a detail as an item."""
    key = keys.detail(store, detail.side, detail.id)
    taken = sum(len(part["S"].encode()) for part in key.values())
    return new_item(key, {"detail": packed(detail, MOST_BYTES - _BESIDE - taken)})


def is_detail(item: Item) -> bool:
    """Return whether an item of the table is a detail."""
    return bool(item["pk"]["S"].endswith(keys.DETAIL))


def details_of(items: Iterable[Item]) -> Mapping[RowKey, Detail]:
    """Return the details that items hold. One that cannot be read is logged and left out, as if it were not
    there."""
    found = {}
    for item in items:
        side, id_ = item["pk"]["S"].removesuffix(keys.DETAIL).rpartition("#")[2], item["sk"]["S"]
        try:
            found[side, id_] = unpacked(side, id_, from_item(item)["detail"].value)
        except Exception as problem:  # noqa: BLE001 - whatever is wrong with one detail
            extra = {"row": f"{item['pk']['S']} / {id_}", "why": repr(problem)}
            log.warning("a detail cannot be read", extra=extra)
    return found
