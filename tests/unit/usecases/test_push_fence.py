"""A bug in any step of a drain costs the one product that it is about, and no other."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from tests.builders import STORE, a_jumper, a_product, a_variant, some_stock
from tests.fakes.store_records import ProductRecord
from tests.faults import Faults, heard
from tests.steps import Step, bug, steps, watched
from tests.world import World
from tillbridge.domain.errors import Gone, LostReply, Refused
from tillbridge.domain.ids import PosProductId, PosVariantId
from tillbridge.domain.product import Product

BAD = PosProductId("p-bad")
IDS = ("p-1", "p-2", BAD, "p-3", "p-4")
NEIGHBOURS = tuple(product for product in IDS if product != BAD)
IMAGE = "https://shop.example/{}-{}.jpg"


def lamp(product: str, **fields: Any) -> Product:
    """Return a simple product of its own name and SKU."""
    return a_product(product, **{"name": f"Lamp {product}", "sku": f"SKU-{product}", **fields})


def jumper(product: str, *sizes: str, **fields: Any) -> Product:
    """Return a product with sizes of its own SKUs."""
    variants = tuple(
        replace(a_variant(size), id=PosVariantId(f"{product}-{size}"), sku=f"{product}-{size}")
        for size in sizes
    )
    own: dict[str, Any] = {"id": PosProductId(product), "name": f"Jumper {product}"}
    return a_jumper(**own, sku=f"SKU-{product}", variants=variants, **fields)


def creates(world: World) -> None:
    world.ask(
        *[lamp(p, department=f"Dept {p}", brand=p, images=(IMAGE.format(p, 1),)) for p in IDS]
    )


def many_creates(world: World) -> None:
    world.ask(*map(lamp, IDS), *(lamp(f"p-more-{n}") for n in range(20)))


def creates_with_sizes(world: World) -> None:
    world.ask(*[jumper(p, "S", "M") for p in IDS])


def lost_creates(world: World) -> None:
    world.ask(*map(lamp, IDS))
    for _ in IDS:
        world.web.fail_next("create", LostReply("lost"), applied=True)


def creates_to_look_for(world: World) -> None:
    world.ask(*map(lamp, IDS))
    for _ in IDS:
        world.web.fail_next("create", LostReply("lost"))
    world.push()
    world.clock.advance(61)


def empty_indexes(world: World) -> None:
    for number in range(3):
        world.web.seed(f"Other {number}", f"O-{number}")
    many_creates(world)


def updates(world: World) -> None:
    world.linked(*map(lamp, IDS))
    world.happens("product.saved", *[lamp(p, version=2, price=Decimal(7)) for p in IDS])


def variants(world: World) -> None:
    world.linked(*[jumper(p, "S", "M") for p in IDS])
    world.happens("product.saved", *[_other_codes(p) for p in IDS])


def _other_codes(product: str) -> Product:
    there = jumper(product, "S", "M", version=2)
    changed = (replace(v, sku=f"{v.sku}-new", price=Decimal(8)) for v in there.variants)
    return replace(there, variants=tuple(changed))


def images(world: World) -> None:
    world.linked(*[lamp(p, images=(IMAGE.format(p, 1),)) for p in IDS])
    fresh = [lamp(p, version=2, images=(IMAGE.format(p, 2), IMAGE.format(p, 3))) for p in IDS]
    world.happens("product.saved", *fresh)


def shapes(world: World) -> None:
    world.linked(*[jumper(p, "S", "M") for p in IDS])
    world.happens("product.saved", *[jumper(p, "M", "L", version=2) for p in IDS])


def hidden(world: World) -> None:
    world.linked(*map(lamp, IDS))
    world.happens("product.saved", *[lamp(p, version=2, deleted=True) for p in IDS])


def stock(world: World) -> None:
    world.linked(*map(lamp, IDS), jumper("p-sizes", "S", "M"))
    sold = [lamp(p, version=2, stock=(some_stock(1),)) for p in IDS]
    world.happens("sale.completed", *sold)


def stock_refused(world: World) -> None:
    stock(world)
    refuse_each(world)


def impossible(world: World) -> None:
    world.ask(*[lamp(p, name="") for p in IDS])


def refused(world: World) -> None:
    updates(world)
    refuse_each(world)


def refuse_each(world: World, refusal: Refused | None = None) -> None:
    """Have BigCommerce refuse whatever is written for the products."""
    for product in IDS:
        link = world.link(product)
        assert link.id is not None
        world.web.refuses[link.id] = refusal or Refused(422, "odd")


def clashes(world: World) -> None:
    world.linked(*map(lamp, IDS))
    for number, _ in enumerate(IDS):
        world.web.seed(f"Taken {number}", f"T-{number}")
    taken = [lamp(p, version=2, name=f"Taken {n}") for n, p in enumerate(IDS)]
    world.happens("product.saved", *taken)


def clashing_creates(world: World) -> None:
    for product in IDS:
        world.web.seed(f"Lamp {product}", f"T-{product}")
    world.ask(*map(lamp, IDS))


def swaps(world: World) -> None:
    world.linked(*map(lamp, IDS), lamp("p-other"))
    names = {BAD: "Lamp p-other", "p-other": f"Lamp {BAD}"}
    changed = [lamp(p, version=2, name=names.get(p, f"New {p}")) for p in (*IDS, "p-other")]
    world.happens("product.saved", *changed)


def deleted_online(world: World) -> None:
    updates(world)
    for product in IDS:
        link = world.link(product)
        assert link.id is not None
        world.web.remove(link.id)


def not_found(world: World) -> None:
    updates(world)
    refuse_each(world, Gone(404, "Not Found"))


def variants_deleted_online(world: World) -> None:
    variants(world)
    for product in IDS:
        there = online(world, product).variants
        del there[min(there)]


def online(world: World, product: str) -> ProductRecord:
    """Return what is online of a product."""
    link = world.link(product)
    assert link.id is not None
    return world.web[link.id]


def comes_back(world: World) -> None:
    updates(world)
    there = dict(world.web.records.products)
    world.web.records.products.clear()
    for _ in range(2):
        world.push()
        world.clock.advance(61)
    world.web.records.products.update(there)
    world.ask(*[lamp(p, version=3) for p in IDS])


def images_not_there(world: World) -> None:
    world.web.records.unreachable_images.update(IMAGE.format(p, 2) for p in IDS)
    world.linked(*[lamp(p, images=(IMAGE.format(p, 1),)) for p in IDS])
    world.happens("product.saved", *[lamp(p, version=2, images=(IMAGE.format(p, 2),)) for p in IDS])


def made_again(world: World) -> None:
    old = [lamp(f"old-{p}", name=f"Lamp {p}", sku=f"SKU-{p}") for p in IDS]
    world.linked(*old)
    world.happens("product.saved", *[replace(each, version=2, deleted=True) for each in old])
    world.push_until_quiet()
    world.ask(*map(lamp, IDS))


def passed_over(world: World) -> None:
    world.linked(*map(lamp, IDS))
    world.happens("product.saved", *map(lamp, IDS))


def unknown(world: World) -> None:
    world.linked(*map(lamp, IDS))
    world.happens("product.saved", *[lamp(p, version=2) for p in IDS])
    for product in IDS:
        world.pos.save(lamp(product))


STORIES: list[Callable[[World], None]] = [
    creates, empty_indexes, creates_with_sizes, lost_creates, creates_to_look_for, updates, variants, images,
    shapes, hidden, stock, stock_refused, impossible, refused, clashes, clashing_creates, swaps,
    deleted_online, not_found, variants_deleted_online, comes_back, images_not_there, made_again,
    passed_over, unknown,
]  # fmt: skip


@pytest.fixture(autouse=True)
def _no_tracebacks(caplog: pytest.LogCaptureFixture) -> None:
    """Write no log: a quarter of the time would go into tracebacks of planted bugs."""
    caplog.set_level(logging.CRITICAL, logger="tillbridge")


def marks_in(world: World) -> Callable[[], frozenset[object]]:
    """Return what tells the bad product from the others: its id, names and codes, as they are now."""

    def marks() -> frozenset[object]:
        link = world.links._links.get((STORE, BAD))
        own = {BAD, f"Lamp {BAD}", f"SKU-{BAD}", f"Jumper {BAD}"}
        return frozenset(own | ({link.id} if link is not None and link.id else set()))

    return marks


@dataclass(frozen=True)
class Case:
    """A story, and the step in which the bug is."""

    story: Callable[[World], None]
    step: Step

    def __str__(self) -> str:
        return f"{self.story.__name__}-{self.step}"


def play(world: World) -> None:
    """Push three times, a minute apart."""
    for _ in range(3):
        world.push()
        world.clock.advance(61)


def _reached() -> dict[Callable[[World], None], list[Step]]:
    found: dict[Callable[[World], None], list[Step]] = {}
    for story in STORIES:
        world = World()
        with heard():
            story(world)
            seen: dict[Step, None] = {}
            with watched(world, marks_in(world), seen.setdefault):
                play(world)
        found[story] = sorted(seen)
    return found


REACHED = _reached()

MOST_STORIES = 2
"""Stories in which a step fails; more would show little more."""


def _cases() -> list[Case]:
    met: Counter[Step] = Counter()
    found: list[Case] = []
    for story, reached in REACHED.items():
        for step in reached:
            met[step] += 1
            if met[step] <= MOST_STORIES:
                found.append(Case(story, step))
    return found


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
    "progress._key",
}
"""Steps that only the plan of several products takes."""


@pytest.mark.parametrize("case", _cases(), ids=str)
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
    "read_model.put", "view_rows.pos_row", "view_rows.web_row", "view_rows._each_once",
    "view_rows._sku", "view_rows._stock",  # nothing depends on the views
    "links.get", "links.failed", "failed.while_failing", "failed._not_linked",  # the link itself is what fails
    "problems.problem_of", "problems.sentence", "problems._short",  # so are the words
    *ONLY_TOGETHER,
}  # fmt: skip
"""Steps whose bug cannot be told on the link; the log and the metric tell it."""

UNTOLD_IN = (stock_refused, comes_back)
"""Stories whose links say already what a person has to know first."""


@pytest.mark.parametrize("case", _cases(), ids=str)
def test_its_own_product_is_told_waits_longer_each_time_and_goes_once_the_bug_is_mended(
    case: Case, faults: Faults
) -> None:
    world = World()
    case.story(world)
    told = str(case.step) in UNTOLD or case.story in UNTOLD_IN
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


OF_NO_PRODUCT = {
    "drain", "_turn", "_push_levels", "_answer", "_push_content", "_lane", "_oldest", "_let_others_go",
    "_stock_may_go", "_wait_for_quota", "_windows_due", "is_due", "people_wait", "let_people_go",
    "between_pages", "due_rows", "retry_images", "next_window", "small_window", "_full_calls", "push_stock", "with_throttling", "blame_these",
    "_blame_these", "store_index", "drain_guarded", "_probe", "is_guarded", "_too_many", "_read_on", "_has_room", "_list_unknown", "_make_categories",
}  # fmt: skip
"""Steps that are about the store or the slice: what fails there makes the store wait, in words."""

RARE = {
    "look_again_ms", "_had", "_takes", "_wanted", "clear_temporary_values", "_explain",
    "_note_failing", "again", "_claims", "_free", "_lets_go", "_content_done",
    "_leave_to_content", "_unstocked_link", "_value", "_images_wait", "_nothing_to_send",
    "_frees_its_sku", "_whole", "_without_content", "_refused_by_pos", "_tombstone", "read_back",
    "_as_seen", "_unread", "_wrong", "_note", "_number", "_taken", "_levels", "answer_lost", "may_come_late",
    "await_newer", "_retry", "_lacks_images",
}  # fmt: skip
"""Steps that run inside the fence of another step that a story reaches."""


OF_LOOKS = {
    "look", "_look", "_busy", "_is_last", "_judge", "_judge_fenced", "_links", "_look_next", "_looked", "_number", "_rewrite",
}  # fmt: skip
"""Steps of the look lane, whose fence has its own test (test_push_late_writes.py)."""


def test_every_step_of_a_push_is_reached_by_a_story_or_named_here() -> None:
    reached = {step for found in REACHED.values() for step in found}
    push = [step for step in steps() if ".usecases.push" in step.place]
    missing = {step.name for step in push if step not in reached}
    assert missing - OF_NO_PRODUCT - RARE - OF_LOOKS == set()
