"""What was under way when the process died: one story for each kind of work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.builders import a_jumper, a_product, some_stock
from tests.knife.loop import Story
from tests.world import World
from tillbridge.domain.errors import LostReply, Refused, StoreDown, StoreThrottled
from tillbridge.domain.product import Product

PICTURE = "https://cdn.example/lantern.jpg"
OTHER = "https://cdn.example/other.jpg"
NEW = "https://cdn.example/new.jpg"
BROKEN = "https://cdn.example/broken.jpg"


_worlds: list[Callable[[], World]] = [World]


def new_world() -> World:
    """Return a world of fakes, or of whatever a test put in its place."""
    world = _worlds[-1]()
    world.job = "the story's job"
    return world


@contextmanager
def played_in(make: Callable[[], World]) -> Iterator[None]:
    """Have the stories that are played meanwhile use the worlds that `make` makes."""
    _worlds.append(make)
    try:
        yield
    finally:
        _worlds.pop()


def some(count: int, **overrides: Any) -> list[Product]:
    """Return `count` simple products of different names and SKUs."""
    return [
        a_product(f"p-{n}", name=f"Lantern {n}", sku=f"L-{n}", **overrides) for n in range(count)
    ]


def create() -> World:
    """Create a simple product with a picture, one with sizes, and one with a picture nobody can
    fetch."""
    world = new_world()
    world.ask(
        a_product(images=(PICTURE,)),
        a_jumper(),
        a_product("p-x", name="Dark", sku="X", images=(BROKEN, OTHER), department="Deck"),
    )
    return world


def create_refused() -> World:
    """Create duplicates, a stranger's name and a stranger's SKU, and one that BigCommerce takes."""
    world = new_world()
    world.web.seed("Storm Lantern", "THEIRS")
    world.web.seed("Stranger", "L-1")
    world.ask(a_product(), *some(3), a_product("p-duplicate", name="Lantern 2", sku="T"))
    return world


def create_many() -> World:
    """Create more products than are looked up one by one; one name is taken."""
    world = new_world()
    world.web.seed("Lantern 7", "THEIRS")
    world.ask(*some(22))
    return world


def create_lost_but_applied() -> World:
    """Create products, and lose the answer to one create that was applied."""
    world = new_world()
    world.ask(a_product(images=(PICTURE,)), a_jumper())
    world.web.fail_next("create", LostReply("lost"), applied=True)
    return world


def create_lost_and_not_applied() -> World:
    """Create products, and lose one create before it was applied."""
    world = new_world()
    world.ask(a_product(), a_jumper())
    world.web.fail_next("create", LostReply("lost"))
    return world


def update() -> World:
    """Change the cost of twelve products and their sizes, and sell two."""
    world, products = _linked(*some(11), a_jumper())
    dearer = [replace(p, version=2, price=Decimal(50)) for p in products]
    sold = [replace(p, version=3, stock=(some_stock(1),)) for p in dearer[:2]]
    world.happens("product.saved", *dearer)
    world.happens("sale.completed", *sold)
    return world


def update_lost() -> World:
    """Lose the answers to updates, applied or not; a 207 saves a part."""
    world, products = _linked(*some(12))
    world.happens("product.saved", *[replace(p, version=2, price=Decimal(50)) for p in products])
    world.web.fail_next("update_products", StoreDown("lost"), applied=True)
    world.web.fail_next("update_products", StoreDown("lost"))
    number = world.link(products[3]).id
    assert number is not None
    world.web.warns[number] = "the stock was not saved"
    return world


def bad_batch() -> World:
    """Have two of twelve refused; the batch does not say which."""
    world, products = _linked(*some(12))
    for product in (products[2], products[9]):
        number = world.link(product).id
        assert number is not None
        world.web.refuses[number] = Refused(422, "Invalid price", {"price": "is invalid"})
    world.happens("product.saved", *[replace(p, version=2, price=Decimal(50)) for p in products])
    return world


def bad_item() -> World:
    """Have one of three refused; the batch does not say which."""
    world, products = _linked(*some(3))
    number = world.link(products[1]).id
    assert number is not None
    world.web.refuses[number] = Refused(422, "Invalid price", {"price": "is invalid"})
    world.happens("product.saved", *[replace(p, version=2, price=Decimal(50)) for p in products])
    return world


def stock() -> World:
    """Sell simple products and sizes, an unlinked one among them."""
    world, products = _linked(*some(3), a_jumper())
    sold = [replace(p, version=2, stock=(some_stock(1),)) for p in products[:3]]
    sizes = tuple(replace(v, stock=(some_stock(0),)) for v in products[3].variants)
    jumper = replace(products[3], version=2, variants=sizes)
    world.happens("sale.completed", *sold, jumper, a_product("p-new", name="New", sku="N"))
    return world


def stock_refused() -> World:
    """Have stock refused, since tracking was switched off by hand: content restores it, then the
    stock goes."""
    world, (product, *_) = _linked(*some(2))
    number = world.link(product).id
    assert number is not None
    world.web[number].fields["inventory_tracking"] = "variant"
    world.happens("sale.completed", replace(product, version=2, stock=(some_stock(1),)))
    return world


def images() -> World:
    """Remove one picture and add two, one of which cannot be fetched."""
    world, (product,) = _linked(a_product(images=(PICTURE, OTHER)))
    number = world.link(product).id
    assert number is not None
    world.web.records.product(number).images[9_001] = {"image_url": "https://people.example/own"}
    world.happens("product.saved", replace(product, version=2, images=(OTHER, NEW, BROKEN)))
    return world


def images_lost() -> World:
    """Add a picture whose answer is lost."""
    world, (product,) = _linked(a_product(images=(PICTURE,)))
    world.happens("product.saved", replace(product, version=2, images=(PICTURE, OTHER, NEW)))
    world.web.fail_next("add_image", LostReply("lost"), applied=True)
    return world


def first_variants() -> World:
    """Give a simple product its first sizes; the SKU moves to one of them."""
    world, _ = _linked(a_product("p-jumper", name="Fisherman's Jumper", sku="JUMPER-S"))
    world.happens("product.saved", a_jumper("S", "M", "L", version=2))
    return world


def variants_change() -> World:
    """Remove one size, add one, change the SKU of another, and add a picture."""
    world, _ = _linked(a_jumper("S", "M"))
    changed = a_jumper("M", "L", version=2, images=(PICTURE,))
    first, second = changed.variants
    changed = replace(changed, variants=(replace(first, sku="JUMPER-MM"), second))
    world.happens("product.saved", changed)
    return world


def options_change() -> World:
    """Rename the option itself: every variant is made anew."""
    world, (jumper,) = _linked(a_jumper("S", "M"))
    sizes = tuple(
        replace(v, option_values=(("Fit", v.option_values[0][1]),)) for v in jumper.variants
    )
    world.happens("product.saved", replace(jumper, version=2, options=("Fit",), variants=sizes))
    return world


def last_variant_goes() -> World:
    """Turn a product with sizes into a simple one."""
    world, (jumper,) = _linked(a_jumper("S", "M"))
    simple = replace(
        jumper, version=2, options=(), variants=(), stock=(some_stock(4),), sku="JUMPER-S"
    )
    world.happens("product.saved", simple)
    return world


def swap() -> World:
    """Have two products swap names and SKUs."""
    world, (one, two) = _linked(*some(2))
    world.happens(
        "product.saved",
        replace(one, version=2, name=two.name, sku=two.sku),
        replace(two, version=2, name=one.name, sku=one.sku),
    )
    return world


def swap_in_halves() -> World:
    """Swap in two halves: the taker's event comes first, the holder lets go in a later one."""
    world, (one, two) = _linked(*some(2))
    world.pos.save(replace(two, version=2, name=one.name, sku=one.sku))
    world.happens("product.saved", replace(one, version=2, name=two.name, sku=two.sku))
    return world


def released() -> World:
    """Rename the holder of a name, so that the product that failed for it comes back."""
    world, (first, *_) = _linked(*some(1))
    world.ask(a_product("p-late", name=first.name, sku="LATE"))
    world.push_until_quiet()
    world.happens("product.saved", replace(first, version=2, name="Renamed"))
    return world


def gone() -> World:
    """Delete one product online and one in the POS, and make one inactive."""
    world, (online, inactive, till) = _linked(*some(3))
    number = world.link(online).id
    assert number is not None
    world.web.remove(number)
    world.happens(
        "product.saved",
        replace(online, version=2, price=Decimal(9)),
        replace(inactive, version=2, active=False),
        replace(till, version=2, deleted=True),
    )
    return world


def stale() -> World:
    """Have the POS return an older version for a while."""
    world, (one, two) = _linked(*some(2))
    world.happens("sale.completed", *[replace(p, version=2, price=Decimal(7)) for p in (one, two)])
    for _ in range(3):
        world.pos.read_stale(one)
    return world


def trouble() -> World:
    """Throttle the store, then have it down for every call."""
    world, products = _linked(*some(12))
    world.happens("sale.completed", *[replace(p, version=2, price=Decimal(7)) for p in products])
    world.web.fail_next("set_stock", StoreThrottled("429", 3))
    world.web.fail_next("update_products", StoreThrottled("429", 3))
    world.web.fail_next("update_products", StoreDown("503"))
    world.web.fail_next("ping", StoreDown("503"))
    return world


def _linked(*products: Product) -> tuple[World, tuple[Product, ...]]:
    world = new_world()
    world.linked(*products)
    return world, products


STORIES: dict[str, Story] = {
    story.__name__.replace("_", " "): story
    for story in (
        create,
        create_refused,
        create_many,
        create_lost_but_applied,
        create_lost_and_not_applied,
        update,
        update_lost,
        bad_batch,
        bad_item,
        stock,
        stock_refused,
        images,
        images_lost,
        first_variants,
        variants_change,
        options_change,
        last_variant_goes,
        swap,
        swap_in_halves,
        released,
        gone,
        stale,
        trouble,
    )
}

LONG = {"create many", "update", "update lost", "bad batch", "trouble"}
ALONE = {"images lost", "create lost but applied", "create lost and not applied", "stale"}
"""Stories whose trouble strikes whichever drain comes first."""
REAL = ["create", "bad item", "stock", "first variants", "released"]
"""Stories that are also killed on real tables, where every call takes its time."""
SHORT = [name for name in STORIES if name not in LONG]
TWICE = ["images", "first variants"]
"""Stories short enough to die in twice, at every pair of points; the first of them in every test
run."""
