"""The keys of all tables: how each kind of row is addressed."""

from datetime import UTC, datetime
from hashlib import sha256
from zlib import crc32

from tillbridge.domain.ids import PosAccountKey, StoreId, StoreProductId, WebOrderId
from tillbridge.domain.lanes import ENTRY, LANES, Lane, Place

type Key = dict[str, dict[str, str]]

LONGEST_SORT_KEY = 1_024
"""DynamoDB's limit, in bytes."""

_LONGEST_PART = 500
"""Two such ids and a prefix fit a sort key. An id of 255 characters has up to 1,020 bytes."""

CONNECTED = "#stores"
"""Partition of the list of stores. No store can have this name: a name has no '#'."""

REMOVED = "#removed"
"""Partition of the list of removed stores; nor this one."""

ACCOUNTS = "#accounts"
"""Partition of the POS accounts. No store can have this name either."""

POLLS = "#polls"
"""Partition of the notes of polls, one a POS account; nor this one."""

POS_DOORS = "#pos-hooks"
"""Partition of what the addresses of POS accounts' webhooks lead to; nor this one."""

MIRROR_STATE = "state"
"""Sort key of how far a POS account was polled, in the table of mirrors."""

BEGUN = "#begun"
"""Partition of the notes of work under way, in the table of pending rows; nor this one."""


def key(pk: str, sk: str) -> Key:
    """Return a row's key."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def stores_of_account(account: PosAccountKey) -> str:
    """Return the partition with a row for each store that was connected to a POS account."""
    return f"#of#{account}"


POKED = "#poll"
"""What the partition of a POS account's mark ends with, in the table of pending rows."""


def poke(account: PosAccountKey) -> Key:
    """Return the key of the mark that asks for a poll."""
    return key(f"{account}{POKED}", "#poke")


def of_job(store: StoreId, job: str) -> str:
    """Return the key, in the indexes by job, of what belongs to a person's request. It has the store, so that
    nobody reads what is another store's."""
    return f"{store}#{job}"


JOB = "job#"
"""What the sort keys of jobs begin with."""

PLAN = "plan#"
"""What the sort keys of plans begin with."""


def plan_part(plan: str, place: int) -> str:
    """Return the sort key of one part of a plan's ids."""
    return f"plan-part#{plan}#{place:04d}"


def exact(plan: str) -> str:
    """Return the sort key of what was compared for a plan."""
    return f"plan-exact#{plan}"


def exact_page(plan: str, page: int) -> str:
    """Return what the sort keys of a page of it begin with."""
    return f"plan-exact-page#{plan}#{page:04d}#"


def exact_guard(plan: str) -> str:
    """Return the sort key of what pushes ask a plan."""
    return f"plan-exact-guard#{plan}"


BEHIND_JOBS = "job$"
"""A sort key behind those of all jobs."""

SWEEP_PLACE = key("#sweep", "place")
SWEPT = key("#sweep", "swept")
"""Where the sweep keeps how far it came in the table of pending rows."""


_OF_LETTER = {entry.letter: entry.lane for entry in LANES}


def pending_partitions(store: StoreId) -> tuple[str, str]:
    """Return the two partitions of the pending rows that a store's drain works on. Lanes of thousands of
    rows have their own, so that an import does not throttle the mark of a sale."""
    return partition_of(store, Place.TOGETHER), partition_of(store, Place.APART)


def lane_rows(store: StoreId, lane: Lane) -> tuple[str, str]:
    """Return the partition of a lane's rows, and what their sort keys begin with."""
    return partition_of(store, ENTRY[lane].place), ENTRY[lane].letter


def pending(store: StoreId, lane: Lane, product: str) -> Key:
    """Return the key of a product's pending row. A digest before the id scatters the products of a
    lane: any page of it is then as good as any other."""
    partition, begins = lane_rows(store, lane)
    return key(partition, f"{begins}{crc32(product.encode()) % 256:02x}#{product}")


def product_of(sort_key: str) -> str:
    """Return the product of a pending row."""
    return sort_key[4:]


def lane_of(sort_key: str) -> Lane:
    """Return the lane of a pending row, or of a request about a link. Raise KeyError."""
    return _OF_LETTER[sort_key[:1]]


def behind(lane: Lane) -> str | None:
    """Return a sort key between a lane's rows and those of the next in its partition; None when there
    is no next one."""
    entry = ENTRY[lane]
    beside = (each.letter for each in LANES if each.place == entry.place)
    # The letter after it, not a last character: a request's id may begin with any.
    return chr(ord(entry.letter) + 1) if max(beside) > entry.letter else None


def partition_of(store: StoreId, place: Place) -> str:
    """Return a partition of the pending rows of a store."""
    return f"{store}#{place}" if place else store


def store_of(partition: str) -> StoreId:
    """Return the store that a partition of the pending table belongs to."""
    return StoreId(partition.partition("#")[0])


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
    return f"blocks#{sort_part(holder_of_name)}#{sort_part(product)}"


BLOCKED_ONLINE = "blocks##"
"""What the sort key of a block begins with whose holder is a BigCommerce product."""

CONNECTION = "connection"
CATEGORY = "category#"
SETTINGS = "settings"
"""Sort key of the last versions of a store's settings."""

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
    return f"{ACCEPTED}{sort_part(product)}"


def category(name: str) -> str:
    """Return the sort key of a remembered category."""
    return f"{CATEGORY}{name}"


def copy_partition(store: StoreId, side: str) -> str:
    """Return the partition of one side's products in the read model."""
    return f"{store}#{side}"


DETAIL = "#detail"
"""What the partition of the details of one side's products ends with."""


def detail(store: StoreId, side: str, id_: str) -> Key:
    """Return the key of a product's detail."""
    return key(f"{copy_partition(store, side)}{DETAIL}", id_)


_ENDS_TERM = "\x1f"
"""What ends a search term in a key: no term holds a control character, and what comes behind it may be any."""


def terms_partition(store: StoreId, side: str) -> str:
    """Return the partition of what one side's products are found by."""
    return f"{copy_partition(store, side)}#find"


def search_term(store: StoreId, side: str, term: str, id_: str) -> Key:
    """Return the key of a product's search term."""
    return key(terms_partition(store, side), f"{term}{_ENDS_TERM}{sort_part(id_)}")


def term_of(sort_key: str) -> str:
    """Return the search term of such a key."""
    return sort_key.partition(_ENDS_TERM)[0]


def sku_counter(account: str) -> Key:
    """Return the key of the counter of a POS account, which may serve several stores."""
    return key(f"account#{account}", "sku")


def mirror_state(account: str) -> Key:
    """Return the key of how far a POS account was polled, in the table of mirrors (adapters/pos_mirror)."""
    return key(account, MIRROR_STATE)


def version_counter(account: str) -> Key:
    """Return the key of the counter of the versions that a POS account's mirror mints."""
    return key(f"account#{account}", "version")


def import_intents(store: StoreId) -> str:
    """Return the partition of a store's imports under way, one row per BigCommerce product."""
    return f"{store}#import"


def import_outcomes(store: StoreId, request: str) -> str:
    """Return the partition of the outcomes of one import request."""
    return f"{store}#import#{request}"


def numbered(number: int) -> str:
    """Return a BigCommerce product's id as a text that sorts like the number."""
    return f"{number:020d}"


def link_request(store: StoreId, request: str, place: int) -> Key:
    """Return the key of one product of a request, in the table of pending rows. It holds the product's
    place, not its id: a long id beside the event's would exceed the 1,024 bytes of a key, and an event
    may name a product twice."""
    partition, begins = lane_rows(store, Lane.LINKS)
    return key(partition, f"{begins}{request}#{place:03d}")


def answers(request: str) -> str:
    """Return what the sort keys of a request's answers begin with; the product's place follows."""
    return f"answer#{request}#"


WEB_ORDER = "order#"
"""What the sort keys of the entries of web orders begin with."""


def web_order(store: StoreId, order: WebOrderId) -> Key:
    """Return the key of the entry of a web order."""
    return key(store, f"{WEB_ORDER}{numbered(order)}")


def open_orders(store: StoreId) -> str:
    """Return the partition of what of a store's web orders is open."""
    return f"{store}#open"


def open_order(store: StoreId, order: WebOrderId) -> Key:
    """Return the key of what of a web order is open."""
    return key(open_orders(store), numbered(order))


def web_order_of(row: Key) -> WebOrderId:
    """Return the web order of a row of either kind."""
    return WebOrderId(int(row["sk"]["S"].removeprefix(WEB_ORDER)))


def product_history(store: StoreId, product: str) -> str:
    """Return the partition of a product's lines of history."""
    return f"{store}#p#{product}"


def calls_of(store: StoreId) -> str:
    """Return the partition of a store's call lines."""
    return f"{store}#calls"


def web_history(store: StoreId, number: StoreProductId) -> str:
    """Return the partition of the lines of a BigCommerce product that has no POS product."""
    return f"{store}#w#{number}"


def moment(at_ms: int) -> str:
    """Return a time (epoch ms) as a part of a sort key: as texts they are in order."""
    return f"{at_ms:013d}"


HOUR = "hour#"
OF_ORDERS = "#orders"
"""What the sort keys of the lags of an hour begin with, and those of the function `orders` end with."""


def hour(number: int) -> str:
    """Return the sort key of the lags of an hour, given in hours since the epoch (UTC)."""
    return f"{HOUR}{datetime.fromtimestamp(number * 3_600, UTC):%Y%m%d%H}"


def hour_of(sort_key: str) -> int:
    """Return the hour of such a key. Raise ValueError for one that it cannot be."""
    text = sort_key.removeprefix(HOUR).removesuffix(OF_ORDERS)
    return int(datetime.strptime(text, "%Y%m%d%H").replace(tzinfo=UTC).timestamp()) // 3_600


def oversold(store: StoreId) -> str:
    """Return the partition, in the table of web orders, of what was sold more often than there was."""
    return f"{store}#oversold"


REPLACED_BY = "replaced-by#"
"""What the sort keys of products as they were before a push that people asked for begin with. `replaced#` would
not tell a job and its product from a product with such an id."""


def replaced(product: str) -> str:
    """Return the sort key of a product as it was before a first push replaced it."""
    return f"replaced#{sort_part(product)}"


def replaced_part(token: str, place: int) -> str:
    """Return the sort key of one part of a replaced product that is too long for one row."""
    return f"replaced-part#{token}#{place:04d}"


def befores(job: str) -> str:
    """Return what the sort keys begin with of the products that a job's push was about to change."""
    return f"{REPLACED_BY}{job}{_ENDS_TERM}"


def before(job: str, product: str) -> str:
    """Return the sort key of a product as it was before a job's push."""
    return befores(job) + sort_part(product)


def listed_orders(store: StoreId) -> Key:
    """Return the key of how far the POS's list of web orders was read, beside the orders."""
    return key(store, "listed")


def short(text: str) -> str:
    """Return a digest of a text, to tell rows of one moment apart."""
    return sha256(text.encode()).hexdigest()[:16]


def sort_part(text: str) -> str:
    """Return a text as a part of a sort key: itself, or its digest where it is long."""
    packed = text.encode()
    return text if len(packed) <= _LONGEST_PART else sha256(packed).hexdigest()
