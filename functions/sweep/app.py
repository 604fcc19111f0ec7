"""The function `sweep`: signals the stores whose signal or wake was lost, and counts what waits."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.sweep import sweep_dependencies
from tillbridge.domain.errors import RetryLater
from tillbridge.observability import logger, observe_sweep
from tillbridge.usecases.sweep import sweep


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> None:  # noqa: ARG001 - Lambda's shape
    """Handle the call of the five-minute schedule. One that fails is repeated by Lambda, twice; what it saw is told
    all the same, or one store that cannot be signalled would keep every alarm of the others from ringing."""
    deps = sweep_dependencies()
    swept = sweep(deps)
    observe_sweep(swept, deps.clock.now_ms())
    if swept.failed:
        raise RetryLater("Some stores could not be swept. Tillbridge tries again.")
