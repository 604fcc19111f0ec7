"""The plan of an undo says what comes back for what, and what is left alone, before anybody asks for it."""

from decimal import Decimal

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_jumper, a_product
from tests.console_world import MIA, OLIVIA, VERA, ConsoleWorld
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.jobs import Job, JobState
from tillbridge.domain.people import Person, Role
from tillbridge.domain.product import Product
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Do, Selection
from tillbridge.ports.imports import Outcome
from tillbridge.ports.jobs import Imported
from tillbridge.usecases.console.follow_job import follow_job
from tillbridge.usecases.console.plan_request import carry_out, plan_request
from tillbridge.usecases.console.plan_undo import plan_undo

SAM = Person("issuer", "sam", "Sam", {STORE: Role.STAFF})


@pytest.fixture
def world() -> ConsoleWorld:
    world = ConsoleWorld()
    world.linked(a_product(price=Decimal(10)), a_jumper())
    return world


def pushed(world: ConsoleWorld, *products: Product, by: Person = MIA) -> str:
    """Push products by the console, and return the job."""
    for product in products:
        world.pos.save(product)
        world.show(product)
    ids = tuple(product.id for product in products)
    job = carried_out(world, plan_request(world.console, by, STORE, Do.PUSH, Selection("pos", ids)))
    world.clock.advance(60)
    return job


def carried_out(world: ConsoleWorld, plan: RequestPlan, by: Person = MIA) -> str:
    job = carry_out(world.console, by, STORE, plan.id)
    world.push_until_quiet()
    return job


def left_out(plan: RequestPlan) -> dict[str, str]:
    return {each.id: each.code for each in plan.left_out}


def price(world: ConsoleWorld, product: str = LANTERN) -> object:
    number = world.link(product).id
    assert number is not None
    return world.web[number].fields["price"]


def test_a_plan_says_what_comes_back_for_what_and_calls_nobody(world: ConsoleWorld) -> None:
    job = pushed(world, a_product(version=2, price=Decimal(12)), a_jumper())
    calls = len(world.web.log)
    plan = plan_undo(world.console, MIA, STORE, job=job)
    assert (plan.do, plan.undoes, plan.updates, plan.creates) == (Do.UNDO, job, 1, 0)
    assert [each.words for each in plan.first] == ["price “10” in place of “12”"]
    assert left_out(plan) == {JUMPER: "nothing_replaced"}
    assert (plan.calls, plan.seconds) == (2, 1)
    assert any("left alone" in note for note in plan.notes)
    assert len(world.web.log) == calls


def test_an_undo_of_a_job_is_a_job_with_outcomes(world: ConsoleWorld) -> None:
    job = pushed(world, a_product(version=2, price=Decimal(12)))
    undo = carried_out(world, plan_undo(world.console, MIA, STORE, job=job))
    assert price(world) == Decimal(10)
    progress = follow_job(world.console, STORE, undo)
    assert progress is not None
    assert (progress.state, progress.done, progress.failed) == (JobState.ENDED, 1, 0)
    assert progress.lines[0].words == "BigCommerce has what it had before that push."
    again = plan_undo(world.console, MIA, STORE, job=job)
    assert left_out(again) == {LANTERN: "already_undone"}
    assert again.total == 0


def test_what_an_undo_leaves_alone_is_told_in_its_line(world: ConsoleWorld) -> None:
    job = pushed(world, a_product(version=2, name="Renamed", price=Decimal(12)))
    number = world.link(LANTERN).id
    assert number is not None
    world.web[number].fields["price"] = Decimal(99)
    undo = carried_out(world, plan_undo(world.console, MIA, STORE, job=job))
    progress = follow_job(world.console, STORE, undo)
    assert progress is not None
    assert progress.lines[0].words == "Changed in BigCommerce since, and left alone: price."


def test_one_product_and_one_field_of_a_job(world: ConsoleWorld) -> None:
    job = pushed(
        world,
        a_product(version=2, name="Renamed", price=Decimal(12)),
        a_jumper(name="Jumper 2", version=2),
    )
    plan = plan_undo(world.console, MIA, STORE, job=job, products=[LANTERN], fields=["price"])
    assert (plan.updates, plan.fields) == (1, ("price",))
    carried_out(world, plan)
    assert price(world) == Decimal(10)
    assert world.link(LANTERN).name == "Renamed"
    assert world.link(JUMPER).name == "Jumper 2"


def test_an_undo_of_a_product_takes_the_newest_push_then_the_one_before(
    world: ConsoleWorld,
) -> None:
    pushed(world, a_product(version=2, name="Second", price=Decimal(10)))
    pushed(world, a_product(version=3, name="Second", price=Decimal(12)))
    first = plan_undo(world.console, MIA, STORE, products=[LANTERN])
    assert [each.words for each in first.first] == ["price “10” in place of “12”"]
    carried_out(world, first)
    second = plan_undo(world.console, MIA, STORE, products=[LANTERN])
    assert [each.words for each in second.first] == ["name “Storm Lantern” in place of “Second”"]
    carried_out(world, second)
    third = plan_undo(world.console, MIA, STORE, products=[LANTERN])
    assert (third.total, left_out(third)) == (0, {LANTERN: "nothing_replaced"})


def test_the_newest_push_of_a_field_may_be_an_older_job(world: ConsoleWorld) -> None:
    pushed(world, a_product(version=2, name="Second", price=Decimal(10)))
    pushed(world, a_product(version=3, name="Second", price=Decimal(12)))
    plan = plan_undo(world.console, MIA, STORE, products=[LANTERN], fields=["name"])
    carried_out(world, plan)
    assert world.link(LANTERN).name == "Storm Lantern"
    assert price(world) == Decimal(12)


def test_what_the_first_push_after_a_link_replaced_is_undone_by_product_and_by_job(
    world: ConsoleWorld,
) -> None:
    web = world.web.seed("Rope (web)", "WEB-ROPE", price=Decimal(55))
    world.pos.save(a_product("p-rope", name="Rope", sku="ROPE", price=Decimal(3)))
    world.show(a_product("p-rope", name="Rope", sku="ROPE", price=Decimal(3)))
    link = plan_request(
        world.console, MIA, STORE, Do.LINK, Selection("pos"), pairs=(("p-rope", web.id),)
    )
    job = carried_out(world, link)
    by_job = plan_undo(world.console, MIA, STORE, job=job)
    assert (by_job.updates, list(world.plans.ids(STORE, by_job.id))) == (1, ["\x1f0#p-rope"])
    plan = plan_undo(world.console, MIA, STORE, products=["p-rope"])
    carried_out(world, plan)
    assert (web.name, web.fields["price"]) == ("Rope (web)", Decimal(55))


def test_what_a_push_made_is_hidden_and_unlinked_only_if_somebody_ticks_it(
    world: ConsoleWorld,
) -> None:
    rope = a_product("p-rope", name="Rope", sku="ROPE")
    job = pushed(world, rope, a_product(version=2, price=Decimal(12)))
    number = world.link("p-rope").id
    assert number is not None
    plan = plan_undo(world.console, MIA, STORE, job=job)
    assert (plan.creates, plan.updates) == (1, 1)
    assert [(w.code, [p.id for p in w.products]) for w in plan.warned] == [("created", ["p-rope"])]
    carried_out(world, plan)
    assert not world.web[number].fields["is_visible"]
    hidden = next(line for line in world.history.lines if line.did is Did.UNLINKED)
    assert hidden.words == "Hidden in BigCommerce, and unlinked. It was not deleted."
    assert PosProductId("p-rope") not in world.links.get(STORE, [PosProductId("p-rope")])


def test_a_product_that_was_made_and_linked_to_another_since_is_left_out(
    world: ConsoleWorld,
) -> None:
    job = pushed(world, a_product("p-rope", name="Rope", sku="ROPE"))
    unlink = plan_request(world.console, MIA, STORE, Do.UNLINK, Selection("pos", ("p-rope",)))
    carried_out(world, unlink)
    assert left_out(plan_undo(world.console, MIA, STORE, job=job)) == {"p-rope": "not_linked"}
    web = world.web.seed("Rope (web)", "WEB-ROPE")
    pair = (("p-rope", web.id),)
    carried_out(
        world, plan_request(world.console, MIA, STORE, Do.LINK, Selection("pos"), pairs=pair)
    )
    assert left_out(plan_undo(world.console, MIA, STORE, job=job)) == {"p-rope": "linked_anew"}


def test_an_unlink_is_undone_by_linking_to_the_same_number(world: ConsoleWorld) -> None:
    number = world.link(LANTERN).id
    world.show(a_product(price=Decimal(10)))
    unlink = plan_request(world.console, MIA, STORE, Do.UNLINK, Selection("pos", (LANTERN,)))
    job = carried_out(world, unlink)
    assert LANTERN not in world.links.get(STORE, [LANTERN])
    plan = plan_undo(world.console, MIA, STORE, job=job)
    assert (plan.do, plan.updates) == (Do.LINK, 1)
    carried_out(world, plan)
    assert world.link(LANTERN).id == number


def test_an_import_is_undone_by_unlinking_and_says_that_the_pos_keeps_its_products(
    world: ConsoleWorld,
) -> None:
    job = Job("import-job", STORE, Do.IMPORT, "Mia", world.clock.now_ms(), 2)
    world.jobs.begin(job)
    world.jobs.imported = lambda *_: _imported()  # type: ignore[method-assign]  # what an import left
    plan = plan_undo(world.console, MIA, STORE, job=job.id)
    assert (plan.do, [each.id for each in plan.first]) == (Do.UNLINK, [LANTERN])
    assert any("The POS keeps these products" in note for note in plan.notes)


def _imported() -> Imported:
    told = (
        Outcome(StoreProductId(1), "imported", product=LANTERN),
        Outcome(StoreProductId(2), "already_linked", product=JUMPER),
        Outcome(StoreProductId(3), "refused", words="No."),
    )
    return Imported(3, all_found=True, outcomes=told)


def test_staff_take_back_what_they_asked_for_and_owners_what_anybody_did(
    world: ConsoleWorld,
) -> None:
    job = pushed(world, a_product(version=2, price=Decimal(12)))
    with pytest.raises(CannotAsk, match="Mia asked for this"):
        plan_undo(world.console, SAM, STORE, job=job)
    by_product = plan_undo(world.console, SAM, STORE, products=[LANTERN])
    assert left_out(by_product) == {LANTERN: "not_yours"}
    with pytest.raises(CannotAsk, match="look at this store"):
        plan_undo(world.console, VERA, STORE, job=job)
    plan = plan_undo(world.console, OLIVIA, STORE, job=job)
    with pytest.raises(CannotAsk, match="owner"):
        carry_out(world.console, SAM, STORE, plan.id)
    carried_out(world, plan, OLIVIA)
    assert price(world) == Decimal(10)


def test_what_cannot_be_undone_says_why(world: ConsoleWorld) -> None:
    with pytest.raises(CannotAsk, match="no such job"):
        plan_undo(world.console, MIA, STORE, job="nowhere")
    with pytest.raises(CannotAsk, match="No product is chosen"):
        plan_undo(world.console, MIA, STORE)
    with pytest.raises(CannotAsk, match="No push sends"):
        plan_undo(world.console, MIA, STORE, products=[LANTERN], fields=["weight"])
    with pytest.raises(CannotAsk, match="50 products"):
        plan_undo(world.console, MIA, STORE, products=[f"p-{n}" for n in range(51)])
    job = pushed(world, a_product(version=2, price=Decimal(12)))
    undo = carried_out(world, plan_undo(world.console, MIA, STORE, job=job))
    with pytest.raises(CannotAsk, match="not undone"):
        plan_undo(world.console, MIA, STORE, job=undo)
    with pytest.raises(CannotAsk, match="no such job"):
        plan_undo(world.console, OLIVIA, StoreId("other"), job=job)


def test_a_job_that_goes_on_is_not_undone_yet(world: ConsoleWorld) -> None:
    world.show(a_product(version=2))
    plan = plan_request(world.console, MIA, STORE, Do.PUSH, Selection("pos", (LANTERN,)))
    job = carry_out(world.console, MIA, STORE, plan.id)
    with pytest.raises(CannotAsk, match="goes on"):
        plan_undo(world.console, MIA, STORE, job=job)


@pytest.mark.parametrize("what", ["unlinked", "broken", "deleted"])
def test_what_changed_since_is_left_out_with_its_reason(world: ConsoleWorld, what: str) -> None:
    job = pushed(world, a_product(version=2, price=Decimal(12)))
    if what == "unlinked":
        carried_out(
            world, plan_request(world.console, MIA, STORE, Do.UNLINK, Selection("pos", (LANTERN,)))
        )
        code = "not_linked"
    elif what == "broken":
        number = world.link(LANTERN).id
        assert number is not None
        world.web.remove(number)
        world.happens("product.saved", a_product(version=3, price=Decimal(13)))
        world.push_until_quiet()
        code = "broken"
    else:
        world.show(a_product(version=3, deleted=True))
        code = "deleted_in_pos"
    plan = plan_undo(world.console, MIA, STORE, job=job)
    assert (left_out(plan), plan.total) == ({LANTERN: code}, 0)


def test_after_90_days_nothing_of_a_job_is_kept(world: ConsoleWorld) -> None:
    job = pushed(world, a_product(version=2, price=Decimal(12)))
    world.clock.advance(90 * 24 * 3_600)
    plan = plan_undo(world.console, MIA, STORE, job=job)
    assert left_out(plan) == {LANTERN: "nothing_replaced"}
