"""What a push has to put online."""

from dataclasses import replace

from tests.unit.usecases.fence.shelf import IDS, IMAGE, jumper, lamp
from tests.world import World
from tillbridge.domain.errors import LostReply


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


def impossible(world: World) -> None:
    world.ask(*[lamp(p, name="") for p in IDS])


def clashing_creates(world: World) -> None:
    for product in IDS:
        world.web.seed(f"Lamp {product}", f"T-{product}")
    world.ask(*map(lamp, IDS))


def made_again(world: World) -> None:
    old = [lamp(f"old-{p}", name=f"Lamp {p}", sku=f"SKU-{p}") for p in IDS]
    world.linked(*old)
    world.happens("product.saved", *[replace(each, version=2, deleted=True) for each in old])
    world.push_until_quiet()
    world.ask(*map(lamp, IDS))
