"""What reconcile has pushed again is told in the history, with what was online."""

from decimal import Decimal

from tests.builders import JUMPER, LANTERN, a_jumper, a_product
from tests.reconcile_world import FULL, ReconcileWorld
from tillbridge.domain.history.product_line import Did


def a_world() -> ReconcileWorld:
    world = ReconcileWorld()
    world.linked(a_product(), a_jumper())
    world.history.lines.clear()
    return world


def test_a_repair_tells_what_was_online_and_who_approved_it() -> None:
    world = a_world()
    world.online(LANTERN).fields |= {"price": Decimal("29.90"), "cost_price": Decimal(7)}
    small = next(iter(world.online(JUMPER).variants.values()))
    small.fields["price"] = Decimal(5)
    run = world.reconcile(FULL)
    assert world.history.lines == []
    repairing = world.approve(run)

    lantern, jumper = (
        next(each for each in world.history.lines if each.product == product)
        for product in (LANTERN, JUMPER)
    )
    assert (lantern.did, lantern.by, lantern.job) == (Did.REPAIRED, "anna", repairing.id)
    assert {name: Decimal(each.value) for name, each in lantern.fields.items()} == {
        "price": Decimal("29.90"),
        "cost_price": Decimal(7),
    }
    (name,) = jumper.fields
    assert name.endswith(".price")
    assert name.partition(".")[0] in world.link(JUMPER).variants


def test_a_product_that_was_deleted_online_is_told_with_what_to_do() -> None:
    world = a_world()
    number = world.link(LANTERN).id
    assert number is not None
    del world.web.records.products[number]
    world.approve(world.reconcile(FULL))

    (line,) = [each for each in world.history.lines if each.product == LANTERN]
    assert (line.did, line.web) == (Did.BROKEN, number)
    assert "deleted" in line.words


def test_what_equals_has_no_line() -> None:
    world = a_world()
    world.reconcile(FULL)
    assert world.history.lines == []
