"""A push that was planned exactly loses nothing that its plan did not name."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import STORE, a_change, a_product
from tests.exact_world import PLAN, ExactWorld
from tests.faults import Faults, Planted
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.losses import losses
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.product import Product
from tillbridge.usecases.push.taking import since_planned


@pytest.fixture
def world() -> ExactWorld:
    world = ExactWorld()
    world.linked(
        a_product("p-1", name="A", sku="A", price=Decimal(40)),
        a_product("p-2", name="B", sku="B", price=Decimal(40)),
    )
    return world


def pushes(world: ExactWorld, *products: str, plan: str = PLAN) -> None:
    """Push products as a person who saw a plan does."""
    world.pending.mark(
        a_change(
            each, lane=Lane.ASKED, force=True, manual=True, job=PLAN, plan=plan, by="Mia", event="e"
        )
        for each in products
    )
    world.push_until_quiet()


def changed(world: ExactWorld, product: str, **values: Any) -> Product:
    record = world.pos.records[PosProductId(product)]
    made = replace(record, version=record.version + 1, **values)
    world.pos.save(made)
    return made


def test_what_the_plan_did_not_name_is_left_aside_and_the_rest_goes(world: ExactWorld) -> None:
    world.compared("p-1", "p-2")
    changed(world, "p-1", price=Decimal(4))
    changed(world, "p-2", price=Decimal(39))
    pushes(world, "p-1", "p-2")
    assert [str(world.online(each).fields["price"]) for each in ("p-1", "p-2")] == ["40", "39"]
    problem = world.link("p-1").problem
    assert problem is not None
    assert problem.code == ProblemCode.CHANGED_SINCE_PLANNED
    assert "its price changed: '40' online would become 4" in problem.words
    assert world.pending.rows == []
    (told,) = [
        line for line in world.history.of_store(STORE) if line.outcome and line.product == "p-1"
    ]
    assert (told.code, told.job) == ("changed_since_planned", PLAN)


def test_what_the_plan_named_goes(world: ExactWorld) -> None:
    changed(world, "p-1", price=Decimal(4), description="")
    world.compared("p-1", "p-2")
    pushes(world, "p-1", "p-2")
    assert str(world.online("p-1").fields["price"]) == "4"
    assert world.online("p-1").fields["description"] == ""


def test_what_was_edited_online_since_is_not_blanked(world: ExactWorld) -> None:
    changed(world, "p-1", description="")
    world.push_until_quiet()
    world.ask(world.pos.records[PosProductId("p-1")])
    world.push_until_quiet()
    world.compared("p-1")
    world.online("p-1").fields["description"] = "Written online since"
    pushes(world, "p-1")
    assert world.online("p-1").fields["description"] == "Written online since"


def test_it_can_be_pushed_again_once_it_was_seen(world: ExactWorld) -> None:
    world.compared("p-1")
    changed(world, "p-1", price=Decimal(4))
    pushes(world, "p-1")
    world.compared("p-1")
    pushes(world, "p-1")
    assert str(world.online("p-1").fields["price"]) == "4"
    assert world.link("p-1").problem is None


def test_a_push_without_an_exact_plan_asks_for_none(world: ExactWorld) -> None:
    changed(world, "p-1", price=Decimal(4))
    pushes(world, "p-1", plan="")
    assert world.exact.asked == []
    assert str(world.online("p-1").fields["price"]) == "4"


def test_a_plan_is_asked_for_once_a_slice_and_nothing_more_is_read(world: ExactWorld) -> None:
    world.compared("p-1", "p-2")
    calls = len(world.web.log)
    pushes(world, "p-1", "p-2", plan="")
    without = len(world.web.log) - calls
    pushes(world, "p-1", "p-2")
    assert world.exact.asked == [[PLAN]]
    assert len(world.web.log) - calls - without == without


def test_a_later_push_without_a_plan_is_bound_to_none(world: ExactWorld) -> None:
    world.compared("p-1")
    changed(world, "p-1", price=Decimal(4))
    world.pending.mark(
        [a_change("p-1", lane=Lane.ASKED, manual=True, force=True, job=PLAN, plan=PLAN)]
    )
    pushes(world, "p-1", plan="")
    assert str(world.online("p-1").fields["price"]) == "4"


def test_a_fault_over_one_product_costs_that_product(
    world: ExactWorld, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults.planted = True
    world.compared("p-1", "p-2")

    def broken(sent: dict[str, Any], there: dict[str, str]) -> Any:
        if there["name"] == "A":
            raise Planted
        return losses(sent, there)

    monkeypatch.setattr(since_planned, "losses", broken)
    changed(world, "p-1", price=Decimal(4))
    changed(world, "p-2", price=Decimal(39))
    world.pending.mark(
        a_change(each, lane=Lane.ASKED, force=True, manual=True, job=PLAN, plan=PLAN, event="e")
        for each in ("p-1", "p-2")
    )
    world.push()
    assert [str(world.online(each).fields["price"]) for each in ("p-1", "p-2")] == ["40", "39"]
    assert faults.products == {"p-1"}
