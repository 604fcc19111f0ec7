"""What the port of exact plans promises, kept by the fake and by DynamoDB."""

import random
from dataclasses import replace

import pytest

from tests.builders import STORE
from tests.fakes.clock import FakeClock
from tests.fakes.exact_plans import FakeExactPlans
from tillbridge.adapters.dynamodb.exact_items import packed_guard, unpacked_guard
from tillbridge.adapters.dynamodb.exact_plans import DynamoExactPlans
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.exact_plan import (
    Does,
    Exact,
    ExactProduct,
    ExactState,
    LossGroup,
    Lost,
    guard_of,
)
from tillbridge.domain.findings import Difference, Moved
from tillbridge.domain.ids import StoreId
from tillbridge.domain.losses import Loss, LossKind
from tillbridge.domain.request_plan import KEPT_MS
from tillbridge.ports.exact_plans import ExactPlans

OTHER = StoreId("lighthouse")
PLAN = "01KAJ8Z3M000000000000000P0"
LOSS = Loss(LossKind.LOWERS, "price@v-1", "price", "40.00", "15", 63)
LAMP = ExactProduct(
    "p-1",
    "Lamp \U0001f4a1",
    "107",
    Does.CHANGES,
    "",
    (Difference("price", "15", "40.00", Moved.POS, "v-1"),),
    1,
    (LOSS,),
)
EXACT = Exact(
    PLAN,
    told_ms=5,
    done=1,
    total=2,
    changes=1,
    fields=1,
    groups=(
        LossGroup("lowers_price", LossKind.LOWERS, "price", 1, 63, (Lost("p-1", "Lamp", LOSS),)),
    ),
)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(params=["fake", "dynamodb"])
def exact(request: pytest.FixtureRequest, clock: FakeClock) -> ExactPlans:
    if request.param == "fake":
        return FakeExactPlans(clock)
    make = request.getfixturevalue("make_table")
    return DynamoExactPlans(request.getfixturevalue("dynamodb"), make("StoresTable"), clock)


def test_it_comes_back_as_it_was_kept_of_its_store_for_a_day(
    exact: ExactPlans, clock: FakeClock
) -> None:
    assert exact.get(STORE, PLAN) is None
    assert exact.save(STORE, EXACT)
    assert exact.get(STORE, PLAN) == EXACT
    assert exact.get(OTHER, PLAN) is None
    clock.advance(KEPT_MS / 1_000)
    assert exact.get(STORE, PLAN) is None


def test_what_is_ready_stays(exact: ExactPlans) -> None:
    ready = replace(EXACT, state=ExactState.READY)
    assert exact.save(STORE, replace(EXACT, state=ExactState.FAILED, words="It failed."))
    assert exact.save(STORE, ready)
    assert not exact.save(STORE, EXACT)
    assert exact.get(STORE, PLAN) == ready


def test_what_pushes_ask_of_a_plan_that_is_ready_stays_with_it(exact: ExactPlans) -> None:
    ready = replace(EXACT, state=ExactState.READY)
    assert exact.save(STORE, ready, guard_of([LAMP]))
    for late in (ready, EXACT):
        assert not exact.save(STORE, late, {"p-9": frozenset({"price"})})
    assert exact.get(STORE, PLAN) == ready
    assert exact.guards(STORE, [PLAN]) == {PLAN: guard_of([LAMP])}


def test_pages_keep_their_order_and_are_replaced(exact: ExactPlans) -> None:
    some = [replace(LAMP, id=f"p-{n}") for n in range(250)]
    exact.add_page(STORE, PLAN, 0, some)
    exact.add_page(STORE, PLAN, 1, [LAMP, LAMP])
    exact.add_page(STORE, PLAN, 1, [LAMP])
    assert list(exact.page(STORE, PLAN, 0)) == some
    assert list(exact.products(STORE, replace(EXACT, done=251))) == [*some, LAMP]
    assert list(exact.page(STORE, PLAN, 2)) == []


def test_a_page_of_the_longest_values_fits(exact: ExactPlans) -> None:
    dice = random.Random(7)
    noise = "".join(chr(dice.randrange(0x4E00, 0x9FFF)) for _ in range(300))
    many = tuple(
        Difference(f"f{n}", noise[n:] + noise[:n], noise[::-1], variant=noise[:255])
        for n in range(40)
    )
    page = [replace(LAMP, id=noise[n : n + LONGEST_ID], differences=many) for n in range(250)]
    exact.add_page(STORE, PLAN, 0, page)
    assert list(exact.page(STORE, PLAN, 0)) == page


def test_guards_are_those_of_the_plans_that_were_compared(exact: ExactPlans) -> None:
    exact.save(STORE, EXACT, guard_of([LAMP, replace(LAMP, id="p-2", losses=())]))
    exact.save(STORE, Exact("bare"), {})
    exact.save(STORE, Exact("other"))
    assert exact.guards(STORE, [PLAN, "bare", "other"]) == {
        PLAN: {"p-1": frozenset({"price@v-1"})},
        "bare": {},
    }
    assert exact.guards(OTHER, [PLAN]) == {}


def test_a_guard_of_many_values_names_fields_and_of_too_many_products_the_first() -> None:
    many = tuple(replace(LOSS, place=f"price@v-{n}") for n in range(600))
    assert guard_of([replace(LAMP, losses=many)]) == {"p-1": frozenset({"price"})}
    dice = random.Random(7)
    ids = ["".join(chr(dice.randrange(0x4E00, 0x9FFF)) for _ in range(255)) for _ in range(2_000)]
    kept = packed_guard({each: frozenset({"price"}) for each in ids})
    assert len(kept) <= 350_000
    assert unpacked_guard(kept)[ids[0]] == {"price"}
