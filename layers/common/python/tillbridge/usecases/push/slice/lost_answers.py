"""A write whose answer was lost: BigCommerce may carry it out up to a quarter of an hour later, also
after newer writes. The link says what may change then, and a row has it looked for."""

from collections.abc import Collection, Iterable, Sequence

from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link, Part
from tillbridge.domain.pending import Change
from tillbridge.domain.remembered.doubts import doubted
from tillbridge.domain.waiting import LATE_MS
from tillbridge.usecases.push.slice.session import Session


def answer_lost(session: Session, links: Iterable[Link], parts: Collection[Part]) -> None:
    """Note that a call which sent these parts of these products got no answer. Costs two requests a
    product, and only then."""
    now = session.now_ms()
    late = [doubted(link, parts, since_ms=now, late_until_ms=now + LATE_MS) for link in links]
    for link in late:
        session.note_late(link.product, parts, now)
    may_come_late(session, late, now)


def may_come_late(session: Session, links: Sequence[Link], lost_ms: int) -> None:
    """Store the doubts of these links, and have their products looked at for a write that was sent at
    `lost_ms` (epoch ms) or before. First the doubts: a look asks them what to write."""
    for link in links:
        session.deps.links.note_doubts(session.store, link)
    session.rows.mark(
        Change(
            store=session.store,
            lane=Lane.LOOK,
            product=PosProductId(str(link.id)),
            version=lost_ms,
            order=0,
            queued_ms=lost_ms,
            trigger="lost-answer",
            force=True,
        )
        for link in links
        if link.id is not None
    )
