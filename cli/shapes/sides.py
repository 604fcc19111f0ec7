"""The verdict of a comparison of both sides, and the figures of the demos."""

from typing import Any, NotRequired, TypedDict

from cli.shapes.runs import Finding, Run


class Mismatch(TypedDict):
    """A field that differs; the values are for people. `too`: of a level, high or low; `pos` is what should be online."""

    pos_id: str
    bigcommerce_id: NotRequired[int]
    field: str
    pos: str
    store: str
    words: str
    variant: NotRequired[str]
    too: NotRequired[str]


class Duplicate(TypedDict):
    """What exists more than once."""

    kind: str
    what: str
    where: list[str]
    words: str


class Touch(TypedDict):
    """A value of BigCommerce's own that is no longer as the web staff left it; null is blank, decimals are text."""

    bigcommerce_id: int
    field: str
    before: Any
    after: Any
    words: str
    variant: NotRequired[int]


class Named(TypedDict):
    """A product that only one side has, or whose link has a problem."""

    words: str
    name: str
    pos_id: NotRequired[str]
    bigcommerce_id: NotRequired[int]
    code: str


class OrderFinding(TypedDict):
    """What is to be said of a web order."""

    order: int
    kind: str
    words: str


class Compared(TypedDict):
    """Both sides, compared field by field. `ok`: no promise is broken. Of orders nothing is known while `web_orders`
    is off."""

    ok: bool
    pos_products: int
    store_products: int
    compared_products: int
    compared_variants: int
    owned_compared: bool
    web_orders: str
    orders: int
    orders_unasked: int
    seconds: float
    mismatches: list[Mismatch]
    bigcommerce_owned_touched: list[Touch]
    duplicates: list[Duplicate]
    missing_online: list[Named]
    behind: list[Mismatch]
    failed: list[Named]
    broken: list[Named]
    not_linked: list[Named]
    unknown_online: list[Named]
    orders_wrong: list[OrderFinding]
    orders_waiting: list[OrderFinding]


class DemoFailed(TypedDict):
    """A product that was refused."""

    product: str
    code: str
    words: str


class SkippedRow(TypedDict):
    """A row of a file that was left out."""

    file: str
    row: int
    code: str
    reason: str


class Percentiles(TypedDict):
    """Seconds: the median, and what 95 % stayed below."""

    p50: float
    p95: float


class Spread(Percentiles):
    """The same, and the longest."""

    max: float


class DemoEdit(TypedDict):
    """A value of the POS's that a vandal edited online."""

    bigcommerce_id: int
    field: str


class DemoDrift(TypedDict):
    """What a vandal did, and what reconcile found and repaired."""

    pos_owned_edits: list[DemoEdit]
    bigcommerce_owned_edits: int
    deleted: list[int]
    events_lost: list[str]
    found: list[Finding]
    runs: list[Run]
    promises_broken: list[str]


class DemoPos(TypedDict):
    """What a vendor's POS was asked in a demo. `most_calls`: as many calls as its API needs for it, at most."""

    calls: dict[str, int]
    most_calls: int
    own_429: int
    polls: int


class DemoDay(TypedDict):
    """The figures of a day; `drift` with --drift, `pos` with a vendor's POS."""

    products: int
    variants: int
    linked: int
    failed: list[DemoFailed]
    skipped_rows: list[SkippedRow]
    events: int
    happened: dict[str, int]
    creates: int
    updates: int
    mismatches: list[Mismatch | Named]
    bigcommerce_owned_touched: list[Touch]
    duplicates: list[Duplicate]
    api_calls: dict[str, int]
    least_calls: int
    own_429: int
    dead_letters: int
    lag_seconds: Percentiles
    seconds: float
    promises_broken: list[str]
    notes: list[str]
    pos: NotRequired[DemoPos]
    drift: NotRequired[DemoDrift]


class DemoImport(TypedDict):
    """The figures of an import."""

    seeded: int
    outcomes: dict[str, int]
    held: dict[str, list[str]]
    departments: list[str]
    skus: int
    edited: int
    echoes: int
    bigcommerce_reads_of_import: dict[str, int]
    bigcommerce_writes_of_import: int
    bigcommerce_skus_changed: list[str]
    held_lost: list[str]
    mismatches: list[str]
    own_429: int
    dead_letters: int
    seconds: float
    left_out: list[str]
    promises_broken: list[str]


class DemoSoldTwice(TypedDict):
    """A unit that was sold twice, and why."""

    product: str
    web_order: str
    cause: str
    cause_by_the_logs: str
    would_have_prevented: str


class DemoSaturday(TypedDict):
    """The figures of a Saturday on which shop and web sell the same goods."""

    orders_placed: int
    orders_booked_once: int
    levels_set: int
    oldest_orders_seconds: float
    unit_seconds_too_high: float
    oversold: dict[str, int]
    oversold_explained: list[DemoSoldTwice]
    there_again_before_it_was_read: int
    booked_after_seconds: Spread
    lag_seconds: Percentiles
    api_calls: dict[str, int]
    hook_calls: int
    slices_killed: int
    seconds: float
    promises_broken: list[str]
