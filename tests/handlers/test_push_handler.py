"""`push` over its golden signals."""

from tests.builders import a_product
from tests.handlers.conftest import Handler, LoadEvent
from tests.world import World
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change, Look


def test_a_signal_drains_its_store(push: Handler, load_event: LoadEvent, world: World) -> None:
    product = a_product()
    world.pos.save(product)
    asked = Change(
        store=StoreId("demo"),
        lane=Lane.ASKED,
        product=product.id,
        version=0,
        order=0,
        queued_ms=world.clock.now_ms(),
        trigger="push.requested",
        force=True,
        manual=True,
    )
    world.pending.mark([asked])
    push(load_event("push.signal"))
    assert "create" in [called.method for called in world.web.log]


def test_a_signal_too_many_costs_no_call(
    push: Handler, load_event: LoadEvent, world: World
) -> None:
    push(load_event("push.signal"))
    assert world.web.log == []


def test_a_signal_sent_before_a_drain_that_left_nothing_begins_no_slice(
    push: Handler, load_event: LoadEvent, world: World
) -> None:
    looked: list[int] = []
    look = world.pending.look

    def looks(store: StoreId, now_ms: int, *, with_rows: bool = True) -> Look:
        looked.append(now_ms)
        return look(store, now_ms, with_rows=with_rows)

    world.pending.look = looks  # type: ignore[method-assign]  # watched
    event = load_event("push.signal")
    told = event["Records"][0]["attributes"]
    told["ApproximateFirstReceiveTimestamp"] = str(int(told["SentTimestamp"]) + 1_000)
    push(event)
    push(event)
    assert len(looked) == 1


def test_a_signal_for_a_store_nobody_connected_does_nothing(
    push: Handler, load_event: LoadEvent, world: World
) -> None:
    push(load_event("push.signal.unknown-store"))
    assert world.web.log == []
