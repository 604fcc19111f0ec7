"""The function `intake`: marks what POS events and people's requests name, and signals stores."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.intake import intake_dependencies
from tillbridge.observability import logger
from tillbridge.queue_batches import NONE_FAILED, BatchResponse, together
from tillbridge.usecases.record_changes import record_changes, sweep


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> BatchResponse:  # noqa: ARG001 - Lambda's shape
    """Handle an SQS batch of events or wakes, or the sweep of the five-minute schedule.

    A message that fails on a bug returns to its queue alone, and the fifth time goes to the dead
    letters; a repeat marks the same rows again."""
    deps = intake_dependencies()
    if "Records" in event:
        return together(
            event["Records"],
            lambda some: record_changes([each["body"] for each in some], deps),
            deps.dead_letters.put,
        )
    logger.info("sweep", extra={"signalled": sweep(deps)})
    return NONE_FAILED
