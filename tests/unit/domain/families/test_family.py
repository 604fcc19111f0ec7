"""A family is the same whatever way its parts came."""

from decimal import Decimal

from tillbridge.domain.families.as_product import as_product
from tillbridge.domain.families.family import Family, joined
from tillbridge.domain.families.parts import ItemPart, LevelPart, MemberFields
from tillbridge.domain.ids import MemberId, PosProductId

CHAIR = Family(PosProductId("chair"))
RED = ItemPart(
    MemberId("chair"),
    7,
    fields=MemberFields(name="Chair", sku="R", price=Decimal(5), options=(("Colour", "red"),)),
)
BLUE = ItemPart(
    MemberId("blue"),
    3,
    parent=MemberId("chair"),
    fields=MemberFields(name="Chair", sku="B", price=Decimal(6), options=(("Colour", "blue"),)),
)
LEVEL = LevelPart(MemberId("blue"), "o-1", 9, Decimal(4))


def test_the_order_of_its_parts_does_not_matter() -> None:
    assert joined(CHAIR, [RED, BLUE, LEVEL]) == joined(joined(CHAIR, [LEVEL, BLUE]), [RED, LEVEL])


def test_a_part_that_it_knows_leaves_the_very_same_family() -> None:
    family = joined(CHAIR, [RED, LEVEL])
    assert joined(family, [RED, LEVEL]) is family


def test_a_family_is_a_product_with_a_variant_for_each_member_that_has_options() -> None:
    product = as_product(joined(CHAIR, [BLUE, RED, LEVEL]), 12)
    assert (product.id, product.version, product.name, product.sku) == ("chair", 12, "Chair", "")
    assert [(each.id, each.sku) for each in product.variants] == [("chair", "R"), ("blue", "B")]
    assert product.variants[1].stock[0].on_hand == Decimal(4)


def test_a_family_whose_members_are_all_deleted_is_a_tombstone() -> None:
    gone = ItemPart(MemberId("chair"), 8, deleted=True)
    assert as_product(joined(CHAIR, [RED, gone]), 13).deleted
