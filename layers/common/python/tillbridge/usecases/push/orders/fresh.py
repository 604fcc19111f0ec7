"""No stock is written on a view of the orders that is more than two seconds old."""

from tillbridge.domain.web_orders.looking import orders_are_fresh
from tillbridge.usecases.push.orders.open_lines import open_lines
from tillbridge.usecases.push.orders.reading import of_the_store, read_orders
from tillbridge.usecases.push.slice.session import Session

_TIMES = 3
"""A store that takes longer than that to show its orders, or whose quota is gone each time, is written to
on the freshest view that there can be."""


def be_fresh(session: Session) -> None:
    """Read the orders unless they were just read, and then what they owe. Raise StockStopped with
    whatever stops the store."""
    for _ in range(_TIMES):
        if orders_are_fresh(session.orders.read.read_ms, session.now_ms()):
            break
        read_orders(session)
        with of_the_store():
            session.wait_for_quota()  # the write must not wait for it afterwards
    with of_the_store():
        open_lines(session)
