"""Whatever happened in a shop: an autopsy that changes nothing comes to the debt that was noticed, and
the cause of every debt is found."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.sold_twice import Shop
from tillbridge.domain.autopsy.causes import broke_at, cause_of
from tillbridge.domain.autopsy.changes import MOST_SAFETY, Change
from tillbridge.domain.autopsy.replay import play
from tillbridge.domain.autopsy.verdict import verdict_of, verdicts

type Step = Callable[[Shop], None]

UNITS = st.integers(1, 3)
STEPS: st.SearchStrategy[Step] = st.one_of(
    UNITS.map(lambda n: lambda shop: shop.move(-n, "sale.completed")),
    st.integers(-3, 3).map(lambda n: lambda shop: shop.move(n, "inventory_count.completed")),
    UNITS.map(lambda n: lambda shop: shop.sell(n)),
    st.just(lambda shop: shop.sell(1)),
    st.just(lambda shop: shop.order(1)),
    UNITS.map(lambda n: lambda shop: shop.order(n)),
    st.just(lambda shop: shop.order(1, asks=False)),
    st.tuples(st.integers(0, 9), st.integers(0, 4)).map(lambda t: lambda shop: shop.edit(*t)),
    st.just(Shop.read_orders),
    st.just(Shop.book),
    st.tuples(st.sampled_from([100, 400]), st.integers(0, 2)).map(
        lambda t: lambda shop: shop.push(*t)
    ),
    st.just(lambda shop: shop.push(400, books=True)),
    st.integers(0, 9).map(lambda n: lambda shop: shop.refund(n)),
    UNITS.map(lambda n: lambda shop: shop.raised(n)),
)
"""What may happen next. Seconds pass between two of them."""


@st.composite
def shops(draw: st.DrawFn) -> Shop:
    """Return a shop after a while, when all orders have been read and a level has gone out."""
    shop = Shop(draw(st.integers(0, 5)), draw(st.booleans()), draw(st.integers(0, 2)))
    for step in draw(st.lists(STEPS, max_size=16)):
        shop.later(draw(st.sampled_from([50, 700, 1_500])))
        step(shop)
    shop.later(1_000)
    shop.read_orders()
    shop.later(100)
    shop.push(100, books=draw(st.booleans()))
    return shop


@given(shops())
def test_a_replay_without_changes_comes_to_the_debt_that_was_noticed(shop: Shop) -> None:
    timeline = shop.timeline()
    played = play(timeline)

    assert played.debt == timeline.debt
    assert play(timeline, first=played).stands == played.stands


@given(shops())
def test_every_debt_has_a_cause(shop: Shop) -> None:
    timeline = shop.timeline()
    played = play(timeline)
    place = broke_at(played)

    if place is not None:
        assert cause_of(timeline, played, place) is not None
    else:
        assert played.debt <= played.begin.debt


@settings(deadline=None)  # up to 64 replays of each
@given(shops())
def test_every_order_of_the_same_events_comes_to_the_same_debt(shop: Shop) -> None:
    assert all(verdict.reproduces for verdict in verdicts(shop.timeline()))


@given(shops())
def test_what_is_said_to_prevent_a_debt_is_the_least_that_does(shop: Shop) -> None:
    verdict = verdict_of(shop.timeline())
    for each in verdict.tried:
        if each.change is Change.SAFETY_STOCK and each.prevented:
            safety = verdict.timeline.safety
            less = [play(verdict.timeline, less=n, first=verdict.played) for n in range(1, 6)]
            prevents = [n for n, played in enumerate(less, 1) if played.prevented]
            assert safety + prevents[0] == each.value <= MOST_SAFETY
