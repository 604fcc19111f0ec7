"""Others are told of the orders that are read: placed, changed or refunded."""

from collections.abc import Sequence

from tillbridge.domain.web_orders.news import news
from tillbridge.domain.web_orders.order_events import OrderEvent
from tillbridge.ports.order_book import NewEntry
from tillbridge.usecases.fence import best_effort
from tillbridge.usecases.push.slice.session import Session


def tell_news(session: Session, entries: Sequence[NewEntry]) -> None:
    """Tell others what is new of orders whose entries are about to be kept. Before, because an entry that
    is kept is news no more: after a kill between the two the same is told again, under the same id. What
    cannot be told holds nothing back."""
    with best_effort("telling of web orders", session.store):
        now = session.now_ms()
        session.events.tell(
            [
                OrderEvent(kind, session.store, entry, now)
                for before, entry in entries
                if (kind := news(before.entry if before else None, entry)) is not None
            ]
        )
