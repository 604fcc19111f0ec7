"""A shop deletes the variant that led a product: the family, by which links stand, goes on under whoever leads then."""

from tests.mirrored import a_variant
from tests.poll_world import PollWorld, settled
from tillbridge.domain.families.family import Family
from tillbridge.domain.families.heirs import heirs, left_behind
from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.ids import MemberId, PosProductId


def _sizes(world: PollWorld, leader: str, *others: str) -> None:
    world.vendor.save(leader, options=(("Size", leader),))
    for each in others:
        world.vendor.save(each, leader, options=(("Size", each),))


def _shirt() -> PollWorld:
    world = settled()
    _sizes(world, "small", "large")
    world.poll()
    return world


def _variants(world: PollWorld, product: str) -> set[str]:
    return {each.id for each in world.product(product).variants}


def test_a_family_goes_on_under_a_variant_that_is_new_when_its_leader_goes() -> None:
    world = _shirt()
    world.vendor.delete("small")
    _sizes(world, "medium", "large")
    world.poll()
    assert _variants(world, "small") == {"large", "medium"}
    assert world.families.keys() == {"small"}


def test_it_goes_on_where_the_new_leader_is_read_later_than_its_variants() -> None:
    world = _shirt()
    world.vendor.delete("small")
    world.vendor.save("large", "medium", options=(("Size", "large"),))
    world.poll()
    world.vendor.save("medium", options=(("Size", "medium"),))
    world.poll()
    assert _variants(world, "small") == {"large", "medium"}


def test_a_variant_that_moves_below_a_new_product_leaves_a_family_that_has_its_leader() -> None:
    world = _shirt()
    _sizes(world, "jacket", "large")
    world.poll()
    assert _variants(world, "small") == {"small"}
    assert _variants(world, "jacket") == {"jacket", "large"}


def test_a_family_that_is_not_kept_has_no_heir() -> None:
    index = {MemberId("large"): PosProductId("small")}
    page = [a_variant("large", "medium", "blue")]
    assert left_behind(page, index) == {"small"}
    assert heirs(page, index, {}) == {}
    gone = {PosProductId("small"): KeptFamily(Family(PosProductId("small")))}
    assert heirs(page, index, gone) == {"medium": "small"}
