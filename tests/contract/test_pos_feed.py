"""What ports.pos_feed promises, kept by the fake, by the client on the sandbox POS, and by a mirror."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.contract.pos_worlds import WORLDS, World, a_world
from tillbridge.ports.pos_feed import FEED_PAGE, PosPage


@pytest.fixture(params=WORLDS)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    with a_world(request.param) as world:
        yield world


def pages(world: World, since: int = 0) -> list[PosPage]:
    found = [world.feed.changes(since)]
    while found[-1].more:
        found.append(world.feed.changes(found[-1].next_version))
    return found


def test_changes_come_by_ascending_version_each_product_once_with_its_newest_record(
    world: World,
) -> None:
    for product in ("p-1", "p-2", "p-3"):
        world.save(product, f"Chair {product}", "1.25")
    world.save("p-1", "New chair", "2.50")
    (page,) = pages(world)
    assert [each.id for each in page.products] == ["p-2", "p-3", "p-1"]
    assert (page.products[-1].name, page.products[-1].price) == ("New chair", Decimal("2.50"))
    versions = [each.version for each in page.products]
    assert versions == sorted(set(versions))
    assert page.next_version == versions[-1]


def test_a_deleted_product_is_among_the_changes(world: World) -> None:
    world.save("p-1", "Armchair", "12.50")
    world.save("p-2", "Chair", "12.50")
    world.delete("p-1")
    (page,) = pages(world)
    assert [(each.id, each.deleted) for each in page.products] == [("p-2", False), ("p-1", True)]


def test_the_feed_goes_on_behind_what_was_read(world: World) -> None:
    world.save("p-1", "Armchair", "12.50")
    (first,) = pages(world)
    (quiet,) = pages(world, first.next_version)
    assert (quiet.products, quiet.next_version, quiet.more) == ((), first.next_version, False)
    world.save("p-2", "Chair", "3.00")
    (second,) = pages(world, first.next_version)
    assert [each.id for each in second.products] == ["p-2"]


def test_a_feed_of_more_than_a_page_loses_and_repeats_nothing(world: World) -> None:
    names = [f"p-{n:04d}" for n in range(FEED_PAGE + 3)]
    for name in names:
        world.save(name, f"Chair {name}", "1.00")
    found = pages(world)
    assert [len(page.products) for page in found] == [FEED_PAGE, 3]
    assert [each.id for page in found for each in page.products] == names


def test_what_is_settled_lies_between_what_was_asked_from_and_the_end(world: World) -> None:
    world.save("p-1", "Armchair", "12.50")
    (first,) = pages(world)
    world.save("p-2", "Chair", "12.50")
    for since in (0, first.next_version):
        (page,) = pages(world, since)
        assert since <= page.settled <= page.next_version
    (quiet,) = pages(world, page.next_version)
    assert quiet.settled == page.next_version
