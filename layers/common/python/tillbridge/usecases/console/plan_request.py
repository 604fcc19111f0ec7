"""The plan of a request: what it would do, before anybody asks for it."""

from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Do, Selection
from tillbridge.usecases.console.deps import ConsoleDeps


def plan_request(
    deps: ConsoleDeps,
    person: Person,
    store: StoreId,
    do: Do,
    selection: Selection,
    *,
    pairs: tuple[tuple[str, int], ...] = (),
) -> RequestPlan:
    """Return a new plan, kept for a day. `pairs`: of `Do.LINK`, which POS product with which number. Raise
    CannotAsk, with words for the person, for what cannot be asked (nothing chosen, too many for staff)."""
    raise NotImplementedError


def carry_out(
    deps: ConsoleDeps,
    person: Person,
    store: StoreId,
    plan: str,
    *,
    without: frozenset[str] = frozenset(),
) -> str:
    """Ask for what a plan says, but for the products in `without`, and return the job. Asked twice, it is done once.
    Raise CannotAsk when the plan is too old or not there."""
    raise NotImplementedError
