"""The POS API of contracts/pos-api.openapi.yaml for one account."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.pos.cloud import PosCloud
from sandbox.pos.creating import Creations
from sandbox.pos.problems import answer, invalid, problem, refused
from sandbox.pos.reading import (
    departments_since,
    ensured_department,
    ensured_vendor,
    new_skus,
    offers_web_orders,
    outlets,
    product_page,
    products_by_id,
    products_found,
)
from sandbox.pos.refusal import PosRefusal
from sandbox.pos.wire import Json

type Handler = Callable[[Request], Awaitable[Response]]

MOST_PER_PAGE = 500
MOST_PER_BATCH = 100
MOST_NUMBERS = 200


class PosApi:
    """The routes that connectors call; each checks the Bearer token and applies the faults."""

    def __init__(self, cloud: PosCloud, token: str) -> None:
        self._cloud = cloud
        self._token = token
        self._creations = Creations(cloud)

    def routes(self) -> list[Route]:
        """Return the routes of every operation of the contract."""
        return [
            self._route("/v1/products", "GET", self._products),
            self._route("/v1/products", "POST", self._create),
            self._route("/v1/products:batchGet", "POST", self._batch_get),
            self._route("/v1/departments", "GET", self._departments),
            self._route(
                "/v1/departments/by-name/{name:path}", "PUT", self._ensure(ensured_department)
            ),
            self._route("/v1/vendors/by-name/{name:path}", "PUT", self._ensure(ensured_vendor)),
            self._route("/v1/outlets", "GET", self._outlets),
            self._route("/v1/skus:generate", "POST", self._generate_skus),
            self._route("/v1/web-orders", "GET", self._web_orders),
            self._route("/v1/web-orders/{external_id}", "PUT", self._put_web_order),
        ]

    def _route(self, path: str, method: str, handler: Handler) -> Route:
        return Route(path, self._guarded(handler), methods=[method])

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: Request) -> Response:
            faults = self._cloud.faults
            plan = faults.plan
            if plan.slow_ms:
                await asyncio.sleep(plan.slow_ms / 1000)  # the POS is told to be slow
            if plan.down:
                return problem(503, "unavailable", "The POS is down.")
            if (wait := faults.refuses()) is not None:
                headers = {"Retry-After": wait}
                return problem(429, "too_many_requests", "Too many requests.", headers=headers)
            if not self._authorised(request):
                headers = {"WWW-Authenticate": "Bearer"}
                return problem(401, "unauthorized", "The token is not valid.", headers=headers)
            try:
                return await handler(request)
            except PosRefusal as refusal:
                return refused(refusal)
            except ValidationError as error:
                return invalid(error)

        return guarded

    def _authorised(self, request: Request) -> bool:
        given = request.headers.get("Authorization", "").encode()
        return hmac.compare_digest(given, f"Bearer {self._token}".encode())

    async def _products(self, request: Request) -> Response:
        query = request.query_params
        asked = [name for name in ("sku", "product_number", "external_id") if name in query]
        if asked:
            return answer({"data": products_found(self._cloud, asked[0], query[asked[0]])})
        since = _whole_number(query.get("since_version", "0"), "since_version", 0)
        limit = _whole_number(query.get("limit", "100"), "limit", 1, MOST_PER_PAGE)
        deleted = query.get("include_deleted", "false") == "true"
        return answer(product_page(self._cloud, since, limit, include_deleted=deleted))

    async def _batch_get(self, request: Request) -> Response:
        ids = (await _json_object(request)).get("ids")
        if not isinstance(ids, list) or not all(isinstance(item, str) for item in ids):
            raise PosRefusal("invalid", "ids must be a list of product ids.")
        if len(ids) > MOST_PER_BATCH:
            raise PosRefusal("too_many_ids", f"At most {MOST_PER_BATCH} ids a call.", status=413)
        return answer(products_by_id(self._cloud, ids))

    async def _create(self, request: Request) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        body = await _json_object(request)
        return answer(await run_in_threadpool(self._creations.create, key, body), 201)

    def _ensure(self, ensured: Callable[[PosCloud, str], tuple[Json, bool]]) -> Handler:
        async def ensure(request: Request) -> Response:
            name = request.path_params["name"]
            if not name.strip():
                raise PosRefusal("invalid", "The name is blank.")
            named, new = ensured(self._cloud, name)
            return answer(named, 201 if new else 200)

        return ensure

    async def _departments(self, request: Request) -> Response:
        since = _whole_number(request.query_params.get("since_version", "0"), "since_version", 0)
        return answer(departments_since(self._cloud, since))

    async def _outlets(self, _request: Request) -> Response:
        return answer({"data": outlets(self._cloud)})

    async def _generate_skus(self, request: Request) -> Response:
        count = (await _json_object(request)).get("count", 1)
        number = _whole_number(str(count), "count", 1, MOST_NUMBERS)
        return answer({"skus": new_skus(self._cloud, number)})

    async def _web_orders(self, request: Request) -> Response:
        if not offers_web_orders(self._cloud):
            return _not_offered()
        query = request.query_params
        since = _whole_number(query.get("since_version", "0"), "since_version", 0)
        limit = _whole_number(query.get("limit", "100"), "limit", 1, MOST_PER_PAGE)
        page = self._cloud.web_orders_since(since, limit)
        return answer(self._cloud.faults.page_of_web_orders(page))

    async def _put_web_order(self, request: Request) -> Response:
        if not offers_web_orders(self._cloud):
            return _not_offered()
        body = await _json_object(request)
        external_id = request.path_params["external_id"]
        told = await run_in_threadpool(self._cloud.put_web_order, external_id, body)
        if slow := self._cloud.faults.plan.web_order_slow_ms:
            await asyncio.sleep(slow / 1000)  # the POS is told to be slow with web orders
        shown = self._cloud.faults.answer_of_web_order(told)
        if shown is None:
            return Response("<h1>504 Gateway Time-out</h1>", 504, media_type="text/html")
        return answer(shown, 200 if shown["state"] == "booked" else 202)


def _not_offered() -> Response:
    return problem(404, "not_found", "This POS does not book web orders.")


def _whole_number(text: str, name: str, least: int, most: int | None = None) -> int:
    number = int(text) if text.isascii() and text.isdigit() else -1
    if number < least or (most is not None and number > most):
        bounds = f"from {least}" + (f" to {most}" if most is not None else " up")
        raise PosRefusal("invalid", f"{name} must be a whole number {bounds}.")
    return number


async def _json_object(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.body())
    except ValueError:
        raise PosRefusal("not_json", "The body is not JSON.", status=400) from None
    if not isinstance(body, dict):
        raise PosRefusal("not_json", "The body must be a JSON object.", status=400)
    return body
