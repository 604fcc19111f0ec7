"""`/_sandbox/...`: staff actions and faults, over HTTP. Not part of any contract."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.pos.cloud import PosCloud
from sandbox.pos.faults import FaultPlan
from sandbox.pos.loaded import UnknownShape
from sandbox.pos.problems import answer, invalid, problem, refused
from sandbox.pos.refusal import PosRefusal
from sandbox.pos.uploads import read_upload

_OBJECT = TypeAdapter(dict[str, Any])


def control_routes(cloud: PosCloud) -> list[Route]:
    """Return the routes of actions (their arguments in the body), of CSV import and of faults.

    An import answers what stands out in its file; with `?dry_run=yes` it does nothing else."""
    return [
        Route("/_sandbox/actions/import_csv", _importer(cloud), methods=["POST"]),
        Route("/_sandbox/actions/{action}", _actor(cloud), methods=["POST"]),
        Route("/_sandbox/faults", _faults(cloud), methods=["GET", "PUT", "POST"]),
    ]


def shop_actions(cloud: PosCloud) -> dict[str, Callable[..., Any]]:
    """Return what staff can do, by name."""
    return {
        "save_product": cloud.save_product,
        "save_products": cloud.save_products,
        "delete_product": cloud.delete_product,
        "sell": cloud.sell,
        "refund": cloud.refund,
        "exchange": cloud.exchange,
        "inventory_count": cloud.inventory_count,
        "stock_order": cloud.stock_order,
        "stock_transfer": cloud.stock_transfer,
        "stock_adjustment": cloud.stock_adjustment,
        "set_booking": cloud.set_booking,
        "book_web_orders": cloud.book_web_orders,
        "change_booking": cloud.change_booking,
        "sell_whole_shelf": cloud.sell_whole_shelf,
    }


def _actor(cloud: PosCloud) -> Any:
    actions = shop_actions(cloud)

    async def act(request: Request) -> Response:
        name = request.path_params["action"]
        if name not in actions:
            known = ", ".join(["import_csv", *actions])
            return problem(404, "unknown_action", f"Actions: {known}.")
        try:
            arguments = _OBJECT.validate_json(await request.body())
            return answer(await run_in_threadpool(actions[name], **arguments))
        except PosRefusal as refusal:
            return refused(refusal)
        except ValidationError as error:
            return invalid(error)
        except TypeError as error:
            return problem(422, "wrong_arguments", str(error))

    return act


def _importer(cloud: PosCloud) -> Any:
    async def import_csv(request: Request) -> Response:
        name = request.query_params.get("file_name", "upload.csv")
        try:
            raw = await request.body()
            loaded, note = await run_in_threadpool(read_upload, cloud, raw, name)
            told = {
                "skipped_rows": [row.json() for row in loaded.skipped_rows],
                "notes": loaded.about + loaded.notes,
                "note": note,
            }
            if request.query_params.get("dry_run"):
                return answer(told)
            data = await run_in_threadpool(
                cloud.import_products, loaded.products, name, loaded.rows, len(loaded.skipped_rows)
            )
        except UnknownShape as error:
            return problem(422, "unknown_shape", str(error))
        except PosRefusal as refusal:
            return refused(refusal)
        return answer(data | told)

    return import_csv


def _faults(cloud: PosCloud) -> Any:
    async def faults(request: Request) -> Response:
        if request.method != "GET":
            try:
                cloud.faults.set(FaultPlan.model_validate_json(await request.body()))
            except ValidationError as error:
                return invalid(error)
        return answer(cloud.faults.plan.model_dump())

    return faults
