"""The storefront's channel: BigCommerce shows only products that are assigned to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched

from tillbridge.domain.errors import Refused
from tillbridge.domain.lanes import Lane
from tillbridge.domain.names import clean_name
from tillbridge.domain.plan import LinkedItem, WorkItem
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.waiting import LOOK_AGAIN_MS
from tillbridge.usecases.push.outcomes.given_up import give_up
from tillbridge.usecases.push.outcomes.gone import unless_gone
from tillbridge.usecases.push.outcomes.sending import ItemsWait, send_items
from tillbridge.usecases.push.outcomes.waiting import postpone
from tillbridge.usecases.push.slice.session import Session

CHANNEL_A_CALL = 250


@dataclass(frozen=True, slots=True)
class _Arrival:
    work: LinkedItem


def is_new(work: WorkItem) -> bool:
    """Return whether this row follows a create: the product was never on the channel."""
    link = work.link
    return (
        work.rows[0].lane is Lane.AFTER
        and link is not None
        and link.is_linked
        and not link.assigned
    )


def linked_by_now(session: Session, work_items: Sequence[WorkItem]) -> list[WorkItem]:
    """Return the work items whose create has finished; postpone the others. A create marks its row
    before it writes its link, so a row may be met in between."""
    under_way = [
        work for work in work_items if work.is_under_way and work.rows[0].lane is Lane.AFTER
    ]
    rows = [row for work in under_way for row in work.rows]
    if rows:
        postpone(session, rows, session.now_ms() + LOOK_AGAIN_MS)
    return [work for work in work_items if work not in under_way]


def put_on_channel(session: Session, work_items: Sequence[WorkItem]) -> list[WorkItem]:
    """Put the new products among `work_items` on the storefront. Return the work items that are on it
    now. Their links record this together with their stock."""
    new = [_Arrival(work.linked()) for work in work_items if is_new(work)]
    kept = {work.product: work for work in work_items}
    channel = session.connection.channel_id

    def call(some: Sequence[_Arrival]) -> None:
        session.api.assign_channel([each.work.id for each in some], channel)

    def refused(each: _Arrival, refusal: Refused) -> None:
        kept.pop(each.work.product)
        name = clean_name(each.work.record.name)
        problem = problem_of(
            ProblemCode.CHANNEL_REFUSED, name=name, channel=channel, said=refusal.said
        )
        unless_gone(session, each.work, lambda work: give_up(session, work, problem))

    for part in batched(new, CHANNEL_A_CALL, strict=False):
        session.need_time()
        try:
            send_items(session, part, (), call, refused)
        except ItemsWait:
            for each in part:
                kept.pop(each.work.product, None)
    return list(kept.values())
