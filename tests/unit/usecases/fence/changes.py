"""What a push has to change online."""

from dataclasses import replace
from decimal import Decimal

from tests.builders import some_stock
from tests.unit.usecases.fence.shelf import BAD, IDS, IMAGE, jumper, lamp, online, refuse_each
from tests.world import World
from tillbridge.domain.errors import Gone
from tillbridge.domain.product import Product


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


def refused(world: World) -> None:
    updates(world)
    refuse_each(world)


def clashes(world: World) -> None:
    world.linked(*map(lamp, IDS))
    for number, _ in enumerate(IDS):
        world.web.seed(f"Taken {number}", f"T-{number}")
    taken = [lamp(p, version=2, name=f"Taken {n}") for n, p in enumerate(IDS)]
    world.happens("product.saved", *taken)


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


def passed_over(world: World) -> None:
    world.linked(*map(lamp, IDS))
    world.happens("product.saved", *map(lamp, IDS))


def unknown(world: World) -> None:
    world.linked(*map(lamp, IDS))
    world.happens("product.saved", *[lamp(p, version=2) for p in IDS])
    for product in IDS:
        world.pos.save(lamp(product))
