"""The function `sweep`: signals the stores whose signal or wake was lost, and counts what waits; and starts polls."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.sweep import polling_dependencies, sweep_dependencies
from tillbridge.domain.errors import RetryLater
from tillbridge.observability import logger, observe_polling, observe_sweep
from tillbridge.usecases.poll_pos.accounts_due import PollingDeps, start_polls
from tillbridge.usecases.sweep import sweep

EVERY_MINUTES = 5


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> None:  # noqa: ARG001 - Lambda's shape
    """Handle the call of the schedule: each five minutes or, where a POS is polled, each minute, of which every fifth is
    for the stores. One that fails is repeated by Lambda, twice; what it saw is told all the same, or one store that
    cannot be signalled would keep every alarm of the others from ringing."""
    failed, polling = False, polling_dependencies()
    if polling is not None:
        failed = not _polls_started(polling)
    if polling is None or _is_for_stores(event):
        deps = sweep_dependencies()
        swept = sweep(deps)
        observe_sweep(swept, deps.clock.now_ms())
        failed = failed or bool(swept.failed)
    if failed:
        raise RetryLater("Some stores could not be swept. Tillbridge tries again.")


def _polls_started(deps: PollingDeps) -> bool:
    try:
        polling = start_polls(deps)
    except RetryLater as trouble:  # the stores are swept all the same
        logger.warning("no polls", extra={"why": str(trouble)})
        return False
    observe_polling(polling, deps.clock.now_ms())
    return not polling.failed


def _is_for_stores(event: dict[str, Any]) -> bool:
    """Return whether the call is that of a fifth minute, or of none that can be told."""
    minute = str(event.get("time", ""))[14:16]
    return not minute.isdecimal() or int(minute) % EVERY_MINUTES == 0
