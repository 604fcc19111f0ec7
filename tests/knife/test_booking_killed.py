"""The POS books each revision once, whatever dies and whenever: every step of a slice, on the sandbox POS."""

import random
import threading
from collections.abc import Iterator

import pytest

from sandbox.pos.faults import FaultPlan
from sandbox.pos.server import PosServer
from tests.booking_world import FIRST, MUG, PEN, BookingWorld
from tests.knife.booking import Steps, a_shop, documents, run_cut, sold
from tillbridge.domain.ids import PosProductId, WebOrderId
from tillbridge.domain.versions import HIGHEST_NUMBER
from tillbridge.domain.web_orders.accounts import booked
from tillbridge.domain.web_orders.book_rows import OPEN, SINCE
from tillbridge.domain.web_orders.entry import LaneState

SECOND = WebOrderId(1042)


@pytest.fixture
def server() -> Iterator[PosServer]:
    with PosServer() as running:
        yield running


def _steps_of(world: BookingWorld) -> int:
    steps = Steps()
    assert not run_cut(world, steps)
    return steps.at


def _owed(world: BookingWorld) -> int:
    orders = world.book.open(world.store)
    return sum(account.owed for order in orders for account in order.accounts)


def _told_apart(world: BookingWorld) -> None:
    """Every entry says what the POS has, and nothing is under way."""
    for order in world.book.open(world.store):
        for account in order.accounts:
            assert (account.asked, booked(account, HIGHEST_NUMBER)) == (None, account.owed)


def _happens(world: BookingWorld, story: str) -> None:
    """Play a story up to the slice that is cut."""
    world.order(3)
    world.order(1, SECOND, product=PEN)
    if story == "placed":
        return
    world.run()
    world.pending.clear(world.pending.rows)
    if story == "fewer":
        world.order(1)
    elif story == "cancelled":
        world.order(3, status=5)
    elif story == "more, then fewer":
        world.order(5)
        world.order(2)
    else:
        world.mark(OPEN, SINCE, force=True)


STORIES = ("placed", "fewer", "cancelled", "more, then fewer", "looked at")


@pytest.mark.parametrize("before", [False, True], ids=["after", "before"])
@pytest.mark.parametrize("story", STORIES)
def test_a_death_at_any_step_books_once(story: str, before: bool, server: PosServer) -> None:
    whole = a_shop(server)
    _happens(whole, story)
    steps, wanted = _steps_of(whole), documents(server)
    assert steps > 5
    for at in range(1, steps + 1):
        with PosServer() as fresh:
            world = a_shop(fresh)
            _happens(world, story)
            assert run_cut(world, Steps(at, before)), (at, steps)
            world.until_quiet()
            assert documents(fresh) == wanted, at
            assert sold(fresh, MUG) + sold(fresh, PEN) == _owed(world), at
            _told_apart(world)


def test_what_follows_an_answer_is_marked_after_a_death(server: PosServer) -> None:
    """The level must follow, though the POS sends no event and nothing is to be told any more."""
    whole = a_shop(server)
    whole.order(3)
    for at in range(1, _steps_of(whole) + 1):
        with PosServer() as fresh:
            world = a_shop(fresh)
            world.order(3)
            run_cut(world, Steps(at))
            world.until_quiet()
            assert list(world.moved) == [MUG], at
            assert set(world.told_of("web_order.booked")) == {FIRST}, at


@pytest.mark.parametrize("fault", ["web_order_replies_lost", "web_order_ahead"])
def test_a_death_amid_trouble_books_once(fault: str, server: PosServer) -> None:
    plan = FaultPlan.model_validate({fault: 3 if "lost" in fault else 1})
    for at in range(1, 9):
        with PosServer() as fresh:
            world = a_shop(fresh)
            world.order(3)
            fresh.cloud.faults.set(plan)
            run_cut(world, Steps(at))
            world.order(2)
            world.until_quiet()
            assert sold(fresh, MUG) == 2, at
            _told_apart(world)


def test_a_pos_that_answers_late_is_told_the_same_again(server: PosServer) -> None:
    world = a_shop(server)
    world.order(3)
    server.cloud.faults.set(FaultPlan(web_order_versions_late=1))
    world.until_quiet()
    _told_apart(world)
    assert sold(server, MUG) == 3


def test_a_pos_whose_records_lag_names_the_version_all_the_same(server: PosServer) -> None:
    world = a_shop(server)
    world.order(3)
    server.cloud.faults.set(FaultPlan(stale={MUG: 5}))
    world.run()
    (booking,) = world.entry().accounts[0].bookings
    assert booking.version == server.cloud.catalogue.get(MUG).version


def test_a_pos_that_knows_sums_alone_books_each_once(server: PosServer) -> None:
    world = a_shop(server)
    server.cloud.faults.set(FaultPlan(web_order_sums=True))
    world.order(3)
    world.order(1, SECOND)
    world.run()
    world.order(1)
    world.until_quiet()
    _told_apart(world)
    assert sold(server, MUG) == 2


def test_what_people_book_void_and_correct_is_what_counts(server: PosServer) -> None:
    world = a_shop(server)
    server.cloud.set_booking(mode="by_person")
    world.order(3)
    world.run()
    assert (world.state(), sold(server, MUG)) == (LaneState.RECEIVED, 0)
    server.cloud.book_web_orders()
    world.mark(SINCE)
    world.run()
    assert (world.state(), sold(server, MUG)) == (LaneState.BOOKED, 3)
    server.cloud.change_booking(external_id="bigcommerce:hbr1:1041", units={"1": "0"})
    world.mark(SINCE)
    world.run()
    (account,) = world.entry().accounts
    assert (booked(account, HIGHEST_NUMBER), sold(server, MUG)) == (0, 0)


def test_a_pos_without_the_part_is_said_and_heals(server: PosServer) -> None:
    world = a_shop(server)
    server.cloud.set_booking(mode="not_offered")
    world.order(3)
    world.run()
    assert "takes no web orders" in world.entry().refusal
    server.cloud.set_booking(mode="at_once")
    world.until_quiet()
    assert sold(server, MUG) == 3


def test_two_slices_at_once_book_once(server: PosServer) -> None:
    """Real threads, on shuffled orders that change under way."""
    world = a_shop(server)
    numbers = [WebOrderId(2_000 + place) for place in range(40)]
    for number in numbers:
        world.order(2, number)
    threads = [threading.Thread(target=world.run) for _ in range(4)]
    for thread in threads:
        thread.start()
    dice = random.Random(7)
    for number in dice.sample(numbers, 20):
        _found_again(world, number)
    for thread in threads:
        thread.join()
    for number in numbers:
        world.mark(PosProductId(str(number)))
    world.until_quiet()
    assert sold(server, MUG) == 60
    _told_apart(world)
    kinds = documents(server).values()
    assert all(each in (["sale"], ["sale", "return"]) for each in kinds)


def _found_again(world: BookingWorld, number: WebOrderId) -> None:
    """Have the drain find an order with a unit less; refused, it reads again, as the drain does."""
    while True:
        try:
            world.order(1, number)
        except AssertionError:
            continue
        return
