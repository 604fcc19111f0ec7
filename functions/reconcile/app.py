"""The function `reconcile`: compares both sides of a store, or of the products of a plan. Schedules, people and its
own messages start it."""

from dataclasses import fields
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.reconcile import (
    exact_dependencies,
    reconcile_dependencies,
    reconcile_start_dependencies,
)
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Request
from tillbridge.observability import logger, observe_run
from tillbridge.queue_batches import NONE_FAILED, BatchResponse, body_of, one_by_one
from tillbridge.set_aside import Record
from tillbridge.usecases.reconcile.exact_plan import make_exact
from tillbridge.usecases.reconcile.reconcile_store import reconcile_store
from tillbridge.usecases.reconcile.start_runs import start


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> BatchResponse:  # noqa: ARG001 - Lambda's shape
    """Handle one message of a store's queue (BatchSize 1), which returns to it when it fails; or a
    schedule's input, or a person's event."""
    if "Records" in event:
        return one_by_one(event["Records"], _handle)
    deps = reconcile_start_dependencies()
    logger.info("reconcile requested", extra={"stores": start(event, deps)})
    return NONE_FAILED


def _handle(record: Record) -> None:
    message = body_of(record)
    store = StoreId(message.pop("store_id"))
    logger.append_keys(store_id=store)
    known = {each.name for each in fields(Request)}
    # What a later release adds without a higher version, this one may overlook.
    request = Request(**{name: value for name, value in message.items() if name in known})
    if request.plan:
        make_exact(store, request.plan, exact_dependencies())
    else:
        observe_run(reconcile_store(store, request, reconcile_dependencies()))
