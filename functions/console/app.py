"""The function `console`: what people see in a browser, and the API that programs ask."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.console import console_dependencies, entry_dependencies
from tillbridge.console.app import answered
from tillbridge.console.parts import Console
from tillbridge.observability import logger


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle one call of the HTTP API (payload 2.0)."""
    console = Console(console_dependencies, entry_dependencies())
    return answered(event, console, context.aws_request_id)
