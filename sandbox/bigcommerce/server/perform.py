"""Running one call: admission, delays, the handler, and the hazards around it."""

import asyncio
import time
from dataclasses import dataclass
from functools import partial
from typing import Any

from sandbox.bigcommerce.calls.call import Answer, Call, Operation
from sandbox.bigcommerce.calls.errors import Refusal
from sandbox.bigcommerce.hooks.telling import tell
from sandbox.bigcommerce.server.gate import (
    IncomingCall,
    admit,
    gateway_error,
    scopes_of,
    server_error,
)
from sandbox.bigcommerce.server.routing import Match
from sandbox.bigcommerce.state.store import Store

STOCK = "/inventory/adjustments/"
# The documented limits of concurrent calls to an endpoint.
CONCURRENT = {"/catalog/trees/{tree_id}/categories": 1, "/inventory/locations": 50}
BATCHES = ("/catalog/products", "/catalog/variants")


@dataclass(slots=True)
class Outcome:
    """What to send: an answer, whole or cut ('all' or 'body'), at once or in parts.

    drop_seconds: the pause before each twentieth of the body (hazard trickle).
    """

    answer: Answer
    cut: str = ""
    drop_seconds: float = 0


async def perform(
    store: Store, incoming: IncomingCall, match: Match | None, query: dict[str, str], raw: bytes
) -> Outcome:
    """Admit a call or refuse it, run it, and return what its client receives."""
    try:
        operation = admit(store, incoming, match)
    except Refusal as refusal:
        return Outcome(_refused(store, refusal, incoming))
    assert match is not None
    call = Call(
        store,
        incoming.agent,
        incoming.method,
        match.template,
        incoming.path,
        match.params,
        query,
        raw,
        scopes_of(store, incoming) or frozenset(),
    )
    kind = _kind(call)
    store.enter(kind, call.template)
    try:
        if _crowded(store, call):
            return Outcome(Answer(429, "", {}, "text/html"))
        await _wait(store, call, raw)
        broken = server_error(store, incoming)
        if broken is not None:
            return Outcome(_with_quota(store, broken))
        if _brand_race(store, call):
            return Outcome(Answer(500), "all")
        unanswered = _comes_late(store, operation, call)
        if unanswered is not None:
            return unanswered
        store.late.carry_out_due()
        answer = _work(store, operation, call)
    finally:
        store.leave(kind, call.template)
    return _after(store, call, answer)


def _crowded(store: Store, call: Call) -> bool:
    """Return whether more calls are under way than the platform allows (a 429 without headers)."""
    most = CONCURRENT.get(call.template)
    if most is not None and store.under_way[call.template] > most:
        return True
    cap = store.hazards.get("concurrency-cap")
    if cap is None or store.traffic.in_flight.total() <= int(cap.params.get("most", 3)):
        return False
    return bool(call.strikes("concurrency-cap"))


def _kind(call: Call) -> str:
    if call.path.startswith(STOCK):
        return "stock"
    return "catalog" if call.method == "PUT" and call.path in BATCHES else "other"


async def _wait(store: Store, call: Call, raw: bytes) -> None:
    seconds = store.config.latency_ms / 1000
    slow = call.strikes("slow")
    if slow is not None:
        seconds += float(slow.params.get("seconds", 25))
    if call.method in ("POST", "PUT") and b'"image_url"' in raw:
        fetching = call.strikes("image-slow")
        if fetching is not None:
            seconds += float(fetching.params.get("seconds", 25))
    if seconds:
        await asyncio.sleep(seconds)  # an answer takes its time


def _comes_late(store: Store, operation: Operation, call: Call) -> Outcome | None:
    """Return what a client receives of a write that is carried out later (hazard applied-late), None
    for any other call."""
    late = None if call.method == "GET" else call.strikes("applied-late")
    if late is None:
        return None
    seconds = float(late.params.get("seconds", 840))
    store.late.add(seconds, partial(_work, store, operation, call))
    if late.params.get("how", "drop") == "504":
        return Outcome(_with_quota(store, gateway_error(504)))
    return Outcome(Answer(500), "all")


def _work(store: Store, operation: Operation, call: Call) -> Answer:
    """Apply the stock that is due, then run the handler in a transaction."""
    store.settling.settle(store.db)
    noted, told = len(store.ledger), len(store.outbox)
    store.db.run("BEGIN")
    try:
        answer = operation.handler(call)
    except Refusal as refusal:
        if refusal.keeps:
            store.db.run("COMMIT")
        else:
            store.db.run("ROLLBACK")
            del store.ledger[noted:]
            store.outbox.cut(told)
        return _refused(store, refusal, None, operation.version)
    except BaseException:
        store.db.run("ROLLBACK")
        raise
    store.db.run("COMMIT")
    tell(store)
    if call.path.startswith("/catalog/brands") and call.method in ("POST", "PUT"):
        store.brand_written_at = time.monotonic()
    return _with_quota(store, answer)


def _after(store: Store, call: Call, answer: Answer) -> Outcome:
    if answer.status < 300:
        lost = None
        if call.method != "GET":
            lost = call.strikes("lost-reply")
        if lost is not None:
            if lost.params.get("how", "drop") == "500":
                return Outcome(_with_quota(store, Answer(500, "", {}, "text/html")))
            return Outcome(answer, "all")
        if call.strikes("reset-mid-body"):
            return Outcome(answer, "body")
        if call.strikes("new-field"):
            _add_new_fields(answer.body)
    trickle = call.strikes("trickle")
    if trickle is not None:
        return Outcome(answer, "", float(trickle.params.get("seconds", 25)) / 20)
    return Outcome(answer)


def _add_new_fields(body: Any) -> None:
    """Add an unknown field to every record, and make its view_count a string (hazard new-field)."""
    data = body.get("data") if isinstance(body, dict) else None
    for record in data if isinstance(data, list) else [data]:
        if isinstance(record, dict):
            record["sandbox_new_field"] = {"since": "today"}
            if "view_count" in record:
                record["view_count"] = str(record["view_count"])


def _brand_race(store: Store, call: Call) -> bool:
    """Return whether a product create comes too soon after a brand write (hazard brand-race)."""
    if call.method != "POST" or call.path != "/catalog/products":
        return False
    hazard = store.hazards.get("brand-race")
    if hazard is None:
        return False
    within = float(hazard.params.get("ms", 1000)) / 1000
    fresh = time.monotonic() - store.brand_written_at < within
    return fresh and bool(call.strikes("brand-race"))


def _refused(
    store: Store, refusal: Refusal, incoming: IncomingCall | None, version: str = "v3"
) -> Answer:
    body = refusal.body
    if (incoming.version if incoming else version) == "v2" and isinstance(body, dict):
        body = [{"status": refusal.status, "message": body.get("title", "")}]
    answer = Answer(refusal.status, body, {}, refusal.media_type)
    bare = refusal.status == 429 and refusal.body == ""
    if bare:
        return answer
    answer = _with_quota(store, answer)
    if refusal.status == 429:
        answer.headers["X-Retry-After"] = str(-(-store.quota.reset_ms() // 1000))
    return answer


def _with_quota(store: Store, answer: Answer) -> Answer:
    answer.headers.update(store.quota.headers())
    return answer
