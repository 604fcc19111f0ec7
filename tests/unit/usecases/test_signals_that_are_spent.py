"""A burst of events sends hundreds of signals; a few drains do what all of them ask."""

from dataclasses import replace

import pytest

from tests.builders import STORE, some_stock
from tests.signal_queue import SignalQueue
from tests.unit.usecases.busy_shop import a_shop
from tillbridge.domain.errors import StoreDown
from tillbridge.domain.lag_histogram import HourLags
from tillbridge.domain.slices import CLOCKS_DIFFER_MS, Turn

STARTS_S = 0.03
"""A warm function, and the four requests of an idle drain."""


@pytest.mark.parametrize("call_s", [0.01, 0.4])
@pytest.mark.parametrize("every_ms", [1, 10])
def test_a_thousand_signals_of_a_burst_start_twenty_drains_at_most(
    every_ms: int, call_s: float
) -> None:
    world, shop = a_shop()
    queue = SignalQueue(world, ahead_ms=7_000_000)
    begun = world.begin(call_s)

    def sells(number: int) -> None:
        product = replace(shop[number % 50], version=100 + number, stock=(some_stock(number),))
        world.happens("sale.completed", product)
        queue.send()

    for number in range(1_000):
        world.clock.at(begun + number * every_ms, lambda number=number: sells(number))  # type: ignore[misc]
    place = 0
    while place < 1_000:
        if place == len(queue.sent):
            world.clock.advance(0.001)
            continue
        before = queue.drains
        queue.deliver(place)
        world.clock.advance(STARTS_S if queue.drains > before else 0.005)
        place += 1
    assert world.pending.rows == []
    assert queue.drains <= 20
    for number in range(950, 1_000):
        link = world.link(shop[number % 50])
        assert (link.stock_version, link.content_version) == (100 + number, 100 + number)


def test_a_signal_sent_after_the_look_is_not_spent() -> None:
    world, shop = a_shop()
    queue = SignalQueue(world)
    queue.send()
    queue.deliver(0)
    world.clock.advance(2 * CLOCKS_DIFFER_MS / 1_000)
    world.happens("sale.completed", replace(shop[0], version=7, stock=(some_stock(3),)))
    queue.send()
    queue.deliver(1)
    assert (queue.drains, world.pending.rows) == (2, [])


def test_the_signal_of_a_slice_that_ended_in_trouble_spends_none() -> None:
    world, shop = a_shop()
    queue = SignalQueue(world)
    world.happens("sale.completed", replace(shop[0], version=7, stock=(some_stock(3),)))
    queue.send()
    world.clock.advance(10)
    world.web.script.fail_next("set_stock", StoreDown("down"))
    world.web.script.fail_next("ping", StoreDown("down"))
    queue.deliver(0)
    turn = world.stores.begin_slice(STORE, "next", 2**50, 2**51, queue.sent[0])
    assert replace(turn, hour=HourLags()) == Turn(unsure=True)
