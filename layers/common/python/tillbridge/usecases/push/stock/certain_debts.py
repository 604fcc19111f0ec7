"""Debts that are certain: those that do not go away with an answer of the POS that is under way."""

from dataclasses import replace

from tillbridge.domain.oversold import certain
from tillbridge.usecases.fence import best_effort
from tillbridge.usecases.push.orders.open_lines import accounts_of
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.stock.levels import Levels


def with_certain_debts(session: Session, given: Levels) -> Levels:
    """Return levels with only the debts that are certain. Only where they rose, and the POS was asked for
    units of the product, the orders are looked up; what goes wrong then makes the debt no smaller."""
    work = given.work
    accounts = accounts_of(session, work.product)
    asked = [each for each in accounts if each.asked is not None]
    # A debt that is known does not go away because the POS is asked.
    rose = sum(level.debt for level in given.by_holder.values()) > work.link.debt
    if not asked or not rose:
        return given
    with best_effort("asking what the POS has booked", session.store, work.product):
        kept = session.deps.order_book.kept(session.store, {each.order for each in asked})
        entries = [each.entry for each in kept.values()]
        # One that a person is to book, or that was refused, has its answer: it may stay so for days.
        answered = [a for entry in entries if not entry.unanswered for a in entry.accounts]
        known = [each for each in asked if each.order in kept]
        levels = certain(given.by_holder, work.record, known, answered)
        return replace(given, by_holder=levels)
    return given
