"""The guard of a slice: when BigCommerce refuses most of what it took before, the store is the trouble
and no product is marked as failed for it (`domain/breaker.py`).

Then one product is tried every quarter of an hour, and all content goes on when it is taken. Stock goes
on meanwhile."""

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.breaker import too_many_refused
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import NeedsAttention
from tillbridge.domain.lanes import CONTENT_LANES
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.problems import attention_for
from tillbridge.usecases.push.slice.session import Session

TRIED_EVERY_S = 15 * 60


def is_guarded(connection: Connection) -> bool:
    """Return whether the store waits because too much of it was refused."""
    return connection.attention_code == AttentionCode.TOO_MANY_REFUSED


def guard(session: Session, work: WorkItem, why: str) -> None:
    """Count a product that BigCommerce refused or did not find, before that is written down. Raise
    NeedsAttention when these are too many. One that was refused before, or never taken, does not
    count; nor does the one product that a guarded store tries."""
    link = work.link
    if link is None or link.status is not LinkStatus.LINKED or link.content_version < 0:
        return
    content = work.rows[0].lane in CONTENT_LANES
    if is_guarded(session.connection):
        if not content:
            raise _too_many(1, why)
        return
    refused = session.count_refused(work.product)
    record = session.record
    taken = record.updated + record.created if content else record.stocked
    if too_many_refused(refused, taken):
        raise _too_many(refused, why)


def _too_many(refused: int, why: str) -> NeedsAttention:
    return attention_for(AttentionCode.TOO_MANY_REFUSED, refused=refused, why=why.rstrip("."))
