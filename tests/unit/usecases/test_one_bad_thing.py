"""One bad product, question or table holds back itself, in words, and no store and no neighbour."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import STORE, a_connection, a_product, some_stock
from tests.fakes.store_api import FakeStoreApi
from tests.faults import Faults, Planted
from tests.import_world import ImportWorld
from tests.world import World
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.connection import StoreState
from tillbridge.domain.errors import (
    ChangeOfCourse,
    Gone,
    NeedsAttention,
    OutOfTime,
    Refused,
    RetryLater,
    StoreDown,
    UnreadableStore,
)
from tillbridge.domain.ids import StoreId
from tillbridge.domain.link import Link
from tillbridge.domain.mapping import Json
from tillbridge.domain.problems import forbidden_for
from tillbridge.domain.product import Product
from tillbridge.usecases.import_products.import_message import import_message
from tillbridge.usecases.push.slice.flight import Flight, Task

GOOD = [a_product(f"p-{n}", name=f"Lamp {n}", sku=f"S-{n}") for n in range(5)]
BAD = a_product("p-bad", name="Bad", sku="S-BAD")


def newer(product: Product, **fields: object) -> Product:
    """Return the next version of a product, at another price."""
    changed: dict[str, object] = {"version": 2, "price": Decimal(2), **fields}
    return replace(product, **changed)  # type: ignore[arg-type]


def at_new_price(world: World) -> int:
    """Return how many of the good products have their new price online."""
    ids = [world.link(product).id for product in GOOD]
    return sum(world.web[number].fields["price"] == 2 for number in ids if number is not None)


class Firewall(FakeStoreApi):
    """A store behind a firewall that lets no program code through, or nothing at all."""

    def __init__(self, error: NeedsAttention) -> None:
        super().__init__()
        self.error = error
        self.closed = False

    def update_products(self, items: Sequence[Json]) -> dict[object, str]:  # type: ignore[override]
        if self.closed or any("<script" in str(item.get("description")) for item in items):
            raise self.error
        return super().update_products(items)  # type: ignore[return-value]


FORBIDDEN = [
    forbidden_for(AttentionCode.SCOPE_MISSING, title="Access denied", scope="store_v2_products"),
    NeedsAttention("scope_missing", "403"),
]


@pytest.mark.parametrize("error", FORBIDDEN, ids=["by a firewall", "without words"])
def test_a_403_for_one_products_content_is_that_products_failure(error: NeedsAttention) -> None:
    world = World(web=Firewall(error))
    world.linked(*GOOD, BAD)
    changed = newer(BAD, description="<script>x</script>")
    world.happens("product.saved", *map(newer, GOOD), changed)
    world.push()
    assert at_new_price(world) == len(GOOD)
    problem = world.link(BAD).problem
    assert problem is not None
    assert problem.code == "forbidden"
    assert "'Bad'" in problem.words
    assert world.stores.find(STORE) == world.connection
    for _ in range(12):
        world.clock.advance(900)
        world.push()
    assert len(world.writes()) < 40
    world.happens("product.saved", newer(BAD, version=3, description="Plain."))
    world.clock.advance(900)
    world.push_until_quiet()
    assert world.link(BAD).problem is None


def test_a_403_for_everything_is_the_stores() -> None:
    web = Firewall(FORBIDDEN[0])
    world = World(web=web)
    world.linked(*GOOD, BAD)
    web.closed = True
    world.happens("product.saved", *map(newer, [*GOOD, BAD]))
    world.push()
    store = world.stores.find(STORE)
    assert store is not None
    assert store.state is StoreState.NEEDS_ATTENTION
    web.closed = False
    world.clock.advance(900)
    world.push_until_quiet()
    assert at_new_price(world) == len(GOOD)
    assert all(world.link(product).problem is None for product in GOOD)


@pytest.mark.parametrize(
    ("method", "refusal"),
    [
        ("categories", Gone(404, "no such tree")),
        ("highest_id", Refused(400, "bad query")),
        ("find_by_name", Refused(422, "The filter is not valid")),
    ],
)
def test_a_refused_question_holds_back_what_needs_its_answer(method: str, refusal: Refused) -> None:
    world = World()
    world.linked(*GOOD)
    world.web.seed("New", "OTHER")
    for _ in range(20):
        world.web.fail_next(method, refusal)
    world.ask(a_product("p-new", name="New", sku="NEW", department="Brand new"))
    world.happens("product.saved", *map(newer, GOOD))
    world.push()
    assert at_new_price(world) == len(GOOD)
    problem = world.link("p-new").problem
    assert problem is not None
    assert refusal.title in problem.words
    assert world.stores.find(STORE) == world.connection
    assert world.signals.wakes


def test_a_refused_ping_makes_the_store_wait_in_words() -> None:
    world = World(connection=a_connection(failures=1))
    world.ask(a_product())
    world.web.fail_next("ping", Refused(404, "not here"))
    world.push()
    store = world.stores.find(STORE)
    assert store is not None
    assert "not here" in store.attention_words
    world.clock.advance(world.signals.wakes[-1][1])
    world.push_until_quiet()
    assert world.link(a_product()).is_linked


@pytest.mark.parametrize("step", ["update_products", "set_stock"])
def test_a_bug_for_one_product_of_a_store_that_refused_too_much_holds_back_no_other(
    step: str, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    world.linked(BAD, *GOOD)
    bad, real = world.link(BAD).id, getattr(world.web, step)

    def fails(items: Sequence[Any]) -> Any:
        if any(bad in (getattr(i, "product", None), dict_id(i)) for i in items):
            raise Planted(step)
        return real(items)

    monkeypatch.setattr(world.web, step, fails)
    waiting = {"state": StoreState.NEEDS_ATTENTION, "attention_code": "too_many_refused"}
    world.stores.set_state(replace(world.connection, **waiting))  # type: ignore[arg-type]
    stock = (some_stock(1),)
    world.happens("sale.completed", *[newer(each, stock=stock) for each in (BAD, *GOOD)])
    for _ in range(4):
        world.push()
        world.clock.advance(901)
    assert at_new_price(world) == len(GOOD)
    store = world.stores.find(STORE)
    assert store is not None
    assert store.state is StoreState.ACTIVE
    assert faults.products == {BAD.id}


def dict_id(item: object) -> object:
    """Return the id in what is sent of a product; None in a level."""
    return item.get("id") if isinstance(item, dict) else None


# --- the tables and the queue, as a slice begins and ends ------------------------------------------

BUSY = RetryLater("Tillbridge's own database is busy.")


@pytest.mark.parametrize("method", ["begin_slice", "find", "end_slice", "set_state"])
@pytest.mark.parametrize("error", [BUSY, Planted("bug"), UnreadableStore("odd")], ids=repr)
def test_trouble_around_a_slice_holds_its_store_no_longer_than_a_wake(
    method: str, error: Exception, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(connection=a_connection(failures=1))
    world.ask(a_product())

    def fails(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(world.stores, method, fails)
        if isinstance(error, UnreadableStore) and method not in ("begin_slice", "find"):
            pytest.skip("only what is read can be unreadable")
        world.push()
    if method in ("begin_slice", "find"):
        assert 0 < world.signals.wakes[-1][1] <= 90
        world.clock.advance(world.signals.wakes[-1][1])
    world.clock.advance(70)  # a slice that could not end is over by then
    world.push_until_quiet()
    assert world.link(a_product()).is_linked
    assert bool(faults.noted) is (error is not BUSY)


@pytest.mark.parametrize("error", [BUSY, Planted("the queue is gone")], ids=repr)
def test_a_wake_that_cannot_be_sent_is_left_to_the_sweep(
    error: Exception, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create", StoreDown("down"))
    world.web.fail_next("ping", StoreDown("down"))

    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(world.signals, "wake", fails)
    world.push()
    assert world.pending.rows


# --- tasks in flight -------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [0, 1, 2, 3])
def test_of_the_errors_in_flight_the_one_that_concerns_most_is_raised_and_all_are_logged(
    first: int, caplog: pytest.LogCaptureFixture
) -> None:
    errors = [
        ChangeOfCourse("stock first"),
        OutOfTime("over"),
        StoreDown("down"),
        NeedsAttention("token_dead", "dead"),
    ]
    errors = errors[first:] + errors[:first]

    def failing(error: Exception) -> Callable[[], None]:
        def run() -> None:
            raise error

        return run

    flight = Flight(4)
    tasks = [Task(failing(error), frozenset({str(error)})) for error in errors]
    flight._under_way.update({flight._pool.submit(task.run): task.touches for task in tasks})
    with pytest.raises(NeedsAttention):
        flight.land()
    flight.close()
    logged = {str(record.exc_info[1]) for record in caplog.records if record.exc_info}
    assert logged == {"stock first", "over", "down"}


# --- imports ---------------------------------------------------------------------------------------


def test_a_product_whose_link_fails_is_told_and_the_other_24_are_linked(faults: Faults) -> None:
    world = ImportWorld()
    shop = [world.sells(f"Lamp {n}", f"L-{n}") for n in range(25)]
    bad = shop[3].id
    real = world.links.linked

    def linked(store: StoreId, link: Link, *, reserved: bool = False) -> None:
        if link.id == bad:
            raise Planted("Item size has exceeded the maximum allowed size")
        real(store, link, reserved=reserved)

    world.links.linked = linked  # type: ignore[method-assign]
    world.ask_for()
    import_message(world.queue.waiting.popleft(), world.import_deps)
    import_message(world.queue.waiting.popleft(), world.import_deps)
    holders = world.links.holders(STORE, [product.id for product in shop])
    assert sum(holder != "#importing" for holder in holders.values()) == 24
    assert faults.products == {str(bad)}
    world.links.linked = real  # type: ignore[method-assign]
    world.ask_for(shop[3], request="again")
    world.import_until_quiet()
    assert world.link_of(shop[3]).is_linked
    assert len(world.pos.made) == 25
