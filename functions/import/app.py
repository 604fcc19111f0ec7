"""Takes products that exist only on BigCommerce into the POS, a piece of an import at a time."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.import_products import import_dependencies
from tillbridge.observability import logger, observe_import
from tillbridge.usecases.import_products.take_in import take_in

type LambdaEvent = dict[str, Any]


@logger.inject_lambda_context
def handler(event: LambdaEvent, context: LambdaContext) -> LambdaEvent:  # noqa: ARG001
    """Take requests of people, or one piece of a store's imports.

    A record that fails, through AWS or a bug, comes back alone; repeating it does no harm
    (docs/import.md, How it goes)."""
    deps = import_dependencies()
    failures = []
    for record in event["Records"]:
        in_line = record["eventSourceARN"].endswith(".fifo")
        try:
            if worked := take_in(record["body"], deps, in_line=in_line):
                observe_import(worked.store, worked.kinds)
        except Exception:  # noqa: BLE001 - only here: the message goes back to its queue
            logger.exception("message comes back")
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
