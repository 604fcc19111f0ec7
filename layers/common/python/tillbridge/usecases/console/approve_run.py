"""A person lets a run repair what it found: one that the breaker held, or one that only reported."""

from uuid import uuid4

from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person, Right
from tillbridge.domain.run import Result, Run
from tillbridge.usecases.console.deps import ConsoleDeps

WAITS = (Result.WAITING, Result.REPORTED)
"""The results of runs that a person may let repair."""


def can_repair(run: Run) -> bool:
    """Return whether a run found something that a repair would act on, and nobody repaired it."""
    return run.result in WAITS and run.tally.changed + run.tally.gone > 0


def approve_run(deps: ConsoleDeps, person: Person, store: StoreId, run_id: str) -> None:
    """Ask for the repair of what a run found; asked for twice it is done once. From then on the store's runs repair
    by themselves, within the breaker. Raise CannotAsk, and RetryLater."""
    if not person.may(Right.DECIDE, store):
        raise CannotAsk("Repairing is for an owner of the store to decide.")
    run = deps.runs.find(store, run_id)
    if run is None:
        raise CannotAsk("This comparison is not there any more: they are kept for 30 days.")
    if not can_repair(run):
        raise CannotAsk(
            "This comparison does not wait: it found nothing to repair, or was repaired."
        )
    deps.requests.approve(store, uuid4().hex, person.name, run_id)
