"""What an event says of the request that it is part of."""

from dataclasses import dataclass

from tillbridge.domain.events import Event
from tillbridge.domain.jobs import Job
from tillbridge.domain.link_requests import LinkEvent
from tillbridge.domain.selection import Do


@dataclass(frozen=True, slots=True)
class Asked:
    """A job, and which of its products an event names: so many of them, from a place on."""

    job: Job
    offset: int
    products: int


def asked_of(event: Event | LinkEvent, now_ms: int) -> Asked:
    """Return what a person's event asks for. `now_ms`: when it was taken in (epoch ms)."""
    # One that is named twice has one outcome.
    count = len({product for product, _ in event.products})
    do = Do(event.kind.value) if isinstance(event, LinkEvent) else Do.PUSH
    total = max(event.total, event.offset + count)
    job = Job(event.job, event.store, do, event.by, now_ms, total, event.plan)
    return Asked(job, event.offset, count)
