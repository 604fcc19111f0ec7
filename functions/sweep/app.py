"""The function `sweep`: signals the stores whose signal or wake was lost, and counts what waits."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.sweep import sweep_dependencies
from tillbridge.observability import logger, observe_sweep
from tillbridge.usecases.sweep import sweep


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> None:  # noqa: ARG001 - Lambda's shape
    """Handle the call of the five-minute schedule. One that fails is repeated by Lambda, twice."""
    deps = sweep_dependencies()
    observe_sweep(sweep(deps), deps.clock.now_ms())
