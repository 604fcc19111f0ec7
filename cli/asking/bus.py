"""People's requests as events on the bus."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from getpass import getuser
from itertools import batched
from typing import Any

from ulid import ULID

from cli.deployment.target import Target
from sandbox.pos.bus import BusPublisher

SOURCE = "tillbridge.cli"
IDS_AN_EVENT = 200


def push_requests(store: str, products: Sequence[str]) -> Iterator[dict[str, Any]]:
    """`push.requested` for any number of products: 200 an event, each telling the whole's size."""
    offset = 0
    for part in batched(products, IDS_AN_EVENT, strict=False):
        data = {"product_ids": list(part), "total": len(products), "offset": offset}
        yield request("push.requested", store, data)
        offset += len(part)


def request(detail_type: str, store: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """One event from a person at the command line."""
    metadata = {
        "event_id": str(ULID()),
        "schema_version": "1.0",
        "store_id": store,
        "occurred_at": datetime.now(UTC).isoformat(),
        "requested_by": _person(),
    }
    return {
        "source": SOURCE,
        "detail-type": detail_type,
        "detail": {"metadata": metadata, "data": dict(data)},
    }


def put(target: Target, entries: Sequence[dict[str, Any]]) -> None:
    """Puts events on the deployment's bus. Raises sandbox.pos.publisher.PublishError."""
    publisher = BusPublisher(target.client("events"), target.outputs["bus_name"])
    publisher.publish(list(entries))


def _person() -> str:
    try:
        return getuser()
    except (KeyError, OSError):
        return "somebody"
