"""A plan says what a request would do before it is made, and is carried out once."""

from dataclasses import replace

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_link, a_product
from tests.console_world import MIA, OLIVIA, VERA, ConsoleWorld
from tillbridge.domain.errors import CannotAsk, RetryLater
from tillbridge.domain.exact_plan import ExactState
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.people import MOST_OF_STAFF, Person
from tillbridge.domain.request_plan import ASKING_MS, GOOD_FOR_MS, RequestPlan
from tillbridge.domain.selection import Do, Question, Selection
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.usecases.console import planning
from tillbridge.usecases.console.plan_request import carry_out, plan_request


@pytest.fixture
def world() -> ConsoleWorld:
    return ConsoleWorld()


def planned(
    world: ConsoleWorld,
    do: Do,
    *ids: str,
    side: str = "pos",
    by: Person = MIA,
    pairs: tuple[tuple[str, int], ...] = (),
) -> RequestPlan:
    return plan_request(world.console, by, STORE, do, Selection(side, ids), pairs=pairs)


def left_out(plan: RequestPlan) -> list[tuple[str, str]]:
    return [(each.id, each.code) for each in plan.left_out]


def warned(plan: RequestPlan) -> dict[str, list[str]]:
    return {each.code: [product.id for product in each.products] for each in plan.warned}


def on_the_web(world: ConsoleWorld, number: int, **row: str) -> None:
    world.read_model.put(STORE, [ViewRow("web", str(number), f"Web {number}", **row)])  # type: ignore[arg-type]  # texts


def test_a_push_tells_what_is_made_what_is_updated_and_what_is_left_out(
    world: ConsoleWorld,
) -> None:
    world.linked(a_product())
    world.show(a_product())
    world.show(a_product(JUMPER, name="Jumper"))
    world.show(a_product("p-gone", deleted=True))
    plan = planned(world, Do.PUSH, LANTERN, JUMPER, "p-gone", "p-nobody", LANTERN)
    assert (plan.creates, plan.updates, plan.left_out_count) == (1, 1, 2)
    assert left_out(plan) == [("p-gone", "deleted_in_pos"), ("p-nobody", "unknown")]
    assert (warned(plan), plan.notes) == ({}, ())  # nothing is lost: no tick is asked for
    assert {each.id: each.name for each in plan.first} == {
        LANTERN: "Storm Lantern",
        JUMPER: "Jumper",
    }
    assert list(world.plans.ids(STORE, plan.id)) == [LANTERN, JUMPER]
    # A create, an update, a look at what is online, and the levels.
    assert (plan.calls, plan.seconds) == (4, 1)


def test_a_name_that_was_taken_a_broken_link_and_a_deleted_product_are_warned_of(
    world: ConsoleWorld,
) -> None:
    world.web.seed("Jumper")
    world.ask(a_product(JUMPER, name="Jumper", sku="J-1"))
    world.linked(a_product("p-broken", name="Broken", sku="B-1"), a_product())
    broken = a_link("p-broken", id=StoreProductId(55), status=LinkStatus.BROKEN)
    world.links.failed(STORE, broken)
    world.show(a_product(deleted=True))
    again = planned(world, Do.RETRY, JUMPER, "p-broken", LANTERN)
    assert warned(again) == {"made_again": ["p-broken"], "hides": [LANTERN]}
    plan = planned(world, Do.PUSH, JUMPER, "p-broken", LANTERN)
    assert warned(plan) == {
        "taken": [JUMPER],
        "made_again": ["p-broken"],
        "hides": [LANTERN],
    }
    taken = next(each for each in plan.warned if each.code == "taken")
    assert "Jumper" in taken.products[0].words


def test_an_import_leaves_out_what_is_linked_and_tells_why_it_was_left_out_before(
    world: ConsoleWorld,
) -> None:
    world.linked(a_product())
    number = world.link(LANTERN).id
    assert number is not None
    for web in (number, 900):
        on_the_web(world, web)
    on_the_web(world, 901, code="refused", words="201 variants.")
    world.links.reserve(STORE, StoreProductId(902))
    on_the_web(world, 902)
    plan = planned(world, Do.IMPORT, str(number), "900", "901", "902", "903", "x", side="web")
    assert (plan.creates, plan.updates) == (2, 0)
    assert left_out(plan) == [
        (str(number), "already_linked"),
        ("902", "already_linked"),
        ("903", "unknown"),
        ("x", "unknown"),
    ]
    assert warned(plan) == {"left_out_before": ["901"]}


def test_a_link_warns_of_what_its_push_replaces(world: ConsoleWorld) -> None:
    world.linked(a_product())
    number = world.link(LANTERN).id or 0
    world.show(a_product(JUMPER, name="Jumper"))
    world.show(a_product("p-3", name="Third"))
    pairs = ((JUMPER, 900), (LANTERN, 901), ("p-3", number), ("p-4", 904))
    plan = planned(world, Do.LINK, pairs=pairs)
    assert (plan.creates, plan.updates) == (0, 1)
    assert left_out(plan) == [
        (LANTERN, "already_linked"),
        ("p-3", "already_linked"),
        ("p-4", "unknown"),
    ]
    assert warned(plan) == {"first_push": [JUMPER]}
    job = carry_out(world.console, MIA, STORE, plan.id)
    assert world.requests.asked == [
        ("plan", STORE, plan.id, "Mia", ()),  # what the first push replaces is always looked at
        ("link", STORE, job, "Mia", ((JUMPER, 900),)),
    ]


def test_an_unlink_leaves_out_what_is_not_linked(world: ConsoleWorld) -> None:
    world.linked(a_product())
    plan = planned(world, Do.UNLINK, LANTERN, JUMPER)
    assert (plan.updates, left_out(plan)) == (1, [(JUMPER, "not_linked")])
    assert (warned(plan), len(plan.notes)) == ({}, 1)


def test_products_of_the_web_view_are_unlinked_by_their_numbers(world: ConsoleWorld) -> None:
    world.linked(a_product())
    number = str(world.link(LANTERN).id)
    plan = planned(world, Do.UNLINK, number, "900", "x", side="web")
    assert (plan.updates, left_out(plan)) == (1, [("900", "not_linked"), ("x", "not_linked")])
    assert list(world.plans.ids(STORE, plan.id)) == [LANTERN]


def test_however_many_products_of_the_web_view_are_chosen_their_pos_products_are_meant(
    world: ConsoleWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "MOST_READ", 1)
    for number in (1, 2):
        world.linked(a_product(f"p-{number}", name=f"Lamp {number}", sku=f"L-{number}"))
    numbers = [str(world.link(PosProductId(f"p-{number}")).id) for number in (1, 2)]
    plan = planned(world, Do.UNLINK, *numbers, side="web")
    assert list(world.plans.ids(STORE, plan.id)) == ["p-1", "p-2"]


def test_all_that_fit_a_question_are_chosen_but_those_taken_out(world: ConsoleWorld) -> None:
    for number in range(3):
        world.show(a_product(f"p-{number}", name=f"Lamp {number}"))
    world.show(a_product("p-x", name="Chair"))
    chosen = Selection("pos", question=Question("lamp"), without=frozenset({"p-1"}))
    plan = plan_request(world.console, MIA, STORE, Do.PUSH, chosen)
    assert list(world.plans.ids(STORE, plan.id)) == ["p-0", "p-2"]


def test_an_import_of_everything_is_asked_as_such(world: ConsoleWorld) -> None:
    on_the_web(world, 900)
    everything = Selection("web", question=Question())
    plan = plan_request(world.console, MIA, STORE, Do.IMPORT, everything)
    job = carry_out(world.console, MIA, STORE, plan.id)
    assert world.requests.asked == [("import_all", STORE, job, "Mia", ())]
    some = Selection("web", question=Question("", RowState.NOT_LINKED))
    plan = plan_request(world.console, MIA, STORE, Do.IMPORT, some)
    job = carry_out(world.console, MIA, STORE, plan.id)
    assert world.requests.asked[-1] == ("import", STORE, job, "Mia", (900,))


def test_what_cannot_be_asked_is_said_in_words(world: ConsoleWorld) -> None:
    with pytest.raises(CannotAsk, match="No product is chosen"):
        planned(world, Do.PUSH)
    with pytest.raises(CannotAsk, match="not change it"):
        planned(world, Do.PUSH, LANTERN, by=VERA)
    with pytest.raises(CannotAsk, match="page of its job"):
        planned(world, Do.UNDO, LANTERN)
    many = [f"p-{number}" for number in range(MOST_OF_STAFF + 1)]
    with pytest.raises(CannotAsk, match=r"2,001 products.*owner"):
        planned(world, Do.PUSH, *many)
    assert planned(world, Do.PUSH, *many, by=OLIVIA).notes == (
        "Only the first 2,000 products were looked at one by one.",
    )


def a_plan(world: ConsoleWorld) -> RequestPlan:
    for product in (a_product(), a_product(JUMPER, name="Jumper", sku="J-1")):
        world.pos.save(product)
        world.show(product)
    return planned(world, Do.PUSH, LANTERN, JUMPER)


def test_a_plan_is_carried_out_once_however_often_it_is_asked_for(world: ConsoleWorld) -> None:
    plan = a_plan(world)
    first, second = (carry_out(world.console, MIA, STORE, plan.id) for _ in range(2))
    assert first == second == plan.id
    assert world.requests.asked == [("push", STORE, first, "Mia", (LANTERN, JUMPER))]
    job = world.jobs.get(STORE, first)
    assert job is not None
    assert (job.do, job.by, job.total, job.plan) == (Do.PUSH, "Mia", 2, plan.id)


def test_what_was_taken_out_of_a_plan_is_not_asked_for(world: ConsoleWorld) -> None:
    plan = a_plan(world)
    job = carry_out(world.console, MIA, STORE, plan.id, without=frozenset({JUMPER}))
    assert world.requests.asked == [("push", STORE, job, "Mia", (LANTERN,))]
    with pytest.raises(CannotAsk, match="No product"):
        carry_out(world.console, MIA, STORE, a_plan(world).id, without=frozenset({LANTERN, JUMPER}))


def test_a_plan_that_is_too_old_or_another_stores_is_not_carried_out(world: ConsoleWorld) -> None:
    plan = a_plan(world)
    with pytest.raises(CannotAsk, match="not there"):
        carry_out(world.console, OLIVIA, StoreId("other"), plan.id)
    world.clock.sleep(GOOD_FOR_MS / 1_000)
    with pytest.raises(CannotAsk, match="quarter of an hour"):
        carry_out(world.console, MIA, STORE, plan.id)
    assert world.requests.asked == []


def test_a_bus_that_is_busy_has_the_next_click_ask_at_once(
    world: ConsoleWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, push, busy = a_plan(world), world.requests.push, [RetryLater("busy")]

    def once_busy(*asked: object) -> None:
        if busy:
            raise busy.pop()
        push(*asked)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(world.requests, "push", once_busy)
    with pytest.raises(RetryLater):
        carry_out(world.console, MIA, STORE, plan.id)
    assert carry_out(world.console, MIA, STORE, plan.id) == plan.id
    assert len(world.requests.asked) == 1


def test_a_death_amid_the_events_has_the_next_click_ask_for_all_of_it(
    world: ConsoleWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, push = a_plan(world), world.requests.push
    deaths = [KeyboardInterrupt()]

    def dies(*asked: object) -> None:
        push(*asked)  # type: ignore[arg-type]  # as it was called
        if deaths:
            raise deaths.pop()

    monkeypatch.setattr(world.requests, "push", dies)
    with pytest.raises(KeyboardInterrupt):
        carry_out(world.console, MIA, STORE, plan.id)
    assert carry_out(world.console, MIA, STORE, plan.id) == plan.id  # too soon: it may be under way
    assert len(world.requests.asked) == 1
    world.clock.sleep(max(ASKING_MS, GOOD_FOR_MS) / 1_000)
    assert carry_out(world.console, MIA, STORE, plan.id) == plan.id
    assert world.requests.asked[0] == world.requests.asked[1]


def test_a_product_id_that_looks_like_a_pair_stays_itself(world: ConsoleWorld) -> None:
    odd = PosProductId("#7#x")
    world.show(a_product(odd))
    plan = planned(world, Do.PUSH, odd)
    carry_out(world.console, MIA, STORE, plan.id)
    assert world.requests.asked[0][4] == (odd,)


def test_a_variants_update_costs_its_calls(world: ConsoleWorld) -> None:
    some = [a_product(f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}") for n in range(25)]
    world.linked(*some)
    plan = planned(world, Do.PUSH, *(each.id for each in some))
    assert (plan.updates, plan.calls) == (25, 3 + 1 + 1)
    assert replace(plan, calls=0).seconds == 1


@pytest.mark.parametrize("do", [Do.PUSH, Do.RETRY, Do.UNLINK, Do.IMPORT])
@pytest.mark.parametrize("odd", ["", "x" * 256, "a\0b"])
def test_what_can_be_no_products_id_is_left_out_however_many_are_chosen(
    world: ConsoleWorld, monkeypatch: pytest.MonkeyPatch, do: Do, odd: str
) -> None:
    monkeypatch.setattr(planning, "MOST_READ", 1)
    world.linked(a_product())
    on_the_web(world, 812)
    good = "812" if do is Do.IMPORT else LANTERN
    plan = planned(world, do, good, odd, side="web" if do is Do.IMPORT else "pos")
    assert list(world.plans.ids(STORE, plan.id)) == [good]
    assert left_out(plan) == [(odd[:255], "unknown")]


@pytest.mark.parametrize("odd", ["x", "007", "-1", "1.5", "\u0664", "9" * 16])
def test_an_import_of_what_is_no_number_is_left_out_however_many_are_chosen(
    world: ConsoleWorld, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    monkeypatch.setattr(planning, "MOST_READ", 1)
    on_the_web(world, 812)
    plan = planned(world, Do.IMPORT, "812", odd, side="web")
    assert list(world.plans.ids(STORE, plan.id)) == ["812"]
    assert left_out(plan) == [(odd, "unknown")]


def test_a_look_is_the_plan_of_a_push_for_which_both_sides_are_read_at_once(
    world: ConsoleWorld,
) -> None:
    made = a_plan(world)
    assert world.console.exact.get(STORE, made.id) is None, "a push of two is not compared unasked"
    plan = planned(world, Do.LOOK, LANTERN, JUMPER)
    assert (plan.do, plan.total) == (Do.PUSH, 2)
    exact = world.console.exact.get(STORE, plan.id)
    assert exact is not None
    assert exact.state is ExactState.MAKING
    assert world.requests.asked == [("plan", STORE, plan.id, "Mia", ())]


def test_a_look_at_what_cannot_go_is_a_plan_that_says_why(world: ConsoleWorld) -> None:
    plan = planned(world, Do.LOOK, "p-nobody")
    assert (plan.total, plan.left_out_count) == (0, 1)
    assert world.requests.asked == []
