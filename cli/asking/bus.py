"""Requests from the person at the command line, as events on the bus."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from getpass import getuser
from typing import Any

from ulid import ULID

from cli.deployment.target import Target
from sandbox.pos.bus import BusPublisher

SOURCE = "tillbridge.cli"

PRODUCTS_AN_EVENT = 200
"""How many products an event of ours names, which keeps it far below what the bus takes."""


def request(detail_type: str, store: str, data: Mapping[str, Any], job: str = "") -> dict[str, Any]:
    """Return an event, to put on the bus, that names the person at the command line. `job`: what the events of one
    request share; without one it is a request of its own."""
    metadata = {
        "event_id": str(ULID()),
        "schema_version": "1.0",
        "store_id": store,
        "occurred_at": datetime.now(UTC).isoformat(),
        "requested_by": person(),
    }
    return {
        "source": SOURCE,
        "detail-type": detail_type,
        "detail": {"metadata": metadata, "data": {**data, **({"job": job} if job else {})}},
    }


def new_job() -> str:
    """Return what the events of one request share."""
    return str(ULID())


def put(target: Target, entries: Sequence[dict[str, Any]]) -> None:
    """Put events on the deployment's bus. Raise sandbox.pos.publisher.PublishError."""
    publisher = BusPublisher(target.client("events"), target.outputs["bus_name"])
    publisher.publish(list(entries))


def person() -> str:
    """Return the name of the person at the command line."""
    try:
        return getuser()
    except (KeyError, OSError):
        return "somebody"
