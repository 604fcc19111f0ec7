"""Jobs, and the keys of their outcomes, as items."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item
from tillbridge.domain.history.product_line import FAILURES, Did, ProductLine
from tillbridge.domain.ids import StoreId
from tillbridge.domain.jobs import Job
from tillbridge.domain.selection import Do
from tillbridge.ports.jobs import Outcomes

log = logging.getLogger(__name__)

log = logging.getLogger(__name__)


def job_values(job: Job) -> dict[str, Any]:
    """Return what a job says from its beginning."""
    return {
        "do": job.do.value,
        "by": job.by,
        "asked_ms": job.asked_ms,
        "total": job.total,
        "plan": job.plan,
    }


def job_of(store: StoreId, values: Mapping[str, Any]) -> Job:
    """Return the job that an item's plain values hold."""
    return Job(
        id=values["sk"].removeprefix(keys.JOB),
        store=store,
        do=Do(values["do"]),
        by=values["by"],
        asked_ms=values["asked_ms"],
        total=values["total"],
        plan=values["plan"],
        taken=sum(int(each.partition("+")[2]) for each in values.get("taken", ())),
        empty_ms=values.get("empty_ms", 0),
        ended_ms=values.get("ended_ms", 0),
        done=values.get("done", 0),
        failed=values.get("failed", 0),
    )


def jobs_of(store: StoreId, items: Iterable[Item]) -> Iterator[Job]:
    """Yield the jobs that items hold. One that cannot be read is logged and left out."""
    for item in items:
        try:
            job = job_of(store, from_item(item))
        except Exception as problem:  # noqa: BLE001 - whatever is wrong with one job
            extra = {"store_id": store, "row": item["sk"]["S"], "why": repr(problem)}
            log.warning("a job cannot be read", extra=extra)
            continue
        yield job


def outcome_key(line: ProductLine) -> str:
    """Return an outcome's key in the index by job. Failures come first there: of a long list they are what
    people read. It has only an id that is BigCommerce's: the POS's may fill a key alone, and is in the partition
    of the line, which the index has, too."""
    number = line.asked_as if line.asked_as != line.product else ""
    return f"{0 if line.did in FAILURES else 1}{line.did}#{number}"


def newest_outcomes(store: StoreId, items: Iterable[Item], *, more: bool) -> Outcomes:
    """Return what the keys of outcomes say; of two of one product the newer one, by the time in its key.
    One whose word only another release knows is logged and left out."""
    did: dict[str, Did] = {}
    places: dict[str, str] = {}
    for item in items:
        kind, _, number = item["did_to"]["S"][1:].partition("#")
        product = number or item["pk"]["S"].removeprefix(keys.product_history(store, ""))
        place = item["sk"]["S"]
        if kind not in Did:
            log.warning("an outcome is of another release", extra={"store_id": store, "did": kind})
            continue
        if place > places.get(product, ""):
            did[product], places[product] = Did(kind), place
    at_ms = {product: int(place.partition("#")[0]) for product, place in places.items()}
    return Outcomes(did, more, at_ms, places)
