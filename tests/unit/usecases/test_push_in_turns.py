"""Who goes first when everybody wants something at once: nobody waits for ever, and a sale waits for one
wave of calls at most (docs/architecture.md, Lanes)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count, pairwise

import pytest

from tests.builders import STORE, a_jumper, a_product, some_stock
from tests.busy_world import A_CALL_S, A_PAGE_S, A_POS_READ_S, BusyWorld
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.domain.mapping import Json
from tillbridge.domain.product import Product

A_WAVE_MS = round(1_000 * (A_CALL_S + A_POS_READ_S))
"""One call that is under way, and the POS's record of what was sold."""

SIZES = tuple(str(n) for n in range(30))
PICTURES = tuple(f"https://shop.example/{n}.jpg" for n in range(30))


def lamps(number: int, first: int = 0) -> list[Product]:
    return [
        a_product(f"p-{n:04}", name=f"Lamp {n}", sku=f"L-{n}") for n in range(first, first + number)
    ]


class Sales:
    """Sales of some lamps, one every so many seconds, whatever else happens."""

    def __init__(
        self, world: BusyWorld, products: list[Product], every_s: float, most: int
    ) -> None:
        self.world, self.products, self.every_ms = world, products, round(every_s * 1_000)
        self.left, self.versions = most, count(100)
        self.sold: list[tuple[int, Product]] = []
        world.clock.at(world.clock.now_ms(), self._next)

    def _next(self) -> None:
        now, version = self.world.clock.now_ms(), next(self.versions)
        product = self.products[version % len(self.products)]
        self.sold.append((now, product))
        sold = replace(product, version=version, stock=(some_stock(version),))
        self.world.happens("sale.completed", sold)
        self.left -= 1
        if self.left:
            self.world.clock.at(now + self.every_ms, self._next)

    def longest_ms(self) -> int:
        """Return the longest that a sale waited for its stock call; fail when one never went."""
        waits = [self.world.wait_ms(at, "set_stock", product) for at, product in self.sold]
        assert None not in waits
        return max(wait for wait in waits if wait is not None)


def a_shop(*more: Product) -> tuple[BusyWorld, list[Product]]:
    world, shop = BusyWorld(), lamps(50)
    world.linked(*shop, *more)
    return world, shop


@pytest.mark.parametrize("every_s", [0.1, 0.4, 0.8])
def test_sales_without_end_leave_content_half_of_the_calls(every_s: float) -> None:
    world, shop = a_shop(*lamps(400, first=100))
    world.begin()
    saved = [replace(p, version=9, price=Decimal(5)) for p in lamps(400, first=100)]
    for start in range(0, 400, 100):
        world.happens("product.saved", *saved[start : start + 100])
    sales = Sales(world, shop, every_s, most=round(90 / every_s))
    world.live(80)
    content, stock = world.counted("update_products"), world.counted("set_stock")
    assert content > 0.85 * stock > 20  # a few went between the pages of a window that was read
    assert all(world.wait_ms(0, "update_products", product) is not None for product in saved)
    world.live(60)
    # A stock call that had begun, a wave, and the second read when more than twenty were sold.
    assert sales.longest_ms() <= 2 * A_WAVE_MS + 1_000 * A_POS_READ_S


def test_a_person_waits_seconds_though_sales_stream_in_and_an_import_is_under_way() -> None:
    imported = lamps(300, first=100)
    world, shop = a_shop(*imported)
    world.begin()
    world.happens("product.imported", *(replace(p, version=9) for p in imported))
    Sales(world, shop, 0.4, most=200)
    wanted = a_product("p-new", name="New", sku="NEW")
    asked = world.clock.now_ms() + 10_000
    world.clock.at(asked, lambda: world.ask(wanted))
    world.live(30)
    begun = next(call.at_ms for call in world.web.begun if call.method == "create")
    assert begun - asked <= 5_000
    assert world.link(wanted).status is LinkStatus.LINKED


def test_people_without_end_leave_windows_a_wave_in_four() -> None:
    imported, saved = lamps(210, first=100), lamps(30, first=500)
    world, shop = a_shop(*imported, *saved)
    world.begin()
    world.happens("product.imported", *(replace(p, version=9) for p in imported))
    world.happens("product.saved", *(replace(p, version=9) for p in saved))
    versions = count(1_000)

    def people() -> None:
        asked = replace(shop[next(versions) % 50], version=next(versions))
        world.ask(asked)
        world.clock.at(world.clock.now_ms() + 300, people)

    people()
    world.live(150)
    for product in (*imported, *saved):
        assert world.wait_ms(0, "update_products", product) is not None, product.id


def test_a_long_import_and_a_stream_of_changes_hold_up_neither() -> None:
    imported = lamps(250, first=1_000)
    world, shop = a_shop(*imported)
    world.begin()
    begun = world.clock.now_ms()
    world.happens("product.imported", *(replace(p, version=9) for p in imported))
    versions, waits = count(1_000), list[tuple[int, Product]]()

    def save() -> None:
        saved = replace(shop[next(versions) % 50], version=next(versions))
        waits.append((world.clock.now_ms(), saved))
        world.happens("product.saved", saved)
        world.clock.at(world.clock.now_ms() + 500, save)

    save()
    world.live(150)
    assert all(world.wait_ms(begun, "update_products", p) is not None for p in imported)
    longest = max(world.wait_ms(at, "update_products", p) or 0 for at, p in waits[:-50])
    assert longest < 30_000


def test_the_lane_that_goes_next_is_remembered_when_a_slice_ends() -> None:
    imported, saved = lamps(250, first=1_000), lamps(250, first=5_000)
    world, _ = a_shop(*imported, *saved)
    world.begin(call_s=5)  # a window of 25 calls takes several slices
    world.happens("product.imported", *(replace(p, version=9) for p in imported))
    for start in range(0, 250, 100):
        world.happens("product.saved", *(replace(p, version=9) for p in saved[start : start + 100]))
    world.live(240)
    for some in (imported, saved):
        assert any(world.wait_ms(0, "update_products", p) is not None for p in some)


LONG: dict[str, tuple[Product, Product]] = {
    "many variants go": (a_jumper(*SIZES), a_jumper("0")),
    "many variants come": (a_jumper("0"), a_jumper(*SIZES)),
    "many images come": (a_jumper(), a_jumper(images=PICTURES)),
    "many SKUs change": (
        a_jumper(*SIZES),
        replace(
            a_jumper(*SIZES),
            variants=tuple(replace(v, sku=f"{v.sku}-NEW") for v in a_jumper(*SIZES).variants),
        ),
    ),
}
"""Products that take many calls, before and after."""


@pytest.mark.parametrize("what", LONG)
@pytest.mark.parametrize("every_s", [0.3, 1.0])
def test_a_product_of_many_calls_gets_there_beside_sales_and_makes_none_wait(
    what: str, every_s: float
) -> None:
    before, after = LONG[what]
    world, shop = a_shop(before)
    world.begin()
    world.happens("product.saved", replace(after, version=9))
    sales = Sales(world, shop, every_s, most=round(100 / every_s))
    world.live(150)
    link = world.link(after)
    assert (link.status, link.content_version) == (LinkStatus.LINKED, 9)
    online = world.web[link.id or StoreProductId(0)]
    assert sorted(v.sku for v in online.variants.values()) == sorted(v.sku for v in after.variants)
    assert len(online.images) == len(after.images)
    assert sales.longest_ms() <= 2 * A_WAVE_MS


@pytest.mark.parametrize("what", LONG)
def test_a_product_of_many_calls_gets_there_though_people_ask_without_end(what: str) -> None:
    before, after = LONG[what]
    world, shop = a_shop(before)
    world.begin()
    world.happens("product.saved", replace(after, version=9))
    versions = count(1_000)

    def people() -> None:
        world.ask(replace(shop[next(versions) % 50], version=next(versions)))
        if world.clock.now_ms() < until:
            world.clock.at(world.clock.now_ms() + 1_000, people)

    until = world.clock.now_ms() + 400_000
    people()
    world.live(500)
    link = world.link(after)
    assert (link.status, link.content_version) == (LinkStatus.LINKED, 9)
    waits = [
        call.at_ms
        for call in world.web.begun
        if call.method == "update_products" and call.at_ms < until
    ]
    assert max(b - a for a, b in pairwise(waits)) < 10_000


def test_a_temporary_name_is_seen_for_a_few_calls_whatever_comes_in_between() -> None:
    crowd = lamps(300, first=100)
    world, shop = a_shop(*crowd)
    one, two = shop[3], shop[4]
    world.begin()
    crowd = [replace(p, version=9, price=Decimal(7)) for p in crowd]
    swapped = [
        replace(one, version=9, name=two.name),
        replace(two, version=9, name=one.name),
    ]
    for start in range(0, 300, 100):
        world.happens("product.saved", *crowd[start : start + 100])
    world.happens("product.saved", *swapped)
    Sales(world, shop[10:], 0.3, most=300)
    versions = count(1_000)

    def people() -> None:
        world.ask(replace(shop[20 + next(versions) % 20], version=next(versions)))
        world.clock.at(world.clock.now_ms() + 700, people)

    people()
    seen: list[int] = []
    update = world.web.update_products

    def watched(items: Sequence[Json]) -> Mapping[StoreProductId, str]:
        answer = update(items)
        names = [product.name for product in world.web.records.products.values()]
        if any(name.startswith("Tillbridge swap") for name in names):
            seen.append(world.clock.now_ms())
        return answer

    world.web.update_products = watched  # type: ignore[method-assign]
    world.live(200)
    assert seen, "the two were not swapped in one plan"
    assert seen[-1] - seen[0] < 5_000
    names = [world.web[world.link(p).id or StoreProductId(0)].name for p in swapped]
    assert names == [p.name for p in swapped]


def test_a_sale_waits_for_one_page_of_the_walk_of_names() -> None:
    world, shop = a_shop()
    world.begin()
    world.web.walked = 60_000
    world.deps.push.indexes.clear()
    sales = Sales(world, shop, 5, most=40)
    world.ask(*lamps(30, first=100))
    world.live(260)
    assert world.counted("create") == 30
    assert world.counted("walk") == 60_000 / 250
    assert sales.longest_ms() <= 1_000 * A_PAGE_S + 2 * A_WAVE_MS


def test_a_person_waits_for_one_page_of_the_walk_of_names_for_an_import() -> None:
    world, _ = a_shop()
    world.begin()
    world.web.walked = 60_000
    world.deps.push.indexes.clear()
    world.ask(*lamps(300, first=1_000))  # so many that they go in bulk
    asked = world.clock.now_ms() + 30_000
    wanted = a_product("p-new", name="New", sku="NEW")
    world.clock.at(asked, lambda: world.ask(wanted))
    world.live(80)
    begun = next(call.at_ms for call in world.web.begun if call.method == "create")
    assert begun - asked <= 5_000
    world.live(300)
    assert world.counted("walk") == 60_000 / 250  # it went on where it stopped


def test_a_sale_waits_for_one_read_of_the_pos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.busy_world.A_POS_READ_S", 3.0)
    many = lamps(400, first=1_000)
    world, shop = a_shop(*many)
    world.begin()
    world.happens("product.imported", *(replace(p, version=9) for p in many))
    sales = Sales(world, shop, 4, most=5)
    world.live(120)
    # A read of four that was under way, one of another sale's record, and that of its own.
    assert sales.longest_ms() <= 3 * 3_000 + 2_000 * A_CALL_S


def _linked_by_hand(world: BusyWorld, products: list[Product]) -> None:
    for product in products:
        world.pos.save(product)
        number = world.web.seed(f"Web {product.id}", f"W-{product.id}", description="ours").id
        world.people_ask(f"link {product.id}", LinkRequestKind.LINK, (product.id, number))
    world.push_until_quiet()


@pytest.mark.parametrize(("busy", "products"), [("an import", 60), ("people", 200)])
def test_an_undo_of_many_products_holds_up_nobody_and_is_done_once(
    busy: str, products: int
) -> None:
    imported = lamps(210, first=1_000) if busy == "an import" else []
    world, shop = a_shop(*imported)
    undone = lamps(products, first=5_000)
    _linked_by_hand(world, undone)
    begun = world.begin()
    world.people_ask("undo", LinkRequestKind.UNDO, *((p.id, None) for p in undone))
    sales = Sales(world, shop, 1, most=200)
    if imported:
        world.happens("product.imported", *(replace(p, version=9) for p in imported))
    wanted = a_product("p-new", name="New", sku="NEW")
    if busy == "people":
        world.clock.at(begun + 20_000, lambda: world.ask(wanted))
    world.live(300)
    answers = world.link_requests.answers_to("undo")
    assert [answer.done for answer in answers] == [True] * products
    assert sales.longest_ms() <= 2 * A_WAVE_MS
    ours = [world.link(p).id for p in undone]
    written = [
        number
        for call in world.web.begun
        if call.method == "update_products"
        for number in call.touches & set(ours)
    ]
    assert len(written) <= products + 2  # each once, but for a slice that ended within one
    if busy == "people":
        created = next(call.at_ms for call in world.web.begun if call.method == "create")
        assert created - begun - 20_000 <= 5_000
    assert all(world.wait_ms(begun, "update_products", p) is not None for p in imported)


@pytest.mark.parametrize(
    "asks",
    [
        lambda world, product: world.ask(product),
        lambda world, product: world.ask(product, *lamps(250, first=9_000)),
    ],
    ids=["asked", "in bulk"],
)
def test_link_then_push_of_one_product_keeps_its_order(
    asks: Callable[[BusyWorld, Product], None],
) -> None:
    world, _ = a_shop(*lamps(30, first=5_000))
    last = a_product("p-last", name="Lamp to link", sku="LAST")
    world.pos.save(last)
    number = world.web.seed("Lamp to link", "LAST").id
    world.begin()
    world.people_ask("undo", LinkRequestKind.UNDO, *((p.id, None) for p in lamps(30, 5_000)))
    world.people_ask("link", LinkRequestKind.LINK, (last.id, number))
    asks(world, last)
    world.live(300)
    assert [answer.done for answer in world.link_requests.answers_to("link")] == [True]
    assert world.link(last).id == number
    assert world.links.get(STORE, [last.id])[last.id].problem is None


@pytest.mark.parametrize("off_h", [-12, 12])
def test_a_senders_clock_decides_nothing(off_h: int, monkeypatch: pytest.MonkeyPatch) -> None:
    imported, saved = lamps(210, first=100), lamps(20, first=500)
    orders: list[list[tuple[str, frozenset[int]]]] = []
    for wrong_h in (0, off_h):
        world, shop = a_shop(*imported, *saved)
        world.begin()
        monkeypatch.setattr("tests.world.SENDERS_CLOCK_OFF_MS", wrong_h * 3_600_000)
        world.happens("product.imported", *(replace(p, version=9) for p in imported))
        monkeypatch.setattr("tests.world.SENDERS_CLOCK_OFF_MS", -wrong_h * 3_600_000)
        world.happens("product.saved", *(replace(p, version=9) for p in saved))
        world.ask(*(replace(p, version=9) for p in shop[:3]))
        world.live(60)
        orders.append([(call.method, call.touches) for call in world.web.begun])
    assert orders[0] == orders[1]
