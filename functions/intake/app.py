"""The function `intake`: marks what POS events and people's requests name, and signals stores."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.intake import intake_dependencies
from tillbridge.observability import logger
from tillbridge.usecases.record_changes import record_changes, sweep

type LambdaEvent = dict[str, Any]


@logger.inject_lambda_context
def handler(event: LambdaEvent, context: LambdaContext) -> LambdaEvent:  # noqa: ARG001
    """Handle an SQS batch of events or wakes, or the sweep of the five-minute schedule.

    A batch fails whole, and only when AWS itself fails; a repeat marks the same rows again."""
    deps = intake_dependencies()
    records = event.get("Records")
    if records is None:
        logger.info("sweep", extra={"signalled": sweep(deps)})
    else:
        record_changes([record["body"] for record in records], deps)
    return {"batchItemFailures": []}
