"""The operations of the control API: read and set a store's counters, hazards and ledger."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sandbox.bigcommerce.hooks.telling import tell
from sandbox.bigcommerce.lab.audit import duplicates, owned_diff, owned_state
from sandbox.bigcommerce.lab.seeding import seed_products
from sandbox.bigcommerce.lab.snapshot import snapshot
from sandbox.bigcommerce.state.hazards import Hazard
from sandbox.bigcommerce.state.store import Store, Traffic

# Takes a store, a call's body and its query; returns what is sent as JSON.
ControlAction = Callable[[Store, Any, dict[str, str]], Any]


def counts(store: Store, _payload: Any, query: dict[str, str]) -> Any:
    """Return calls by operation and by agent; "calls" counts agents with the given prefix only."""
    prefix = query.get("agent", "")
    traffic = store.traffic
    total: Counter[str] = Counter()
    for agent, calls in traffic.calls.items():
        if agent.startswith(prefix):
            total.update(calls)
    return {
        "calls": dict(total),
        "by_agent": {agent: dict(calls) for agent, calls in traffic.calls.items()},
        "statuses": {agent: dict(found) for agent, found in traffic.statuses.items()},
        "refused_429": dict(traffic.refused_429),
        "foreign_refused_429": store.quota.refused["foreign-app"],
        "most_in_flight": traffic.most_in_flight,
        "overlaps": traffic.overlaps,
        "stock_pending": store.settling.pending(),
    }


def reset_counts(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    """Set all counters to zero."""
    store.traffic = Traffic(in_flight=store.traffic.in_flight)
    store.quota.refused.clear()
    return {}


def make_token(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Make an API account: its token, and the scopes that it has; with `scopes` null it is deleted."""
    token, scopes = str(payload["token"]), payload["scopes"]
    if scopes is None:
        store.tokens.pop(token, None)
    else:
        store.tokens[token] = frozenset(map(str, scopes))
    return {}


def hazards(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    """Return the hazards that are on."""
    return [
        {
            "name": hazard.name,
            "probability": hazard.probability,
            "remaining": hazard.remaining,
            "method": hazard.method,
            "path": hazard.path,
            "agent": hazard.agent,
            "params": hazard.params,
            "struck": hazard.struck,
        }
        for hazard in store.hazards.listed()
    ]


def set_hazard(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Switch a hazard on; return all that are on. Raises ValueError for an unknown one."""
    hazard = Hazard(
        payload["name"],
        probability=float(payload.get("probability", 1)),
        remaining=payload.get("remaining"),
        method=payload.get("method"),
        path=payload.get("path"),
        agent=payload.get("agent"),
        params=payload.get("params") or {},
    )
    store.set_hazard(hazard, payload.get("seed"))
    return hazards(store, None, {})


def clear_hazards(store: Store, _payload: Any, query: dict[str, str]) -> Any:
    """Switch off the hazard the query names, or all; return those still on."""
    store.clear_hazards(query.get("name"))
    return hazards(store, None, {})


def take_snapshot(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    """Return the complete state of the store."""
    return snapshot(store)


def seed(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Insert products past the API; return their ids."""
    return seed_products(store, payload)


def settle(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    """Apply all accepted stock writes now."""
    store.settling.settle(store.db, everything=True)
    tell(store)
    return {}


def wait(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Let seconds pass for the writes that are carried out late; return how many still wait."""
    store.late.wait(float(payload["seconds"]))
    return {"waiting": len(store.late)}


def hooks(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    """Return the calls made to hooks, the notices sent, and how many calls wait."""
    book = store.hooks
    with book.lock:
        attempts = [asdict(attempt) for attempt in book.attempts]
        return {**book.waiting(), "attempts": attempts, "mails": list(book.mails)}


def pass_time_of_hooks(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    """Let BigCommerce's seconds pass for retries, blocks and new hooks."""
    store.hooks.pass_time(float(payload["seconds"]))
    return {}


def reset(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    """Reset the store: no products, no hazards, all counters at zero."""
    store.reset()
    return {}


def touches(store: Store, _payload: Any, query: dict[str, str]) -> Any:
    """Return the ledger's writes after number `since` by agents with the given prefix."""
    prefix, since = query.get("agent", ""), int(query.get("since", "0"))
    return [
        {
            "seq": touch.seq,
            "agent": touch.agent,
            "action": touch.action,
            "product_id": touch.product_id,
            "variant_id": touch.variant_id,
            "sent": touch.sent,
            "changed": touch.changed,
        }
        for touch in store.ledger[since:]
        if touch.agent.startswith(prefix)
    ]


def mark_owned(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    """Remember the present BigCommerce-owned values; return the number of records."""
    store.owned_mark = (len(store.ledger), owned_state(store.db))
    return {"marked": len(store.owned_mark[1])}


def diff_owned(store: Store, _payload: Any, query: dict[str, str]) -> Any:
    """Return the BigCommerce-owned values that changed since the mark, and who sent them."""
    return owned_diff(store, query.get("agent", ""))


def list_duplicates(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    """Return the store's duplicates."""
    return duplicates(store.db)
