"""Web orders as items: an entry, and what of it is open."""

import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item, new_item
from tillbridge.domain.ids import Rev, StoreId
from tillbridge.domain.web_orders.entry import OrderEntry, again_ms
from tillbridge.ports.order_book import Kept, OpenOrder

if TYPE_CHECKING:
    from pydantic import TypeAdapter

KEPT_SECONDS = 90 * 24 * 3600
"""How long a settled order is kept after its last change."""

LONG_BYTES = 30_000
"""An entry names its goods up to three times: as shown, as told and as sent. zlib finds a repeat within
32 kB, so what is longer is packed by LZMA, which finds all."""

MOST_BYTES = 390_000
"""DynamoDB takes 400 KB an item, names of attributes and keys included."""

_LZMA_PRESET = 2
"""Looks back 2 MiB, and takes 24 MB of memory."""


class UnreadableRow(ValueError):
    """What is kept of one order cannot be read, or is of a later release; `__cause__` says why."""


def entry_item(store: StoreId, kept: Kept, now_ms: int) -> Item:
    """Return the item of an entry; one of a settled order says when DynamoDB may forget it. Raise
    ValueError for one that no item can hold."""
    order = kept.entry.order.id
    packed = _packed(_entries().dump_json(kept.entry, exclude_defaults=True))
    values: dict[str, Any] = {"rev": kept.rev, "entry": packed}
    if kept.entry.settled:
        values["expires_at"] = now_ms // 1_000 + KEPT_SECONDS
    return new_item(keys.web_order(store, order), values)


def open_item(store: StoreId, entry: OrderEntry) -> Item:
    """Return the item that says what of an order is open. Raise ValueError for one that no item can
    hold."""
    order = OpenOrder(entry.order.id, entry.accounts, entry.since_ms, again_ms(entry))
    packed = _packed(_opens().dump_json(order, exclude_defaults=True))
    return new_item(keys.open_order(store, order.order), {"open": packed})


def kept_of(item: Item) -> Kept:
    """Return the entry of an item. Raise UnreadableRow."""
    with _unreadable():
        values = from_item(item)
        return Kept(_entries().validate_json(_unpacked(values["entry"])), Rev(values["rev"]))


def open_of(item: Item) -> OpenOrder:
    """Return what an item says is open. Raise UnreadableRow."""
    with _unreadable():
        return _opens().validate_json(_unpacked(from_item(item)["open"]))


@cache  # most stores read no orders, and to build it takes milliseconds of each start
def _entries() -> "TypeAdapter[OrderEntry]":
    from pydantic import TypeAdapter  # noqa: PLC0415 - lists of orders alone make the console load it

    return TypeAdapter(OrderEntry)


@cache
def _opens() -> "TypeAdapter[OpenOrder]":
    from pydantic import TypeAdapter  # noqa: PLC0415 - as above

    return TypeAdapter(OpenOrder)


@contextmanager
def _unreadable() -> Iterator[None]:
    try:
        yield
    except Exception as problem:  # whatever is wrong with one row
        raise UnreadableRow from problem


def _packed(text: bytes) -> bytes:
    packed = zlib.compress(text)
    if len(packed) > LONG_BYTES:
        packed = lzma.compress(text, preset=_LZMA_PRESET)
    if len(packed) > MOST_BYTES:
        raise ValueError("it is longer than an item of the table may be")
    return packed


def _unpacked(value: Any) -> bytes:
    packed = bytes(value)
    # By its first byte: 0x78 begins what zlib packs, 0xfd what LZMA does.
    return lzma.decompress(packed) if packed[:1] == b"\xfd" else zlib.decompress(packed)
