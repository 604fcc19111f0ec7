"""The function `orders`: tells the POS of a store's web orders, for one slice at most."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.orders import booking_dependencies
from tillbridge.domain.ids import StoreId
from tillbridge.observability import logger, observe_booking
from tillbridge.queue_batches import BatchResponse, body_of, one_by_one
from tillbridge.set_aside import Record
from tillbridge.usecases.booking.book_orders import book_orders


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> BatchResponse:  # noqa: ARG001 - Lambda's shape
    """Handle one signal (BatchSize 1). It returns to its queue only after a kill, or when the signal
    itself cannot be read."""
    return one_by_one(event["Records"], _handle)


def _handle(record: Record) -> None:
    store = StoreId(body_of(record)["store_id"])
    logger.append_keys(store_id=store)
    observe_booking(store, book_orders(store, booking_dependencies()))
