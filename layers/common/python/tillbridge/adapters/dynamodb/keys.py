"""The keys of all tables: how each kind of row is addressed."""

from hashlib import sha256
from zlib import crc32

from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import ENTRY, Lane

type Key = dict[str, dict[str, str]]

BY_DUE = "by-due"
"""The local index of the pending table; its sort key is `due`."""

LONGEST_SORT_KEY = 1_024
"""DynamoDB's limit, in bytes."""

_LONGEST_PART = 500
"""Two such ids and a prefix fit a sort key. An id of 255 characters has up to 1,020 bytes."""

CONNECTED = "#stores"
"""Partition of the list of stores. No store can have this name: a name has no '#'."""

ACCOUNTS = "#accounts"
"""Partition of the POS accounts. No store can have this name either."""

BEGUN = "#begun"
"""Partition of the notes of work under way, in the table of pending rows; nor this one."""


def key(pk: str, sk: str) -> Key:
    """Return a row's key."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


SWEEP_PLACE = key("#sweep", "place")
"""Where the sweep keeps how far it came in the table of pending rows."""


def pending_partition(store: StoreId, lane: Lane, product: str) -> str:
    """Return the partition of a product's pending row."""
    partitions = pending_partitions(store, lane)
    return partitions[crc32(product.encode()) % len(partitions)]


def pending_partitions(store: StoreId, lane: Lane) -> list[str]:
    """Return every partition of a lane."""
    shards = ENTRY[lane].shards
    if shards == 1:
        return [f"{store}#{lane.value}"]
    return [f"{store}#{lane.value}#{shard}" for shard in range(shards)]


def store_and_lane(partition: str) -> tuple[StoreId, str]:
    """Return the store and the lane that a partition of the pending table belongs to; the requests
    about links count as a lane."""
    store, _, rest = partition.partition("#")
    return StoreId(store), rest.partition("#")[0]


def due(not_before_ms: int, order: int) -> str:
    """Return the sort key of the index: rows that wait for no time come first, in the order of
    their requests, then the others by the time they wait for."""
    return f"{not_before_ms:013d}#{order:038d}"


def due_ms(due: str) -> int:
    """Return since when a row with this `due` may be worked on (epoch ms). Raise ValueError."""
    return int(due.partition("#")[0])


def order_of(due: str) -> int:
    """Return the order of arrival of a row with this `due`."""
    return int(due.partition("#")[2])


def due_until(now_ms: int) -> str:
    """Return a key above every `due` up to and including `now_ms`: '~' sorts after all digits."""
    return f"{now_ms:013d}#~"


WENT_BACK = "went-back"
"""The sort key of what a store's POS shows in an older version than was pushed."""


def link(product: str) -> str:
    """Return the sort key of a link."""
    return f"pos#{product}"


HOLDER = "bc#"


def holder(store_product: int) -> str:
    """Return the sort key of a reverse row: which POS product holds a BigCommerce product."""
    return f"{HOLDER}{store_product}"


def blocked(holder_of_name: str, product: str = "") -> str:
    """Return the sort key of the item that says that `holder_of_name` has the name or SKU which
    `product` needs; without a product, what those keys begin with."""
    return f"blocks#{_part(holder_of_name)}#{_part(product)}"


BLOCKED_ONLINE = "blocks##"
"""What the sort key of a block begins with whose holder is a BigCommerce product."""

CONNECTION = "connection"
CATEGORY = "category#"
SLICE = "slice#"
WRITER = "writer"
"""Sort key of the slice that may now write to a store."""


RUN = "run#"
FOUND = "found#"
ACCEPTED = "accepted#"
CURSORS = "cursors"


def found(run: str, page: int) -> str:
    """Return what the sort keys of a page of a run's findings begin with."""
    return f"{FOUND}{run}#{page:06d}"


def accepted(product: str) -> str:
    """Return the sort key of the drift that was accepted of a product."""
    return f"{ACCEPTED}{_part(product)}"


def category(name: str) -> str:
    """Return the sort key of a remembered category."""
    return f"{CATEGORY}{name}"


def slice_from(ended_ms: int) -> str:
    """Return a key that sorts before every slice that ended at `ended_ms` or later."""
    return f"{SLICE}{ended_ms:013d}"


def copy_partition(store: StoreId, side: str) -> str:
    """Return the partition of one side's products in the read model."""
    return f"{store}#{side}"


def sku_counter(account: str) -> Key:
    """Return the key of the counter of a POS account, which may serve several stores."""
    return key(f"account#{account}", "sku")


def import_intents(store: StoreId) -> str:
    """Return the partition of a store's imports under way, one row per BigCommerce product."""
    return f"{store}#import"


def import_outcomes(store: StoreId, request: str) -> str:
    """Return the partition of the outcomes of one import request."""
    return f"{store}#import#{request}"


def import_left_out(store: StoreId) -> str:
    """Return the partition of the products that a store's imports left out, by BigCommerce id."""
    return f"{store}#left-out"


def numbered(number: int) -> str:
    """Return a BigCommerce product's id as a text that sorts like the number."""
    return f"{number:020d}"


def link_requests(store: StoreId) -> str:
    """Return the partition of a store's link requests, in the table of pending rows."""
    return pending_partitions(store, Lane.LINKS)[0]


def link_request(request: str, place: int) -> str:
    """Return the sort key of one product of a request. It holds the product's place, not its id: a
    long id beside the event's would exceed the 1,024 bytes of a key, and an event may name a
    product twice."""
    return f"{request}#{place:03d}"


def answers(request: str) -> str:
    """Return what the sort keys of a request's answers begin with; the product's place follows."""
    return f"answer#{request}#"


def replaced(product: str) -> str:
    """Return the sort key of a product as it was before a first push replaced it."""
    return f"replaced#{_part(product)}"


def replaced_part(token: str, place: int) -> str:
    """Return the sort key of one part of a replaced product that is too long for one row."""
    return f"replaced-part#{token}#{place:04d}"


def _part(text: str) -> str:
    """Return a text as a part of a sort key: itself, or its digest where it is long."""
    packed = text.encode()
    return text if len(packed) <= _LONGEST_PART else sha256(packed).hexdigest()
