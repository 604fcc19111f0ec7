"""What the port of plans promises, kept by the fake and by DynamoDB."""

import random
from dataclasses import replace

import pytest

from tests.builders import STORE
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeRequestPlans
from tillbridge.adapters.dynamodb.request_plans import DynamoRequestPlans
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import MOST_OF_STAFF
from tillbridge.domain.request_plan import (
    ASKING_MS,
    KEPT_MS,
    PlannedProduct,
    RequestPlan,
    Warned,
)
from tillbridge.domain.selection import Do, Question, Selection
from tillbridge.domain.view_rows import RowState
from tillbridge.ports.request_plans import RequestPlans

OTHER = StoreId("lighthouse")
LAMP = PlannedProduct("p-1", "Lamp \U0001f4a1", "107", "name_taken", "Rename one.")
QUESTION = Question("lamp", RowState.NOT_LINKED)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(params=["fake", "dynamodb"])
def plans(request: pytest.FixtureRequest, clock: FakeClock) -> RequestPlans:
    if request.param == "fake":
        return FakeRequestPlans(clock)
    make = request.getfixturevalue("make_table")
    return DynamoRequestPlans(request.getfixturevalue("dynamodb"), make("StoresTable"), clock)


@pytest.fixture
def plan(clock: FakeClock) -> RequestPlan:
    return RequestPlan(
        id="01KAJ8Z3M000000000000000P0",
        store=STORE,
        do=Do.PUSH,
        selection=Selection("pos", question=QUESTION, without=frozenset({"p-9"})),
        by="mina",
        made_ms=clock.now_ms(),
        creates=1,
        updates=2,
        left_out_count=1,
        left_out=(replace(LAMP, code="deleted_in_pos"),),
        warned=(Warned("name_taken", "Taken.", (LAMP,)),),
        first=(LAMP,),
        calls=3,
        seconds=1,
    )


def test_a_plan_comes_back_whole_with_its_ids(plans: RequestPlans, plan: RequestPlan) -> None:
    plans.keep(plan, ["p-1", "p-#2", "\U0001f4a1"])
    assert plans.get(STORE, plan.id) == plan
    assert list(plans.ids(STORE, plan.id)) == ["p-1", "p-#2", "\U0001f4a1"]


def test_a_plan_is_its_stores_own(plans: RequestPlans, plan: RequestPlan) -> None:
    plans.keep(plan, ["p-1"])
    assert plans.get(OTHER, plan.id) is None
    assert list(plans.ids(OTHER, plan.id)) == []
    assert not plans.carry_out(OTHER, plan.id, "j", plan.made_ms)
    assert plans.get(STORE, "nobody's") is None


def test_a_plan_is_forgotten_after_a_day(
    plans: RequestPlans, plan: RequestPlan, clock: FakeClock
) -> None:
    plans.keep(plan, ["p-1"])
    clock.sleep(KEPT_MS / 1_000)
    assert plans.get(STORE, plan.id) is None
    assert list(plans.ids(STORE, plan.id)) == []


def test_one_job_alone_carries_a_plan_out(plans: RequestPlans, plan: RequestPlan) -> None:
    plans.keep(plan, ["p-1"])
    assert plans.carry_out(STORE, plan.id, "j-1", plan.made_ms)
    assert not plans.carry_out(STORE, plan.id, "j-1", plan.made_ms + ASKING_MS - 1)
    assert plans.get(STORE, plan.id) == replace(plan, job="j-1")
    plans.asked(STORE, plan.id)
    assert plans.get(STORE, plan.id) == replace(plan, job="j-1", asked=True)
    assert not plans.carry_out(STORE, plan.id, "j-1", plan.made_ms + ASKING_MS)


def test_a_plan_that_somebody_died_over_is_carried_out_by_the_next(
    plans: RequestPlans, plan: RequestPlan
) -> None:
    plans.keep(plan, ["p-1"])
    assert plans.carry_out(STORE, plan.id, "j-1", plan.made_ms)
    assert plans.carry_out(STORE, plan.id, "j-1", plan.made_ms + ASKING_MS)
    assert not plans.carry_out(STORE, plan.id, "j-1", plan.made_ms + ASKING_MS + 1)


def test_a_plan_that_was_let_go_is_carried_out_by_the_next_at_once(
    plans: RequestPlans, plan: RequestPlan
) -> None:
    plans.keep(plan, ["p-1"])
    plans.let_go(STORE, "nobody's")
    assert plans.get(STORE, "nobody's") is None
    assert plans.carry_out(STORE, plan.id, "j-1", plan.made_ms)
    plans.let_go(STORE, plan.id)
    assert plans.carry_out(STORE, plan.id, "j-1", plan.made_ms + 1)
    plans.asked(STORE, plan.id)
    plans.let_go(STORE, plan.id)
    assert not plans.carry_out(STORE, plan.id, "j-1", plan.made_ms + 2)


def test_the_ids_of_a_whole_catalogue_are_kept(plans: RequestPlans, plan: RequestPlan) -> None:
    ids = [f"{number * 2654435761 % 2**64:016x}" for number in range(120_000)]
    plans.keep(plan, ids)
    assert list(plans.ids(STORE, plan.id)) == ids


def test_what_staff_chose_one_by_one_is_kept_however_long_its_ids_and_names_are(
    plans: RequestPlans, plan: RequestPlan
) -> None:
    chance = random.Random(7)  # texts that hardly get shorter when they are packed

    def odd(length: int) -> str:
        return "".join(chr(chance.randrange(0x1F300, 0x1FAFF)) for _ in range(length))

    ids = tuple(odd(LONGEST_ID) for _ in range(MOST_OF_STAFF))
    shown = tuple(PlannedProduct(each, odd(1_000), words=odd(500)) for each in ids[:50])
    chosen = Selection("pos", ids, without=frozenset(ids))
    warned = tuple(Warned(f"w-{n}", "Look.", shown) for n in range(3))
    large = replace(plan, selection=chosen, left_out=shown, warned=warned, first=shown)
    plans.keep(large, ids)
    assert plans.get(STORE, plan.id) == large
    assert tuple(plans.ids(STORE, plan.id)) == ids
    assert plans.carry_out(STORE, plan.id, "j-1", plan.made_ms)
    assert plans.get(STORE, plan.id) == replace(large, job="j-1")
