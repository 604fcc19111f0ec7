"""/_sandbox: counters, hazards, snapshots and comparisons; no token, this machine only."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.bigcommerce.lab.audit import duplicates, owned_diff, owned_state
from sandbox.bigcommerce.lab.seeding import seed_products
from sandbox.bigcommerce.lab.snapshot import snapshot
from sandbox.bigcommerce.state.hazards import Hazard
from sandbox.bigcommerce.state.store import Store, Traffic

LOCAL = frozenset({"127.0.0.1", "::1", "testclient"})
Endpoint = Callable[[Request], Awaitable[Response]]


def control_routes(store: Store) -> list[Route]:
    """Return the routes of the control API."""
    work: dict[tuple[str, str], Callable[[Store, Any, dict[str, str]], Any]] = {
        ("GET", "/counts"): _counts,
        ("DELETE", "/counts"): _reset,
        ("GET", "/hazards"): _hazards,
        ("PUT", "/hazards"): _set_hazard,
        ("DELETE", "/hazards"): _clear_hazards,
        ("GET", "/snapshot"): _snapshot,
        ("POST", "/seed"): _seed,
        ("POST", "/settle"): _settle,
        ("POST", "/reset"): _new_store,
        ("GET", "/touches"): _touches,
        ("POST", "/owned/mark"): _mark,
        ("GET", "/owned/diff"): _diff,
        ("GET", "/duplicates"): _duplicates,
    }
    return [
        Route(path, _endpoint(store, do), methods=[method]) for (method, path), do in work.items()
    ]


def _endpoint(store: Store, do: Callable[[Store, Any, dict[str, str]], Any]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        if request.client is None or request.client.host not in LOCAL:
            return JSONResponse({"error": "Only this machine may use /_sandbox."}, 403)
        raw = await request.body()
        payload = await request.json() if raw else None
        try:
            return JSONResponse(do(store, payload, dict(request.query_params)))
        except (ValueError, KeyError, TypeError) as error:
            return JSONResponse({"error": str(error)}, 422)

    return endpoint


def _counts(store: Store, _payload: Any, query: dict[str, str]) -> Any:
    """Return calls by operation in all and by agent (a prefix may be asked for)."""
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


def _reset(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    store.traffic = Traffic(in_flight=store.traffic.in_flight)
    store.quota.refused.clear()
    return {}


def _hazards(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
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


def _set_hazard(store: Store, payload: Any, _query: dict[str, str]) -> Any:
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
    return _hazards(store, None, {})


def _clear_hazards(store: Store, _payload: Any, query: dict[str, str]) -> Any:
    store.clear_hazards(query.get("name"))
    return _hazards(store, None, {})


def _snapshot(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    return snapshot(store)


def _seed(store: Store, payload: Any, _query: dict[str, str]) -> Any:
    return seed_products(store, payload)


def _settle(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    """Let all stock that is under way arrive now."""
    store.settling.settle(store.db, everything=True)
    return {}


def _new_store(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    store.reset()
    return {}


def _touches(store: Store, _payload: Any, query: dict[str, str]) -> Any:
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


def _mark(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    store.owned_mark = (len(store.ledger), owned_state(store.db))
    return {"marked": len(store.owned_mark[1])}


def _diff(store: Store, _payload: Any, query: dict[str, str]) -> Any:
    return owned_diff(store, query.get("agent", ""))


def _duplicates(store: Store, _payload: Any, _query: dict[str, str]) -> Any:
    return duplicates(store.db)
