"""A time in which everybody wants something at once: what each waited, and who had the calls."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import batched, count
from random import Random

from tests.builders import a_product, some_stock
from tests.busy_world import BusyWorld
from tillbridge.domain.lanes import IN_WINDOWS
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.domain.product import Product

type Waits = list[float]

LAST_S = 300
"""How long it goes on after the last sale, until that has gone, too."""


@dataclass
class Played:
    """Seconds from an event to the begin of its call, by lane; calls by kind; rows left."""

    waits: dict[str, Waits] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    left: int = 0


def everybody(
    seconds: int = 1_800, saved: int = 2_000, imported: int = 1_000, undone: int = 200
) -> Played:
    """Play `seconds` of it: a sale a second; `saved` products at once; an import; a push by a person every
    half minute; after a third of the time an undo of `undone` products. All of it pushed literally."""
    world = BusyWorld()
    shop, many, bulk = _lamps(300), _lamps(saved, 10_000), _lamps(imported, 20_000)
    by_hand = _lamps(undone, 30_000)
    world.linked(*shop)
    _online(world, [*many, *bulk])
    _by_hand(world, by_hand)
    begun = world.begin()
    happened: dict[str, list[tuple[int, str, Product]]] = {"stock": [], "asked": []}
    happened |= {"content": [], "bulk": []}
    dice, versions = Random(7), count(100)

    def at(
        seconds: float, lane: str, trigger: str, method: str, products: Iterable[Product]
    ) -> None:
        when, listed = begun + round(seconds * 1_000), list(products)
        happened[lane] += [(when, method, product) for product in listed]

        def happens() -> None:
            world.happens(trigger, *(replace(p, version=next(versions)) for p in listed))

        world.clock.at(when, happens)

    for second in range(seconds):
        sold = replace(dice.choice(shop), stock=(some_stock(second),))
        at(second + dice.random(), "stock", "sale.completed", "set_stock", [sold])
    for number, some in enumerate(batched(many, 100, strict=False)):
        at(0.1 * number, "content", "product.saved", "update_products", some)
    at(5, "bulk", "product.imported", "update_products", bulk)
    for second in range(30, seconds, 30):
        asked = [dice.choice(shop)]
        at(second + dice.random(), "asked", "push.requested", "update_products", asked)
    undo_ms = begun + 1_000 * seconds // 3
    pairs = [(product.id, None) for product in by_hand]
    world.clock.at(undo_ms, lambda: world.people_ask("undo", LinkRequestKind.UNDO, *pairs))
    world.live(seconds + LAST_S)
    return _played(world, happened, undo_ms)


def _played(
    world: BusyWorld, happened: dict[str, list[tuple[int, str, Product]]], undo_ms: int
) -> Played:
    begins: dict[tuple[str, int], list[int]] = {}
    for call in world.web.begun:
        for number in call.touches:
            begins.setdefault((call.method, number), []).append(call.at_ms)
    played = Played(left=len(world.pending.rows))
    for lane, events in happened.items():
        played.waits[lane] = []
        for when, method, product in events:
            at = begins.get((method, world.link(product).id or 0), [])
            after = [each for each in at if each >= when]
            played.waits[lane].append((after[0] - when) / 1_000 if after else float("inf"))
    answered = [ms for (id_, _), ms in world.link_requests.at.items() if id_ == "undo"]
    played.waits["links"] = [(ms - undo_ms) / 1_000 for ms in answered]
    # Content has its share while it waits; later a call carries what few sales leave.
    waited = [
        (event[0], wait)
        for lane in IN_WINDOWS
        for event, wait in zip(happened[lane], played.waits[lane], strict=True)
    ]
    until = max(when + 1_000 * wait for when, wait in waited)
    for call in (call for call in world.web.begun if call.at_ms <= until):
        played.calls["stock" if call.method == "set_stock" else "content"] += 1
    return played


def _lamps(number: int, first: int = 0) -> list[Product]:
    return [
        a_product(f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}") for n in range(first, first + number)
    ]


def _online(world: BusyWorld, products: Iterable[Product]) -> None:
    """Have the products linked, without the calls that create them."""
    for product in products:
        world.pos.save(product)
        world.link_online(product)


def _by_hand(world: BusyWorld, products: Iterable[Product]) -> None:
    for product in products:
        world.pos.save(product)
        number = world.web.seed(f"Web {product.id}", f"W-{product.id}", description="ours").id
        world.people_ask(f"link {product.id}", LinkRequestKind.LINK, (product.id, number))
    world.push_until_quiet()
