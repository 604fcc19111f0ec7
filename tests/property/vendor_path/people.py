"""What people do with products and links, in Tillbridge and in BigCommerce."""

from collections.abc import Callable, Mapping
from random import Random

from tests.property.vendor_path.shop import NAMES, living
from tests.property.vendor_path.world import World
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.link_requests import LinkRequestKind

type PeopleAct = Callable[[World, Random], None]


def _known(world: World) -> list[str]:
    """Return what people see in the POS view: products of the mirror."""
    return sorted(world.vendor.polls.families)


def _linked(world: World) -> list[tuple[str, int]]:
    return sorted((each.product, each.id) for each in world.every_link() if each.id is not None)


def push_some(world: World, dice: Random) -> None:
    """Push one product, or all."""
    if known := _known(world):
        some = known if dice.random() < 0.3 else [dice.choice(known)]
        world.push(*some)


def unlink(world: World, dice: Random) -> None:
    """End a link."""
    if linked := _linked(world):
        product, web = dice.choice(linked)
        world.unlinked.add(web)
        world.ask(LinkRequestKind.UNLINK, product)


def only_online(world: World, dice: Random) -> None:
    """Make a product in BigCommerce alone."""
    there = {each["name"] for each in world.web.products().values()}
    taken = there | {each.name for each in living(world)}
    free = [name for name in NAMES if name not in taken]
    if free and len(there) < 30:
        world.web_made += 1
        row = {
            "name": dice.choice(free),
            "type": "physical",
            "weight": 1,
            "price": 10,
            "sku": f"WEB-{world.web_made}",
            "inventory_tracking": dice.choice(["product", "none"]),
        }
        world.foreign.update(world.web.seed(row))


def import_some(world: World, dice: Random) -> None:
    """Import one product that is in BigCommerce alone, or all; now and then the function is killed in the middle."""
    linked = {web for _, web in _linked(world)}
    free = [StoreProductId(web) for web in world.web.products() if web not in linked]
    if free:
        some = () if dice.random() < 0.3 else (dice.choice(free),)
        world.import_some(some, dice.choice([0, 0, dice.randrange(1, 12)]))


def link_some(world: World, dice: Random) -> None:
    """Link a product that is not linked to one that is in BigCommerce alone."""
    linked = {web for _, web in _linked(world)}
    own = {product for product, _ in _linked(world)}
    free = [web for web in world.web.products() if web not in linked]
    products = [each for each in _known(world) if each not in own]
    if free and products:
        world.ask(LinkRequestKind.LINK, dice.choice(products), dice.choice(free))


def edits_own(world: World, dice: Random) -> None:
    """Edit in BigCommerce what belongs to it."""
    if products := world.web.products():
        number = dice.choice(sorted(products))
        fields = {
            "weight": dice.randrange(1, 90),
            "width": dice.randrange(1, 90),
            "page_title": f"Title {dice.randrange(99)}",
            "search_keywords": f"words {dice.randrange(99)}",
            "sale_price": dice.randrange(1, 9),
        }
        name = dice.choice(sorted(fields))
        world.staff(
            lambda: world.web.call("PUT", f"/catalog/products/{number}", {name: fields[name]})
        )


def edits_ours(world: World, dice: Random) -> None:
    """Edit in BigCommerce what the POS owns: nobody tells us, and the next Push puts it right."""
    if products := world.web.products():
        number = dice.choice(sorted(products))
        fields = dice.choice(
            [{"price": 777}, {"description": "ours now"}, {"brand_name": "Nobody"}]
        )
        world.edited.add(number)
        world.staff(lambda: world.web.call("PUT", f"/catalog/products/{number}", fields))


def deletes_online(world: World, dice: Random) -> None:
    """Delete a product in BigCommerce."""
    if products := world.web.products():
        number = dice.choice(sorted(products))
        world.edited.add(number)
        world.staff(lambda: world.web.call("DELETE", f"/catalog/products?id:in={number}"))


def unlink_broken(world: World, dice: Random) -> None:
    """End a link whose BigCommerce product was deleted, so that it may be pushed anew."""
    for each in world.every_link():
        if each.status is LinkStatus.BROKEN:
            world.ask(LinkRequestKind.UNLINK, each.product)
            return


PEOPLE: Mapping[PeopleAct, int] = {
    push_some: 14,
    unlink: 2,
    only_online: 3,
    import_some: 3,
    link_some: 4,
    edits_own: 4,
    edits_ours: 2,
    deletes_online: 1,
    unlink_broken: 2,
}
