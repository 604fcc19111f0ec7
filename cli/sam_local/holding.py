"""A local world that containers work on, for a while: they reach its store and POS, and nobody else reads its queues."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from cli.deployment.target import Target
from cli.sam_local.template import as_seen_inside
from tillbridge.domain.ids import StoreId


@contextmanager
def held_for_containers(target: Target, store: StoreId, host: str) -> Iterator[None]:
    """Keep a world so until exit. `host`: the address under which containers see this machine."""
    with _reachable(target, store, host), _paused(target):
        yield


@contextmanager
def _reachable(target: Target, store: StoreId, host: str) -> Iterator[None]:
    """Connect the store under addresses that containers reach, for a while."""
    before = target.stores.find(store)
    assert before is not None, "a local world connects its store"
    seen = replace(
        before,
        api_url=as_seen_inside(before.api_url, host),
        pos_account=replace(
            before.pos_account, address=as_seen_inside(before.pos_account.address, host)
        ),
    )
    target.stores.save_connection(seen)
    try:
        yield
    finally:
        target.stores.save_connection(before)


@contextmanager
def _paused(target: Target) -> Iterator[None]:
    """Keep the local AWS from delivering queue messages, for a while."""
    lambdas = target.client("lambda")
    sources = [
        source["UUID"] for source in lambdas.list_event_source_mappings()["EventSourceMappings"]
    ]
    for source in sources:
        lambdas.update_event_source_mapping(UUID=source, Enabled=False)
    try:
        yield
    finally:
        for source in sources:
            lambdas.update_event_source_mapping(UUID=source, Enabled=True)
