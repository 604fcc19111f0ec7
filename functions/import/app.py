"""The function `import`: creates in the POS the products that exist only on BigCommerce, one batch
of an import at a time."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.import_products import import_dependencies, import_set_aside
from tillbridge.observability import logger, observe_import
from tillbridge.queue_batches import BatchResponse, is_fifo, one_by_one
from tillbridge.set_aside import Record
from tillbridge.usecases.import_products.route_message import route_message


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> BatchResponse:  # noqa: ARG001 - Lambda's shape
    """Handle a batch of people's requests, or one message of a store's imports.

    A message that fails, because of AWS or a bug, returns to its queue, and the fifth time on a bug
    goes to the dead letters; a repeat does no harm."""
    return one_by_one(event["Records"], _handle, import_set_aside())


def _handle(record: Record) -> None:
    if worked := route_message(record["body"], import_dependencies(), in_line=is_fifo(record)):
        observe_import(worked.store, worked.kinds)
