"""Stock calls: sent, recorded on the links, or refused."""

from collections.abc import Sequence
from functools import partial

from tillbridge.domain.errors import Gone, Refused
from tillbridge.domain.lag_histogram import LagPath
from tillbridge.domain.lanes import CONTENT_LANES, Lane
from tillbridge.domain.link import Link
from tillbridge.domain.names import clean_name
from tillbridge.domain.plan import LinkedItem
from tillbridge.domain.problem_words import WHILE_TRIED, ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.remembered.doubts import STOCK_PARTS
from tillbridge.domain.remembered.pushed import after_stock
from tillbridge.domain.stock_levels import odd_counts
from tillbridge.domain.what_goes_on import refused_too
from tillbridge.usecases.push.orders.fresh import be_fresh
from tillbridge.usecases.push.orders.open_lines import open_lines
from tillbridge.usecases.push.orders.reading import of_the_store
from tillbridge.usecases.push.outcomes.follow_ups import follow_up
from tillbridge.usecases.push.outcomes.given_up import give_up
from tillbridge.usecases.push.outcomes.gone import not_found, unless_gone
from tillbridge.usecases.push.outcomes.sending import ItemsWait, send_items
from tillbridge.usecases.push.outcomes.waiting import attempts_of, try_again
from tillbridge.usecases.push.outcomes.written import finish
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.stock.certain_debts import with_certain_debts
from tillbridge.usecases.push.stock.channel import is_new
from tillbridge.usecases.push.stock.levels import Levels, with_orders
from tillbridge.usecases.push.stock.looks_to_come import look_again, look_twice
from tillbridge.usecases.push.stock.why import told_why


def send_levels(session: Session, part: Sequence[Levels]) -> None:
    """Send the levels of some products in one call, and record them on their links. Each product that
    BigCommerce refuses is told apart; those that keep failing wait. Levels that are all expected online
    already are recorded without a call. Raise whatever stops the store."""
    if not any(each.items for each in part):
        with of_the_store():
            open_lines(session)
        part = [with_orders(session, each) for each in part]
        if not any(each.items for each in part):
            record_levels(session, part)
            return

    def call(given: Sequence[Levels]) -> None:
        some = _with_orders(session, _not_older(session, given))
        items = [item for each in some for item in each.items]
        if items:
            session.history.stock_call_begins()
            session.api.set_stock(items)
        record_levels(session, some)

    def refused(levels_of: Levels, refusal: Refused) -> None:
        unless_gone(session, levels_of.work, partial(_refused, session, refusal))

    try:
        send_items(session, part, STOCK_PARTS, call, refused)
    except ItemsWait:
        return


def _with_orders(session: Session, given: Sequence[Levels]) -> Sequence[Levels]:
    # Here, after the last wait before the call: what is written must know every order.
    if not session.takes_orders or not given:
        return given
    be_fresh(session)
    return [with_orders(session, each) for each in given]


def _not_older(session: Session, given: Sequence[Levels]) -> Sequence[Levels]:
    # A sale may have gone in between, after these levels were read. Rows of such a product stay due,
    # and are read again.
    products = {each.work.product for each in given}
    if session.way.is_mine():
        session.stocked |= products
        return given
    return [each for each in given if each.work.product not in session.stocked]


def _refused(session: Session, refusal: Refused, work: LinkedItem) -> None:
    if isinstance(refusal, Gone):
        not_found(session, work)
        return
    content = work.link.problem if work.link.refused(work.record.version) else None
    if content is None and attempts_of(work) < 1:
        # Somebody changed where stock is tracked: content corrects that first, then stock follows.
        session.rows.mark([follow_up(session, work, Lane.CONTENT, force=True)])
        try_again(session, [work], refusal.title)
        return
    name = clean_name(work.record.name)
    problem = problem_of(ProblemCode.STOCK_REFUSED, name=name, said=refusal.said)
    give_up(session, work, refused_too(content, problem) if content else problem)


def record_levels(session: Session, some: Sequence[Levels]) -> None:
    """Record what was sent, or is there already. A product whose link has a newer level is sent again
    (another drain of this store was faster: never backwards)."""
    if not some:
        return
    deps = session.deps
    for each in some:
        session.orders.knows(each.work.product)
    if session.takes_orders:
        some = [with_certain_debts(session, each) for each in some]
        for each in some:
            session.history.owes(each.work, each.by_holder, deps.order_book)
    links = [(each, _stocked_link(session, each)) for each in some if each.by_holder]
    overtaken = set(
        deps.links.stocked(
            session.store,
            [
                session.with_late(link, sent=True)
                for each, link in links
                if each.items or link != each.work.link
            ],
        )
    )
    session.rows.mark(
        follow_up(session, each.work, Lane.STOCK, force=True)
        for each in some
        if each.work.product in overtaken
    )
    session.rows.mark(
        follow_up(session, work, Lane.CONTENT, force=True)
        for work in _without_content(session, [e.work for e in some if _kept_failing(e.work)])
    )
    sent = [each for each in some if each.items]
    look_again(session, sent)
    finish(session, [each.work for each in sent])
    there = [each for each in some if not each.items]
    finish(session, [each.work for each in there if not each.waits], wrote=False)
    for each in there:
        if each.look and not each.waits:
            for row in each.work.rows:
                session.took(LagPath.ORDER_SETTLED, row.queued_ms)
    look_twice(session, [row for each in there if each.waits for row in each.work.rows])
    session.count(stocked=sum(len(each.items) for each in some))
    for each in told_why(session, some):
        online = each.look.online if each.look else {}
        session.history.stocked(each.work, each.by_holder, online, wrote=bool(each.items))


def _without_content(session: Session, work_items: Sequence[LinkedItem]) -> list[LinkedItem]:
    # Content that waits is tried at its time: marked anew, it would be tried at once, again and again.
    ids = [work.product for work in work_items]
    waits = {row.product for row in session.rows.of(CONTENT_LANES, ids)}
    return [work for work in work_items if work.product not in waits]


def _kept_failing(work: LinkedItem) -> bool:
    # It no longer keeps failing: a content push removes that problem from the link.
    problem = work.link.problem
    return problem is not None and problem.code in WHILE_TRIED


def _stocked_link(session: Session, levels_of: Levels) -> Link:
    work = levels_of.work
    return after_stock(
        work.link,
        work.record,
        levels_of.by_holder,
        on_channel=is_new(work),
        odd_counts=odd_counts(work.record, session.settings),
        whole=not levels_of.waits,
    )
