"""A bug in any step of a drain costs the one product that it is about, and no other."""

import logging
from collections.abc import Callable, Iterable
from functools import cache

import pytest

from tests.builders import STORE
from tests.faults import Faults
from tests.steps import Step, bug, watched
from tests.unit.usecases.fence.cases import Case, cases, marks_in
from tests.unit.usecases.fence.changes import comes_back, not_found, stock_refused
from tests.unit.usecases.fence.shelf import BAD, NEIGHBOURS
from tests.world import World
from tillbridge.domain.ids import PosProductId


@pytest.fixture(autouse=True)
def _no_tracebacks(caplog: pytest.LogCaptureFixture) -> None:
    """Write no log: a quarter of the time would go into tracebacks of planted bugs."""
    caplog.set_level(logging.CRITICAL, logger="tillbridge")


def ended(world: World, products: Iterable[str]) -> dict[str, object]:
    """Return what became of these products, but for the ids that BigCommerce gave them."""
    found: dict[str, object] = {}
    for product in products:
        link = world.links._links.get((STORE, PosProductId(product)))
        there = world.web.records.products.get(link.id) if link and link.id else None
        code = link.problem.code if link and link.problem else ""
        waits = sorted(row.lane for row in world.pending.rows if row.product == product)
        shown = there and (
            there.name,
            there.sku,
            there.fields.get("price"),
            there.fields.get("is_visible"),
            [image["image_url"] for image in there.images.values()],
            [(v.sku, v.fields.get("price"), v.levels) for v in there.variants.values()],
        )
        found[product] = (link and link.status, code, shown, waits)
    return found


@cache
def straight(story: Callable[[World], None]) -> tuple[object, object]:
    """Return how a story ends for the neighbours without a bug: after one run, and after three."""
    world = World()
    story(world)
    world.push()
    first = ended(world, NEIGHBOURS)
    world.clock.advance(61)
    for _ in range(2):
        world.push()
        world.clock.advance(61)
    return first, ended(world, NEIGHBOURS)


def allowed(world: World, step: Step) -> set[str]:
    """Return whom faults in a step may be booked on: the product, by the id of its side, and the
    store when no product fails alone."""
    link = world.links._links.get((STORE, BAD))
    number = {str(link.id)} if link is not None and link.id else set()
    return {BAD} | number | ({""} if str(step) in ONLY_TOGETHER else set())


ONLY_TOGETHER = {
    "batching._freed_product",
    "batching._swaps",
    "batching.temporary_product",
    "pending.doubt",
    "progress._key",
}
"""Steps that only the plan of several products takes."""


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_bug_in_any_step_costs_its_own_product_and_no_other(case: Case, faults: Faults) -> None:
    world = World()
    case.story(world)
    first, last = straight(case.story)
    with watched(world, marks_in(world), bug, only=case.step):
        world.push()
        assert ended(world, NEIGHBOURS) == first
        world.clock.advance(61)
        for _ in range(2):
            world.push()
            world.clock.advance(61)
        assert ended(world, NEIGHBOURS) == last
        assert faults.products
        assert faults.products <= allowed(world, case.step)
        assert world.stores.find(STORE) == world.connection


UNTOLD = {
    "links.get", "links.failed", "failed.while_failing", "failed._not_linked",  # the link itself is what fails
    "problems.problem_of", "problems.sentence", "problems._short",  # so are the words
    "fields_sent.fields_sent", "fields_sent.sent", "fields_sent._text",  # nor on the history
    "calls_made._reason", "calls_made.why_due",
    *ONLY_TOGETHER,
}  # fmt: skip
"""Steps whose bug cannot be told on the link; the log and the metric tell it."""

OF_VIEWS = ("composing.", "detail.", "read_model.", "row_composing.", "view_rows.", "view_state.")
"""What the names of steps begin with that nothing depends on but the views."""

UNTOLD_IN = (stock_refused, comes_back)
"""Stories whose links say already what a person has to know first."""


def _untold(step: str) -> bool:
    return step in UNTOLD or step.startswith(OF_VIEWS)


@pytest.mark.parametrize("case", cases(), ids=str)
def test_its_own_product_is_told_waits_longer_each_time_and_goes_once_the_bug_is_mended(
    case: Case, faults: Faults
) -> None:
    world = World()
    case.story(world)
    told = _untold(str(case.step)) or case.story in UNTOLD_IN
    with watched(world, marks_in(world), bug, only=case.step):
        for _ in range(4):
            world.push()
            link = world.links._links.get((STORE, BAD))
            problem = link.problem if link is not None else None
            told = told or (problem is not None and problem.code == "fault")
            world.clock.advance(240)
        assert told
    assert len(faults.noted) <= 40
    world.clock.advance(3_600)
    go_on(world, case.story)
    if case.story is not stock_refused and str(case.step) not in ONLY_TOGETHER:
        # Where tries are counted, one more or less shows.
        assert ended(world, [BAD]) == quiet(case.story)


def go_on(world: World, story: Callable[[World], None]) -> None:
    """Push until nothing is left to do; what was only not found is there again."""
    if story is not_found:
        world.web.refuses.clear()
    world.push_until_quiet()


@cache
def quiet(story: Callable[[World], None]) -> dict[str, object]:
    """Return how a story ends for the bad product without a bug."""
    world = World()
    story(world)
    go_on(world, story)
    return ended(world, [BAD])
