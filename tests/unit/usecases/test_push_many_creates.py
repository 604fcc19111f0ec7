"""Many creates at once: the store is read first, and each brand and category is made once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import STORE, a_connection, a_jumper, a_product
from tests.fakes.store_api import FakeStoreApi
from tests.unit.usecases.meanwhile import BusyStore, later
from tests.unit.usecases.test_push_lanes import lamps
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.errors import LostReply, Refused, StoreDown
from tillbridge.domain.ids import StoreId
from tillbridge.domain.link import LinkStatus
from tillbridge.usecases.push.creating import prepare
from tillbridge.usecases.push.slice.store_index import StoreIndex


class Raced(FakeStoreApi):
    """Notes when two calls that bring one new brand are under way at once."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way: list[str] = []
        self.races: list[str] = []

    def create(self, payload: dict[str, Any]) -> Any:
        with self.bringing([payload]):
            return super().create(payload)

    def update_products(self, payloads: Sequence[dict[str, Any]]) -> Any:
        with self.bringing(payloads):
            return super().update_products(payloads)

    @contextmanager
    def bringing(self, payloads: Sequence[dict[str, Any]]) -> Iterator[None]:
        brands = {str(each.get("brand_name", "")).casefold() for each in payloads} - {""}
        new = brands - {brand.casefold() for brand in self.records.brands}
        self.races += new & set(self.under_way)
        self.under_way += new
        try:
            yield
        finally:
            for brand in new:
                self.under_way.remove(brand)


def test_up_to_twenty_creates_read_nothing_of_the_store_but_its_newest_id() -> None:
    world = World()
    world.ask(*lamps(20))
    world.push_until_quiet()
    reads = {c.method for c in world.web.log} - {"create", "set_stock", "assign_channel"}
    assert reads == {"highest_id", "categories", "create_categories"}


def test_more_than_twenty_creates_read_the_store_once_and_spend_no_post_on_what_is_there() -> None:
    world = World()
    products = lamps(40)
    named = world.web.seed("Lamp 3")
    coded = world.web.seed("Something else", sku="l-7")
    world.ask(*products)
    done = world.push_until_quiet()
    methods = [called.method for called in world.web.log]
    assert methods.count("walk") == 1
    assert methods.count("create") == 38
    assert (done.created, done.failed) == (38, 2)
    by_name, by_sku = world.link(products[3]).problem, world.link(products[7]).problem
    assert by_name is not None
    assert by_sku is not None
    assert (by_name.code, by_name.holder) == ("name_taken", named.id)
    assert (by_sku.code, by_sku.holder) == ("sku_taken", coded.id)
    assert "link to it" in by_name.words


def test_what_is_read_fills_the_list_of_what_is_online() -> None:
    world = World()
    world.web.seed("Already there")
    world.ask(*lamps(21))
    world.push_until_quiet()
    rows = world.read_model.every(world.connection.store, "web")
    assert "Already there" in [row.name for row in rows]


def test_a_store_read_minutes_ago_is_not_read_again_and_one_read_long_ago_is() -> None:
    world = World()
    world.ask(*lamps(21))
    world.push_until_quiet()
    more = [replace(p, id=f"q{p.id}", name=f"More {p.name}", sku=f"M{p.sku}") for p in lamps(21)]  # type: ignore[arg-type]
    world.ask(*more)
    world.push_until_quiet()
    assert [c.method for c in world.web.log].count("walk") == 1
    world.clock.advance(601)
    rest = [replace(p, id=f"r{p.id}", name=f"Rest {p.name}", sku=f"R{p.sku}") for p in lamps(21)]  # type: ignore[arg-type]
    world.ask(*rest)
    world.push_until_quiet()
    assert [c.method for c in world.web.log].count("walk") == 2
    assert len(world.web.records.products) == 63


@pytest.mark.parametrize("off_h", [-12, 0, 12])
def test_a_person_who_pushes_again_once_the_name_is_free_is_believed_whatever_their_clock_says(
    off_h: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.world.SENDERS_CLOCK_OFF_MS", off_h * 3_600_000)
    world = World()
    there = world.web.seed("Lamp 0")
    many = lamps(21)
    world.ask(*many)
    world.push_until_quiet()
    assert world.link(many[0]).status is LinkStatus.FAILED
    world.web.remove(there.id)
    world.clock.advance(5)
    more = [replace(p, id=f"q{p.id}", name=f"More {p.name}", sku=f"M{p.sku}") for p in many]  # type: ignore[arg-type]
    world.ask(many[0], *more)
    world.push_until_quiet()
    assert world.link(many[0]).status is LinkStatus.LINKED


def test_creates_of_one_new_brand_do_not_race() -> None:
    web = Raced()
    web.script.latency = 0.003
    world = World(web=web, in_flight=3)
    world.ask(*lamps(12, brand="Pier & Sons"))
    world.push_until_quiet()
    assert web.races == []
    assert len(web.records.brands) == 1


@pytest.mark.parametrize("content", list(PushContent))
def test_updates_that_bring_one_new_brand_do_not_race(content: PushContent) -> None:
    web = Raced()
    settings = Settings(push_content=content)
    world = World(web=web, in_flight=3, connection=a_connection(settings=settings))
    products = lamps(60)
    world.linked(*products)
    web.script.latency = 0.08
    for product in products:
        world.happens("product.saved", replace(product, version=2, brand="Gull Rock"))
    world.push_until_quiet()
    assert web.races == []
    assert {*web.records.brands} == {"pier & sons", "gull rock"}
    assert world.web.script.most_in_flight == 3, "once it is there, calls fly together again"


def test_updates_with_the_brand_that_they_had_wait_for_none() -> None:
    world = World(in_flight=3)
    products = lamps(60, brand="Gull Rock")
    world.linked(*products)
    world.web.script.latency = 0.08
    world.ask(*products)
    world.push_until_quiet()
    assert world.web.script.most_in_flight == 3


def test_creates_of_several_brands_fly_together() -> None:
    world = World(in_flight=3)
    world.web.script.latency = 0.003
    world.ask(*(replace(p, brand=f"Brand {n}") for n, p in enumerate(lamps(9))))
    world.push_until_quiet()
    assert world.web.script.most_in_flight == 3
    assert world.web.violations == []


def test_a_department_becomes_one_category_for_all_its_products() -> None:
    world = World()
    world.ask(*lamps(5), a_jumper(department="CHANDLERY"))
    world.push_until_quiet()
    assert world.writes().count("create_categories") == 1
    ids = [p.fields["categories"] for p in world.web.records.products.values()]
    assert len({tuple(each) for each in ids}) == 1


def test_a_category_that_is_there_is_used_and_not_doubled() -> None:
    world = World()
    there = world.web.create_categories(1, ["chandlery"])
    world.ask(a_product(department="Chandlery"))
    world.push_until_quiet()
    link = world.link(a_product())
    assert link.id is not None
    assert world.web[link.id].fields["categories"] == [there["chandlery"]]
    assert world.writes().count("create_categories") == 1  # the one above


def test_categories_are_remembered_from_drain_to_drain() -> None:
    world = World()
    world.linked(a_product())
    world.ask(a_jumper())
    world.push_until_quiet()
    assert "categories" not in [called.method for called in world.web.log]


@pytest.mark.parametrize("applied", [False, True], ids=["not made", "made"])
@pytest.mark.parametrize("trouble", [LostReply("lost"), StoreDown("502")], ids=["lost", "down"])
def test_a_lost_reply_doubles_no_category(trouble: LostReply | StoreDown, applied: bool) -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create_categories", trouble, applied=applied)
    later(world)
    assert world.link(a_product()).status is LinkStatus.LINKED
    assert list(world.web.categories(1)) == ["chandlery"]


def test_a_category_bigcommerce_refuses_holds_back_no_product() -> None:
    world = World()
    odd = a_product(department="Odd")
    world.ask(odd, *lamps(2))
    refusal = Refused(422, "The name is odd")
    for _ in ("both at once", "the first alone"):
        world.web.fail_next("create_categories", refusal)
    done = world.push_until_quiet()
    assert (done.created, done.failed) == (3, 0)
    without = [p for p in (odd, *lamps(2)) if world.link(p).notes]
    assert without
    assert all("refused the category" in world.link(p).notes[0] for p in without)


def test_a_product_without_a_department_is_created_without_a_category() -> None:
    world = World()
    world.ask(a_product(department=""))
    world.push_until_quiet()
    link = world.link(a_product())
    assert link.id is not None
    assert "categories" not in world.web[link.id].fields


def test_creates_that_take_many_slices_are_each_made_once() -> None:
    web = BusyStore()
    world = World(web=web)
    products = lamps(60)
    for _ in range(60):
        web.during("create", lambda: world.clock.advance(7))
    world.ask(*products)
    world.push_until_quiet()
    assert len(web.records.products) == 60
    assert all(world.link(p).level == 3 for p in products)
    assert [c.method for c in web.log].count("walk") == 1


@pytest.mark.parametrize("seconds", [40, 400], ids=["seconds a page", "minutes a page"])
def test_a_store_too_large_for_one_slice_is_read_on_in_the_next(seconds: int) -> None:
    web = BusyStore()
    world = World(web=web)
    for n in range(510):
        web.seed(f"There {n}")
    for _ in range(3):
        web.during("walk", lambda: world.clock.advance(seconds))
    world.ask(*lamps(21))
    world.push_until_quiet()
    assert all(world.link(p).status is LinkStatus.LINKED for p in lamps(21))
    walked = [called.sent for called in web.log if called.method == "walk"]
    assert len(walked) == len(set(walked))  # no page twice
    assert len(list(world.read_model.ids(world.connection.store, "web"))) == 531


def test_who_makes_a_name_free_online_and_pushes_again_is_believed_at_once() -> None:
    world = World()
    products = lamps(25)
    there = [world.web.seed(product.name, sku=f"X{product.sku}") for product in products]
    world.ask(*products)
    world.push_until_quiet()
    world.clock.advance(60)
    for number, record in enumerate(there[:20]):
        record.fields["name"] = f"Old {number}"
    world.web.remove(there[20].id)
    world.web.log.clear()
    world.ask(*products)
    done = world.push_until_quiet()
    assert (done.created, done.failed) == (21, 4)
    assert [called.method for called in world.web.log].count("walk") == 0


def test_a_name_a_push_gave_up_is_free_for_those_that_follow() -> None:
    world = World()
    other = a_product("p-other", name="Lamp 30", sku="OTHER")
    world.linked(other)
    world.ask(*lamps(25))
    world.push_until_quiet()
    world.happens("product.saved", replace(other, version=2, name="Renamed"))
    world.push_until_quiet()
    world.ask(*lamps(50)[25:])
    done = world.push_until_quiet()
    assert (done.created, done.failed) == (25, 0)


def test_a_strangers_product_made_since_the_store_was_read_is_never_adopted() -> None:
    world = World()
    world.ask(*lamps(25))
    world.push_until_quiet()
    *others, wanted = lamps(50)[25:]
    world.web.seed(wanted.name, sku=wanted.sku)
    world.web.fail_next("create", LostReply("lost"))
    world.ask(wanted, *others)
    world.push_until_quiet()
    assert world.link(wanted).status is LinkStatus.FAILED


def test_of_a_store_too_large_to_keep_only_a_part_is_read_and_a_post_says_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prepare, "MOST_KEYS", 100)
    world = World()
    for number in range(600):
        world.web.seed(f"Theirs {number}", sku=f"T-{number}")
    world.web.seed("Lamp 3")
    world.ask(*lamps(40))
    done = world.push_until_quiet()
    assert (done.created, done.failed) == (39, 1)
    assert len(world.deps.push.indexes[STORE].holders) < 2 * 300


def test_what_is_known_of_other_stores_goes_when_it_is_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prepare, "MOST_KEYS", 100)
    world = World()
    theirs = StoreIndex(read_ms=world.clock.now_ms(), whole=True)
    theirs.holders.update({("sku", f"{number}"): number for number in range(100)})
    world.deps.push.indexes[StoreId("other")] = theirs
    for number in range(250):
        world.web.seed(f"Theirs {number}")
    world.ask(*lamps(21))
    world.push_until_quiet()
    assert set(world.deps.push.indexes) == {STORE}
