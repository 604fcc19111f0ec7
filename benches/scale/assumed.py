"""What the model takes for granted: times and limits that nothing here can measure, each with where it
comes from. Seconds and counts; prices are in `benches/helpers/prices.py`."""

# --- BigCommerce and the POS: chosen, not measured; a call as long as in `tests/busy_world.py` ------
CALL_S = 0.4
"""The median of a write call; calls are spread log-normally around it."""
CALL_SPREAD = 0.45
"""Sigma of that: one call in twenty takes twice the median."""
POS_READ_S = 0.1
QUOTA, QUOTA_WINDOW_S = 150, 30.0
"""The standard plan (docs/sandbox-store.md)."""
OTHER_APPS = 0.1
"""The part of the quota that a store's other apps spend, evenly."""
CALL_FAILS = 0.0002
"""One call in five thousand ends in an outage of its store."""

# --- AWS: as its pages say of us-east-1 in 2026; times are chosen ----------------------------------
VCPU_MB = 1_769
"""The memory of a function that has one processor core (Lambda, Configuring memory)."""
REQUEST_S = 0.004
"""One request to DynamoDB, without the caller's processor time: single-digit milliseconds."""
BUS_S, QUEUE_S = 0.15, 0.03
"""From PutEvents to the queue, and from a queue to its function."""
COLD_START_S = 0.7
"""2.1 times a bare boto3 client (docs/performance.md, Start of a function), which takes 0.25 to 0.33 s."""
WARM_S = 420.0
"""How long a container without work is kept: minutes, as often observed."""
ACCOUNT_CONCURRENCY = 1_000
"""Functions at once in an account that asked for no more."""
PUT_EVENTS_A_S = 10_000
FIFO_MESSAGES_A_S = 3_000
"""Without batching, in high throughput mode, in the regions with the least."""
PARTITION_WRITES_A_S = 1_000
TABLE_WRITES_A_S = 40_000
"""Of an on-demand table, unless a quota was raised."""

SECRETS_A_STORE, SECRETS_AT_MOST, SECRET_READS_A_S = 2, 500_000, 10_000
"""Of an account and region. Each drain reads both at most."""
HOOKS_A_S = 500
"""The throttle of HooksApi in template.yaml."""
HOOKS_AN_ORDER, WEB_ORDERS_A_SALE = 4, 0.1
"""Chosen: placed, paid, its stock moved, shipped."""

# --- What else runs, for limits that are computed and not played -----------------------------------
SWEEP_STORE_S = 0.00073
"""7.3 s for 10,000 stores (docs/performance.md, A sweep of 10,000 stores)."""
SWEEP_LONGEST_S = 180.0
RECONCILE_S = 2.0
"""An hourly run that finds nothing: two calls and its tables."""
FULL_RECONCILE_S = 60.0
"""A nightly run of 10,000 products: 40 reads, 2.2 s of processor (docs/reconcile.md, Cost) at a
seventh of a core, and the POS's pages."""
NIGHT_S = 8 * 3_600.0

# --- Work that is paid for ------------------------------------------------------------------------
REQUESTS_A_MESSAGE = 3
"""Sent, received, deleted."""
LOG_KB_A_CALL = 1.0
"""What a function logs of one invocation, about."""
POLLS_A_MONTH = 5 * 3 * 60 * 24 * 30
"""Of one event source with an empty queue: five pollers, twenty seconds each."""
BUSY_HOURS_A_MONTH = 300
"""Ten hours a day as busy as the one that is played; at other times nothing happens."""
