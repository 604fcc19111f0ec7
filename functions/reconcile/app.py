"""The function `reconcile`: compares both sides of a store. Schedules, people and its own messages
start it."""

import json
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.reconcile import reconcile_dependencies, reconcile_start_dependencies
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Request
from tillbridge.observability import logger, observe_run, observe_runs_age
from tillbridge.usecases.reconcile.reconcile_store import reconcile_store
from tillbridge.usecases.reconcile.start_runs import oldest_good_run_ms, start

type LambdaEvent = dict[str, Any]


@logger.inject_lambda_context
def handler(event: LambdaEvent, context: LambdaContext) -> None:  # noqa: ARG001 - Lambda's shape
    """Handle one message of a store's queue (BatchSize 1), a schedule's input, or a person's
    event."""
    if "Records" not in event:
        deps = reconcile_start_dependencies()
        observe_runs_age(oldest_good_run_ms(deps))
        logger.info("reconcile requested", extra={"stores": start(event, deps)})
        return
    for record in event["Records"]:
        message = json.loads(record["body"])
        store = StoreId(message.pop("store_id"))
        logger.append_keys(store_id=store)
        observe_run(reconcile_store(store, Request(**message), reconcile_dependencies()))
