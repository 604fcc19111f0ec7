"""A person lets drift stay, with an end; and takes it back."""

from decimal import Decimal

import pytest

from tests.builders import LANTERN, STORE, a_product
from tests.reconcile_world import ReconcileWorld
from tillbridge.domain.acceptance import Until
from tillbridge.domain.errors import CannotAsk, RetryLater
from tillbridge.domain.history.product_line import Did
from tillbridge.usecases.console.accept_drift import (
    accept_drift,
    accepted_of,
    drift_of,
    take_back,
)

DAY = 86_400.0


@pytest.fixture
def world() -> ReconcileWorld:
    """A world whose last run found a price and a description that differ."""
    world = ReconcileWorld()
    world.linked(a_product(price=Decimal(40)))
    world.online(LANTERN).fields["price"] = Decimal(50)
    world.online(LANTERN).fields["description"] = "Edited"
    world.reconcile()
    return world


def accept(world: ReconcileWorld, *places: str, until: Until = Until.CHANGED) -> None:
    found = drift_of(world, STORE, LANTERN)
    accept_drift(world, "Olivia", STORE, LANTERN, found, places, until, "A sale online")


def differ(world: ReconcileWorld) -> list[str]:
    return [d.place for each in world.findings(world.reconcile()) for d in each.differences]


def test_what_may_stay_is_no_drift_and_says_who_and_why(world: ReconcileWorld) -> None:
    accept(world, "price")
    assert differ(world) == ["description"]
    (said,) = accepted_of(world, STORE, LANTERN).values()
    assert (said.by, said.why, said.until_ms) == ("Olivia", "A sale online", 0)
    line = world.history.of_store(STORE)[-1]
    assert (line.did, line.by, line.words) == (Did.ACCEPTED, "Olivia", "A sale online")


@pytest.mark.parametrize(("until", "days"), [(Until.DAY, 1), (Until.WEEK, 7)])
def test_it_ends_when_its_time_is_over(world: ReconcileWorld, until: Until, days: int) -> None:
    accept(world, until=until)
    world.clock.advance(days * DAY - 600)
    assert differ(world) == []
    world.clock.advance(600)
    assert differ(world) == ["description", "price"]
    assert accepted_of(world, STORE, LANTERN) == {}


def test_it_ends_when_either_side_changes_unless_it_is_for_ever(world: ReconcileWorld) -> None:
    accept(world, "price")
    accept(world, "description", until=Until.EVER)
    world.online(LANTERN).fields["price"] = Decimal(51)
    world.online(LANTERN).fields["description"] = "Edited again"
    assert differ(world) == ["price"]


def test_taken_back_it_is_compared_again(world: ReconcileWorld) -> None:
    accept(world)
    take_back(world, STORE, LANTERN, ["price"])
    take_back(world, STORE, LANTERN, ["price", "never"])
    assert differ(world) == ["price"]


def test_what_was_not_found_and_long_reasons_are_refused(world: ReconcileWorld) -> None:
    found = drift_of(world, STORE, LANTERN)
    with pytest.raises(CannotAsk, match="no such difference"):
        accept_drift(world, "Olivia", STORE, LANTERN, found, ["name"])
    with pytest.raises(CannotAsk, match="no such difference"):
        accept_drift(world, "Olivia", STORE, "nobody", drift_of(world, STORE, "nobody"), ())
    with pytest.raises(CannotAsk, match="201 characters"):
        accept_drift(world, "Olivia", STORE, LANTERN, found, (), Until.DAY, "x" * 201)


def test_what_may_stay_is_noted_or_not_and_stays_accepted(
    world: ReconcileWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise RetryLater("The tables are busy.")

    monkeypatch.setattr(world.history, "write", busy)
    accept(world, "price")
    assert list(accepted_of(world, STORE, LANTERN)) == ["price"]
