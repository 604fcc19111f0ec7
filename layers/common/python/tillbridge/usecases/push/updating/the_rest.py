"""The rest of a product of which BigCommerce refuses a value: it goes at once, without that value."""

from collections.abc import Callable, Iterable, Iterator

from tillbridge.domain.decision import Decision
from tillbridge.domain.errors import Problem, Refused
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.left_out import of_refusal, without
from tillbridge.domain.plan import LinkedItem, Plan
from tillbridge.domain.planner import plan
from tillbridge.usecases.push.outcomes.given_up import refuse
from tillbridge.usecases.push.slice.flight import Task
from tillbridge.usecases.push.slice.progress import Progress
from tillbridge.usecases.push.slice.session import Session

type Tasks = Callable[[Session, Plan, Progress], Iterator[Iterable[Task]]]


def send_the_rest(
    session: Session,
    work: LinkedItem,
    refusal: Refused,
    variant: PosVariantId | None,
    tasks: Tasks,
    problem: Problem,
) -> bool:
    """Send an update again without the values that were refused, and return True; return False when
    none may be left out, or none more than before. `variant`: they were sent for this variant.
    `tasks` sends a plan. Raise Interrupted, and whatever stops the store."""
    if work.record.deleted:
        return False  # it is only hidden: an update would send the blanks of a tombstone
    values = of_refusal(work, refusal, problem, variant)
    before = work.left_out.values if work.left_out else {}
    if not values or values.keys() <= before.keys():
        return False
    todo = plan([(without(work, problem, values), Decision.UPDATE)], session.settings)
    for refused, why in todo.refused:
        refuse(session, refused, why)
    progress = Progress.of(todo)
    try:
        for wave in tasks(session, todo, progress):
            for task in wave:  # one after the other: all of them touch this product
                task.run()
    finally:
        session.rows.doubt(row for half in progress.half_sent() for row in half.rows)
    return True
