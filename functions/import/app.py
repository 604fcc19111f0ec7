"""Takes products that exist only on BigCommerce into the POS, a piece of an import at a time."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.import_products import import_dependencies
from tillbridge.observability import logger, observe_import
from tillbridge.usecases.import_products.route_message import route_message

type LambdaEvent = dict[str, Any]


@logger.inject_lambda_context
def handler(event: LambdaEvent, context: LambdaContext) -> LambdaEvent:  # noqa: ARG001
    """Handle a batch of people's requests, or one message of a store's imports.

    Only the message that fails, because AWS does or by a bug, goes back to its queue: a repeat does
    no harm."""
    deps = import_dependencies()
    failures = []
    for record in event["Records"]:
        in_line = record["eventSourceARN"].endswith(".fifo")
        try:
            if worked := route_message(record["body"], deps, in_line=in_line):
                observe_import(worked.store, worked.kinds)
        except Exception:  # noqa: BLE001 - only here: the message goes back to its queue
            logger.exception("message comes back")
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
