"""The only reader of the environment."""

import os
from dataclasses import dataclass, fields
from functools import cache
from urllib.parse import urlsplit


class VariableMissingError(RuntimeError):
    """The deployment left out environment variables; the message names all of them."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The environment that the template gives every function: one upper-case variable per field.

    Tables and the bus are given by name, queues by URL. `claim_buckets`: the buckets that claim
    checks may point into, separated by commas. `secret_prefix`: what the names of our secrets begin
    with. `own_account`: the number of the AWS account that the stack is in."""

    bus_name: str
    links_table: str
    pending_table: str
    stores_table: str
    read_model_table: str
    counters_table: str
    orders_table: str
    history_table: str
    pos_events_queue_url: str
    pos_events_dlq_url: str
    claim_parts_queue_url: str
    store_work_queue_url: str
    wakes_queue_url: str
    orders_queue_url: str
    reconcile_queue_url: str
    requests_queue_url: str
    requests_dlq_url: str
    imports_queue_url: str
    claim_buckets: str
    secret_prefix: str
    own_account: str


@cache
def environment() -> Environment:
    """Return the environment, read on first call. Raise VariableMissingError."""
    return _read(Environment)


@dataclass(frozen=True, slots=True)
class ConsoleEnvironment:
    """What the template gives the function `console` alone, each as the template's parameter says."""

    console_issuer: str
    console_client_id: str
    console_url: str
    console_claim: str
    bigcommerce_url: str
    kms_key_arn: str


def pos_polls_queue_url() -> str:
    """Return the queue that starts polls, '' where no POS is polled; those that start polls are told."""
    return os.environ.get("POS_POLLS_QUEUE_URL", "")


def pos_mirror_table() -> str:
    """Return the table of the mirror, '' where no POS is polled; those that read it are told."""
    return os.environ.get("POS_MIRROR_TABLE", "")


@cache
def console_environment() -> ConsoleEnvironment:
    """Return what `console` alone is told, read on first call. Raise VariableMissingError."""
    return _read(ConsoleEnvironment)


def _read[T](kind: type[T]) -> T:
    names = {field.name: field.name.upper() for field in fields(kind)}  # type: ignore[arg-type]  # a dataclass
    missing = [name for name in names.values() if name not in os.environ]
    if missing:
        raise VariableMissingError(f"Not set in the environment: {', '.join(missing)}")
    return kind(**{field: os.environ[name] for field, name in names.items()})


def starts_on_lambda() -> bool:
    """Return whether Lambda is starting this process: it sets AWS_LAMBDA_INITIALIZATION_TYPE."""
    return "AWS_LAMBDA_INITIALIZATION_TYPE" in os.environ


def hooks_address() -> str:
    """Return where BigCommerce and vendors reach this deployment's webhooks; who cares for them is told."""
    return os.environ.get("HOOKS_ADDRESS", "")


def lab_host() -> str:
    """Return the host of a lab's AWS that is called without TLS, '' on real AWS.

    Containers of `sam local` reach the lab's servers there under another name than loopback. The
    tokens come from that host in clear text already."""
    endpoint = urlsplit(os.environ.get("AWS_ENDPOINT_URL", ""))
    return (endpoint.hostname or "") if endpoint.scheme == "http" else ""
