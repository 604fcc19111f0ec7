"""The function `poll`: reads what changed in the POS of an account, for one slice at most."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.poll import poll_dependencies
from tillbridge.domain.ids import PosAccountKey
from tillbridge.observability import logger, observe_poll
from tillbridge.queue_batches import BatchResponse, body_of, one_by_one
from tillbridge.set_aside import Record
from tillbridge.usecases.poll_pos.poll_account import poll_account


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> BatchResponse:  # noqa: ARG001 - Lambda's shape
    """Handle a signal: one is a slice of one account. The first poll answers all signals that came before it, and the
    others find nothing to do. One returns to its queue only after a kill, or when it cannot be
    read."""
    return one_by_one(event["Records"], _handle)


def _handle(record: Record) -> None:
    account = PosAccountKey(body_of(record)["account"])
    logger.append_keys(account=account)
    observe_poll(poll_account(account, poll_dependencies()))
