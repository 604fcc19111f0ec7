"""/_sandbox: counters, hazards, snapshots and comparisons; no token, this machine only."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.bigcommerce.lab import control, shop
from sandbox.bigcommerce.state.store import Store

LOCAL = frozenset({"127.0.0.1", "::1", "testclient"})
Endpoint = Callable[[Request], Awaitable[Response]]


def control_routes(store: Store) -> list[Route]:
    """Return the routes of the control API."""
    actions: dict[tuple[str, str], control.ControlAction] = {
        ("GET", "/counts"): control.counts,
        ("DELETE", "/counts"): control.reset_counts,
        ("GET", "/hazards"): control.hazards,
        ("PUT", "/hazards"): control.set_hazard,
        ("DELETE", "/hazards"): control.clear_hazards,
        ("PUT", "/tokens"): control.make_token,
        ("GET", "/snapshot"): control.take_snapshot,
        ("POST", "/seed"): control.seed,
        ("POST", "/settle"): control.settle,
        ("POST", "/reset"): control.reset,
        ("POST", "/wait"): control.wait,
        ("GET", "/hooks"): control.hooks,
        ("POST", "/hooks/wait"): control.pass_time_of_hooks,
        ("GET", "/touches"): control.touches,
        ("POST", "/owned/mark"): control.mark_owned,
        ("GET", "/owned/diff"): control.diff_owned,
        ("GET", "/duplicates"): control.list_duplicates,
        ("GET", "/shop/level"): shop.level,
        ("POST", "/shop/pay"): shop.pay,
        ("POST", "/shop/fail"): shop.fail_to_pay,
        ("POST", "/orders/place"): shop.place,
        ("POST", "/orders/status"): shop.set_status,
        ("POST", "/orders/ship"): shop.ship,
        ("POST", "/orders/cancel"): shop.cancel,
        ("POST", "/orders/refund"): shop.refund,
        ("POST", "/orders/edit"): shop.edit,
        ("POST", "/orders/archive"): shop.archive,
        ("GET", "/orders"): shop.orders,
        ("GET", "/orders/readings"): shop.readings,
        ("GET", "/stock-moves"): shop.stock_moves,
        ("GET", "/orders/audit"): shop.audit,
        ("PUT", "/inventory-settings"): shop.change_settings,
    }
    return [
        Route(path, _endpoint(store, action), methods=[method])
        for (method, path), action in actions.items()
    ]


def _endpoint(store: Store, action: control.ControlAction) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        if request.client is None or request.client.host not in LOCAL:
            return JSONResponse({"error": "Only this machine may use /_sandbox."}, 403)
        raw = await request.body()
        payload = await request.json() if raw else None
        try:
            return JSONResponse(action(store, payload, dict(request.query_params)))
        except (ValueError, KeyError, TypeError) as error:
            return JSONResponse({"error": str(error)}, 422)

    return endpoint
