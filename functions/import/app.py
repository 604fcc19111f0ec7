"""The function `import`: creates in the POS the products that exist only on BigCommerce, one batch
of an import at a time."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.import_products import import_dependencies
from tillbridge.observability import logger, observe_import
from tillbridge.usecases.import_products.route_message import route_message

type LambdaEvent = dict[str, Any]


@logger.inject_lambda_context
def handler(event: LambdaEvent, context: LambdaContext) -> LambdaEvent:  # noqa: ARG001
    """Handle a batch of people's requests, or one message of a store's imports.

    A message that fails, because of AWS or a bug, returns to its queue alone; a repeat does no
    harm."""
    deps = import_dependencies()
    failures = []
    for record in event["Records"]:
        in_line = record["eventSourceARN"].endswith(".fifo")
        try:
            if worked := route_message(record["body"], deps, in_line=in_line):
                observe_import(worked.store, worked.kinds)
        except Exception:  # noqa: BLE001 - only here: the message returns to its queue
            logger.exception("message returns to its queue")
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
