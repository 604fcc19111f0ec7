"""The only reader of the environment."""

import os
from dataclasses import dataclass, fields
from functools import cache


class SettingMissingError(RuntimeError):
    """The deployment left out an environment variable; names all that are missing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the template tells every function: one upper-case variable per field.

    Tables and the bus by name, queues by URL. `claim_buckets`: comma-separated, the buckets that
    claim checks may point into. `secret_prefix`: what the names of our secrets begin with."""

    bus_name: str
    links_table: str
    pending_table: str
    stores_table: str
    local_copy_table: str
    counters_table: str
    pos_events_queue_url: str
    pos_events_dlq_url: str
    claim_parts_queue_url: str
    store_work_queue_url: str
    wakes_queue_url: str
    reconcile_queue_url: str
    requests_queue_url: str
    requests_dlq_url: str
    imports_queue_url: str
    claim_buckets: str
    secret_prefix: str


@cache
def settings() -> Settings:
    """Reads the environment on first call. Raises SettingMissingError."""
    names = {field.name: field.name.upper() for field in fields(Settings)}
    missing = [name for name in names.values() if name not in os.environ]
    if missing:
        raise SettingMissingError(f"Not set in the environment: {', '.join(missing)}")
    return Settings(**{field: os.environ[name] for field, name in names.items()})


def starts_on_lambda() -> bool:
    """Whether Lambda is starting this process (it sets AWS_LAMBDA_INITIALIZATION_TYPE itself)."""
    return "AWS_LAMBDA_INITIALIZATION_TYPE" in os.environ
