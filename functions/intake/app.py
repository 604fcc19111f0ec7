"""The function `intake`: marks what POS events and people's requests name, and signals stores."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.intake import intake_dependencies, intake_set_aside
from tillbridge.observability import logger
from tillbridge.queue_batches import BatchResponse, together
from tillbridge.usecases.record_changes import record_changes


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> BatchResponse:  # noqa: ARG001 - Lambda's shape
    """Handle an SQS batch of events or wakes.

    A message that fails on a bug returns to its queue alone, and the fifth time goes to the dead
    letters (tillbridge/set_aside.py); a repeat marks the same rows again."""
    deps = intake_dependencies()
    return together(
        event["Records"],
        lambda some: record_changes([each["body"] for each in some], deps),
        intake_set_aside(),
    )
