"""The keys of all tables: who wants to know how a row is addressed looks here."""

from zlib import crc32

from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import BULK_SHARDS, Lane

type Key = dict[str, dict[str, str]]

BY_DUE = "by-due"
"""The local index of the pending table; its sort key is `due`."""

CONNECTED = "#stores"
"""Partition of the list of stores. No store can be named so: a name has no '#'."""


def key(pk: str, sk: str) -> Key:
    """A row's address."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def pending_partition(store: StoreId, lane: Lane, product: str) -> str:
    """The partition of a product's row; the bulk lane is spread, because one partition takes
    1,000 writes a second and an import marks thousands."""
    if lane is not Lane.BULK:
        return f"{store}#{lane.value}"
    return f"{store}#{lane.value}#{crc32(product.encode()) % BULK_SHARDS}"


def pending_partitions(store: StoreId, lane: Lane) -> list[str]:
    """Every partition of a lane."""
    if lane is not Lane.BULK:
        return [f"{store}#{lane.value}"]
    return [f"{store}#{lane.value}#{shard}" for shard in range(BULK_SHARDS)]


def due(not_before_ms: int, order: int) -> str:
    """Sorts what waits for a time by that time, and what waits for none, first, as asked for."""
    return f"{not_before_ms:013d}#{order:020d}"


def due_until(now_ms: int) -> str:
    """Every `due` up to and including `now_ms` is smaller: '~' sorts after all digits."""
    return f"{now_ms:013d}#~"


def link(product: str) -> str:
    """Sort key of a link."""
    return f"pos#{product}"


HOLDER = "bc#"


def holder(store_product: int) -> str:
    """Sort key of a link's reverse: which POS product a BigCommerce product belongs to."""
    return f"{HOLDER}{store_product}"


def blocked(holder_of_name: str, product: str = "") -> str:
    """Sort key of 'this product failed because that one holds its name or SKU'."""
    return f"blocks#{holder_of_name}#{product}"


CONNECTION = "connection"
CATEGORY = "category#"
SLICE = "slice#"
WRITER = "writer"
"""Sort key of the slice that may write to a store now."""


RUN = "run#"
FOUND = "found#"
ACCEPTED = "accepted#"
CURSORS = "cursors"


def found(run: str, page: int) -> str:
    """Sort key of a page of a run's findings."""
    return f"{FOUND}{run}#{page:06d}"


def category(name: str) -> str:
    """Sort key of a remembered category."""
    return f"{CATEGORY}{name}"


def slice_from(ended_ms: int) -> str:
    """Sorts before every slice that ended at `ended_ms` or later."""
    return f"{SLICE}{ended_ms:013d}"


def copy_partition(store: StoreId, side: str) -> str:
    """Partition of one side's products in the read model."""
    return f"{store}#{side}"


def sku_counter(account: str) -> Key:
    """The counter of a POS account, whichever stores it serves."""
    return key(f"account#{account}", "sku")


def import_intents(store: StoreId) -> str:
    """Partition of a store's imports under way, one per BigCommerce product."""
    return f"{store}#import"


def import_outcomes(store: StoreId, request: str) -> str:
    """Partition of what came of one import request."""
    return f"{store}#import#{request}"


def import_left_out(store: StoreId) -> str:
    """Partition of the products that a store's imports left out, by BigCommerce number."""
    return f"{store}#left-out"


def numbered(number: int) -> str:
    """Sorts BigCommerce products by number."""
    return f"{number:020d}"


def link_requests(store: StoreId) -> str:
    """Partition of what people requested of a store's links, among the pending rows."""
    return f"{store}#links"


def link_request(request: str, place: int) -> str:
    """Sort key of one product of a request. It holds no product id: a long one beside the event's
    id would pass the 1,024 bytes of a key, and an event may name a product twice."""
    return f"{request}#{place:03d}"


def answers(request: str) -> str:
    """What the sort keys of a request's answers begin with; the product's place follows."""
    return f"answer#{request}#"


REPLACED = "replaced#"
"""Sort keys of what a first push replaced, by POS product."""


def replaced_part(token: str, place: int) -> str:
    """Sort key of a piece of it, where it is too long for one row."""
    return f"replaced-part#{token}#{place:04d}"
