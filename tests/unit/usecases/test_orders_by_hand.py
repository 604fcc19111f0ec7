"""What people ask of web orders is written by the book's own rule, and what follows is marked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from tests.builders import JUMPER, STORE, a_connection, a_jumper
from tests.fakes.clock import FakeClock
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.pending import FakePending
from tests.fakes.pos import FakePos
from tests.fakes.signals import FakeSignals
from tests.unit.domain.web_orders.orders import SIGHT, a_line, an_entry, an_order
from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.errors import PosDown, RetryLater
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.product import Product
from tillbridge.domain.web_orders.accounts import Booking, booked
from tillbridge.domain.web_orders.booking import (
    Answer,
    answered,
    ask,
    ended_by_hand,
    is_due,
    refused,
    unreachable,
)
from tillbridge.domain.web_orders.effects import Effect
from tillbridge.domain.web_orders.entry import LaneState, OrderEntry
from tillbridge.domain.web_orders.finding import found
from tillbridge.ports.order_book import Kept, NewEntry
from tillbridge.usecases.orders_by_hand import ByHandDeps, acknowledge, retry, take

N = WebOrderId(1041)


def a_store(mode: WebOrderMode = WebOrderMode.POS) -> Connection:
    return a_connection(settings=Settings(web_orders=mode))


@dataclass
class Desk:
    """A store's book, and what was marked and signalled."""

    book: FakeOrderBook = field(default_factory=FakeOrderBook)
    pending: FakePending = field(default_factory=FakePending)
    drain: FakeSignals = field(default_factory=FakeSignals)
    teller: FakeSignals = field(default_factory=FakeSignals)
    pos: FakePos = field(default_factory=lambda: FakePos([a_jumper(version=20)]))

    @property
    def deps(self) -> ByHandDeps:
        return ByHandDeps(self.book, self.pending, FakeClock(), self.drain, self.teller)

    def keep(self, entry: OrderEntry) -> None:
        self.book.write(STORE, [(None, entry)])

    def entry(self) -> OrderEntry:
        return self.book.kept(STORE, [N])[N].entry

    def marked(self) -> set[tuple[Lane, str, bool]]:
        return {(row.lane, row.product, row.force) for row in self.pending.rows}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_an_acknowledged_order_counts_as_booked_from_what_the_pos_shows_now(desk: Desk) -> None:
    desk.keep(an_entry())

    (answer,) = acknowledge(desk.deps, a_store(), desk.pos, [N])

    assert (answer.order, answer.done) == (N, True)
    assert desk.entry().state is LaneState.BY_HAND
    (account,) = desk.entry().accounts
    assert account.bookings == (Booking(20, 2),)
    assert (booked(account, 19), booked(account, 20)) == (0, 2)
    assert desk.marked() == {(Lane.ORDERED, JUMPER, True)}
    assert (desk.drain.signalled, desk.teller.signalled) == ([STORE], [])


def test_where_web_orders_are_switched_off_an_order_ends_and_no_level_moves(desk: Desk) -> None:
    desk.keep(an_entry())
    assert acknowledge(desk.deps, a_store(WebOrderMode.OFF), desk.pos, [N])[0].done
    assert desk.entry().state is LaneState.BY_HAND
    assert desk.marked() == set()
    assert desk.drain.signalled == []


def test_an_order_is_acknowledged_once_however_often_it_is_named(desk: Desk) -> None:
    desk.keep(an_entry())
    assert len(acknowledge(desk.deps, a_store(), desk.pos, [N, N])) == 1
    assert desk.book.writes == 2


def test_who_died_before_the_mark_asks_again_and_it_is_marked(desk: Desk) -> None:
    desk.keep(ended_by_hand(an_entry(), {JUMPER: 20}))
    assert acknowledge(desk.deps, a_store(), desk.pos, [N])[0].done
    assert desk.marked() == {(Lane.ORDERED, JUMPER, True)}


def test_an_acknowledged_order_is_not_told_to_the_pos_any_more(desk: Desk) -> None:
    desk.keep(unreachable(ask(an_entry(), 0)))
    acknowledge(desk.deps, a_store(), desk.pos, [N])
    assert not is_due(desk.entry(), 0)
    assert desk.entry().accounts[0].asked is None


def test_a_writer_who_was_faster_is_not_undone(desk: Desk) -> None:
    desk.keep(an_entry())
    more = found(an_entry(), an_order(a_line(quantity=5)), SIGHT)

    class Faster(FakePos):
        """While it is read, the drain finds that the order was edited."""

        def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
            if desk.entry() == an_entry():
                desk.book.write(STORE, [(desk.book.kept(STORE, [N])[N], more)])
            return super().products(ids)

    acknowledge(desk.deps, a_store(), Faster([a_jumper(version=20)]), [N])
    assert desk.entry().accounts[0].bookings == (Booking(20, 5),)


def test_a_book_that_is_always_busy_is_said_and_nothing_is_marked(desk: Desk) -> None:
    desk.keep(an_entry())

    class Busy(FakeOrderBook):
        """Another writer is always faster."""

        def write(self, store: StoreId, entries: Iterable[NewEntry]) -> Collection[WebOrderId]:
            return [entry.order.id for _, entry in entries]

        def kept(self, store: StoreId, orders: Collection[WebOrderId]) -> Mapping[WebOrderId, Kept]:
            return desk.book.kept(store, orders)

    deps = replace(desk.deps, book=Busy())
    with pytest.raises(RetryLater):
        acknowledge(deps, a_store(), desk.pos, [N])
    assert desk.marked() == set()


def test_while_the_pos_is_away_nothing_is_acknowledged(desk: Desk) -> None:
    desk.keep(an_entry())
    desk.pos.fail_next(PosDown("away"))
    with pytest.raises(PosDown):
        acknowledge(desk.deps, a_store(), desk.pos, [N])
    assert desk.entry() == an_entry()


def a_line_of_nothing_linked() -> OrderEntry:
    strange = replace(a_line(2, sku="NEW"), product=StoreProductId(777))
    return an_entry(a_line(), strange)


def test_lines_that_the_pos_does_not_know_stay_open_and_are_named(desk: Desk) -> None:
    desk.keep(a_line_of_nothing_linked())
    (answer,) = acknowledge(desk.deps, a_store(), desk.pos, [N])
    assert answer.done
    assert "'NEW'" in answer.words
    assert [account.bookings for account in desk.entry().accounts] == [(Booking(20, 2),), ()]


def test_an_order_of_which_the_pos_knows_nothing_is_not_ended(desk: Desk) -> None:
    desk.keep(an_entry())
    desk.pos.forget(JUMPER)
    (answer,) = acknowledge(desk.deps, a_store(), desk.pos, [N])
    assert not answer.done
    assert "Link or import it" in answer.words
    assert desk.entry() == an_entry()
    assert desk.marked() == set()


BOOKED = answered(ask(an_entry(), 0), Answer(1, 0, (Effect(JUMPER, 11, 2),)))
RECEIVED = answered(ask(an_entry(), 0), Answer(1, 0, received=True))


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (None, "does not count this order"),
        (an_entry(status=5), "owes the POS nothing"),
        (BOOKED, "The POS has booked it"),
    ],
)
def test_nothing_is_acknowledged_of(desk: Desk, entry: OrderEntry | None, why: str) -> None:
    if entry:
        desk.keep(entry)
    (answer,) = acknowledge(desk.deps, a_store(), desk.pos, [N])
    assert not answer.done
    assert why in answer.words
    assert desk.marked() == set()


REFUSED = refused(ask(an_entry(), 0), "The outlet is closed.")


def test_a_refused_order_is_told_again_as_it_was(desk: Desk) -> None:
    desk.keep(REFUSED)

    (answer,) = retry(desk.deps, a_store(), [N])

    assert answer.done
    entry = desk.entry()
    assert (entry.refusal, is_due(entry, 0)) == ("", True)
    assert ask(entry, 0).sent == REFUSED.sent, "it may have been booked: the same revision again"
    assert entry.accounts[0].asked == 2
    assert desk.marked() == {(Lane.BOOK, "1041", True)}
    assert (desk.drain.signalled, desk.teller.signalled) == ([], [STORE])


def test_a_refused_order_that_changed_since_is_told_as_it_is_now(desk: Desk) -> None:
    changed = found(REFUSED, an_order(a_line(quantity=1)), SIGHT)
    desk.keep(replace(changed, refusal="The outlet is closed."))
    retry(desk.deps, a_store(), [N])
    assert is_due(desk.entry(), 0)
    assert ask(desk.entry(), 0).sent == changed.told


@pytest.mark.parametrize("entry", [an_entry(), unreachable(ask(an_entry(), 0))])
def test_an_order_that_waits_is_told_at_once(desk: Desk, entry: OrderEntry) -> None:
    desk.keep(entry)
    assert retry(desk.deps, a_store(), [N])[0].done
    assert desk.entry() == entry
    assert desk.marked() == {(Lane.BOOK, "1041", True)}


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (None, "does not count this order"),
        (BOOKED, "The POS has booked it"),
        (RECEIVED, "waits for somebody"),
        (ended_by_hand(an_entry(), {JUMPER: 20}), "never told of it"),
        (an_entry(status=1), "nothing that the POS must know"),
    ],
)
def test_the_pos_is_not_told_again_of(desk: Desk, entry: OrderEntry | None, why: str) -> None:
    if entry:
        desk.keep(entry)
    (answer,) = retry(desk.deps, a_store(), [N])
    assert not answer.done
    assert why in answer.words
    assert desk.marked() == set()


@pytest.mark.parametrize("mode", [WebOrderMode.OFF, WebOrderMode.LEDGER])
def test_a_store_whose_pos_is_not_told_says_how_to_go_on(desk: Desk, mode: WebOrderMode) -> None:
    desk.keep(REFUSED)
    (answer,) = retry(desk.deps, a_store(mode), [N])
    assert not answer.done
    assert "tillbridge orders ack" in answer.words
    assert desk.entry() == REFUSED


def test_older_orders_are_taken_by_a_forced_hint_that_the_drain_follows(desk: Desk) -> None:
    answers = take(desk.deps, a_store(WebOrderMode.LEDGER), [WebOrderId(7), WebOrderId(9)])
    assert all(answer.done for answer in answers)
    assert desk.marked() == {(Lane.WEB, "7", True), (Lane.WEB, "9", True)}
    assert desk.drain.signalled == [STORE]


def test_nothing_is_taken_while_web_orders_are_switched_off(desk: Desk) -> None:
    (answer,) = take(desk.deps, a_store(WebOrderMode.OFF), [N])
    assert not answer.done
    assert "store set web_orders" in answer.words
    assert desk.marked() == set()


def test_without_signals_of_its_own_the_row_is_there_for_the_sweep(desk: Desk) -> None:
    desk.keep(REFUSED)
    retry(replace(desk.deps, orders=None), a_store(), [N])
    assert desk.marked() == {(Lane.BOOK, "1041", True)}
