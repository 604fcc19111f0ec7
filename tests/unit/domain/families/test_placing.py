"""To which family a part belongs, and how members move from one to another."""

from collections.abc import Mapping

import pytest

from tests.fakes.pos_mirror import FakePosMirror
from tests.mirrored import ACCOUNT, a_level, a_variant, an_item, take_page, walked
from tillbridge.domain.families.parts import Part
from tillbridge.domain.families.placing import asked_of, family_of, in_portions, placed, with_placed
from tillbridge.domain.ids import MemberId, PosProductId
from tillbridge.domain.product import Product

NOBODY: dict[MemberId, PosProductId] = {}
IN_CHAIR = {MemberId("red"): PosProductId("chair"), MemberId("chair"): PosProductId("chair")}


@pytest.mark.parametrize(
    ("part", "index", "family"),
    [
        (an_item("chair"), NOBODY, "chair"),
        (an_item("red", parent="chair"), NOBODY, "chair"),
        (an_item("red", parent="chair"), IN_CHAIR, "chair"),
        (an_item("red"), IN_CHAIR, "chair"),
        (an_item("red", parent="a-new-id-of-the-family"), IN_CHAIR, "chair"),
        (an_item("blue", parent="red"), IN_CHAIR, "chair"),
        (
            an_item("red", parent="lamp"),
            {**IN_CHAIR, MemberId("lamp"): PosProductId("lamp")},
            "lamp",
        ),
        (an_item("red", deleted=True), IN_CHAIR, "chair"),
        (an_item("gone", deleted=True), NOBODY, "gone"),
        (a_level("red"), IN_CHAIR, "chair"),
        (a_level("red"), NOBODY, None),
    ],
    ids=[
        "one that stands alone begins a family",
        "a child before its parent begins its parent's family",
        "a child is in its parent's family",
        "a child that leads now stays in the family",
        "members stay where the vendor gives families new ids",
        "a child of the one that leads now joins the family",
        "a child goes where its parent is",
        "a tombstone stays where its member was",
        "a tombstone of nobody is a family of its own",
        "a level goes where its member is",
        "a level of nobody has no place",
    ],
)
def test_a_part_belongs_to_a_family(
    part: Part, index: Mapping[MemberId, PosProductId], family: str | None
) -> None:
    assert family_of(part, index) == family


def test_members_and_their_parents_are_asked_for() -> None:
    page: list[Part] = [an_item("red", parent="chair"), a_level("blue"), an_item("lamp")]
    assert asked_of(page) == {"red", "chair", "blue", "lamp"}


def test_a_page_may_list_levels_and_children_before_their_parents() -> None:
    placement = placed([a_level("red"), an_item("red", parent="chair"), an_item("chair")], NOBODY)
    assert set(placement.parts) == {"chair"}
    assert len(placement.parts[PosProductId("chair")]) == 3
    assert placement.joining == {"chair": {"red", "chair"}}
    assert placement.unplaced == []


def test_levels_of_nobody_are_told_apart() -> None:
    level = a_level("nobody")
    assert placed([level, an_item("chair")], NOBODY).unplaced == [level]


def test_of_two_rows_of_a_member_in_a_page_the_newer_says_where_it_is() -> None:
    page = [
        an_item("red", 9, "lamp"),
        an_item("red", 8, "chair"),
        an_item("lamp"),
        an_item("chair"),
    ]
    assert placed(page, NOBODY).joining == {"lamp": {"lamp", "red"}, "chair": {"chair"}}


def test_a_page_of_many_families_comes_in_portions() -> None:
    index = {MemberId(f"m-{n}"): PosProductId(f"f-{n}") for n in range(7)}
    index |= {MemberId(f"f-{n}"): PosProductId(f"f-{n}") for n in range(7)}
    page: list[Part] = [a_level(f"m-{n}") for n in range(7)]
    page += [a_variant("m-1", "f-2", "x", 2), a_variant("m-3", "f-1", "x", 2), an_item("new")]
    whole = placed([*page, a_level("nobody")], index)
    portions = list(in_portions(whole, 2))
    assert [sorted(each.families) for each in portions] == [
        ["f-1", "f-2", "f-3"],
        ["f-0", "new"],
        ["f-4", "f-5"],
        ["f-6"],
    ]
    put = [kept for each in portions for kept in with_placed({}, each)]
    assert {kept.family.id: kept for kept in put} == {
        kept.family.id: kept for kept in with_placed({}, whole)
    }
    assert [each.unplaced for each in portions] == [[]] * 4


@pytest.fixture
def mirror() -> FakePosMirror:
    mirror = FakePosMirror()
    page = [an_item("chair"), a_variant("red", "chair", "red"), a_variant("blue", "chair", "blue")]
    take_page(mirror, [*page, an_item("lamp"), a_level("red", "7"), a_level("blue", "3")])
    walked(mirror)
    return mirror


def products(mirror: FakePosMirror) -> dict[str, Product]:
    return {each.id: each for each in mirror.changed(ACCOUNT, 0, 100).products}


def stock(product: Product) -> dict[str, str]:
    return {v.id: str(v.stock[0].on_hand) if v.stock else "unknown" for v in product.variants}


def test_a_member_that_moves_takes_its_levels_along(mirror: FakePosMirror) -> None:
    take_page(mirror, [a_variant("red", "lamp", "red", version=2)])
    found = products(mirror)
    assert stock(found["lamp"]) == {"red": "7"}
    assert stock(found["chair"]) == {"blue": "3"}
    take_page(mirror, [a_level("red", "6", version=2)])
    assert stock(products(mirror)["lamp"]) == {"red": "6"}


def test_a_member_that_comes_back_is_there_once(mirror: FakePosMirror) -> None:
    take_page(mirror, [a_variant("red", "lamp", "red", version=2), a_level("red", "6", version=2)])
    take_page(mirror, [a_variant("red", "chair", "red", version=3)])
    found = products(mirror)
    assert stock(found["lamp"]) == {}
    assert stock(found["chair"]) == {"red": "6", "blue": "3"}


def test_two_families_may_exchange_members(mirror: FakePosMirror) -> None:
    take_page(mirror, [a_variant("dim", "lamp", "dim")])
    take_page(
        mirror,
        [a_variant("dim", "chair", "dim", version=2), a_variant("red", "lamp", "red", version=2)],
    )
    found = products(mirror)
    assert set(stock(found["lamp"])) == {"red"}
    assert set(stock(found["chair"])) == {"dim", "blue"}


def test_an_older_row_moves_nobody(mirror: FakePosMirror) -> None:
    take_page(mirror, [a_variant("red", "lamp", "red", version=5)])
    assert take_page(mirror, [a_variant("red", "chair", "red", version=4)]) == []
    assert set(stock(products(mirror)["lamp"])) == {"red"}


def test_a_family_whose_leader_is_deleted_keeps_its_id(mirror: FakePosMirror) -> None:
    take_page(
        mirror,
        [
            an_item("chair", 2, deleted=True),
            a_variant("red", None, "red", version=3),
            a_variant("blue", "red", "blue", version=4),
        ],
    )
    take_page(mirror, [a_variant("green", "red", "green", version=5)])
    found = products(mirror)
    assert set(found) == {"chair", "lamp"}
    assert set(stock(found["chair"])) == {"red", "blue", "green"}


def test_a_simple_product_that_becomes_a_variant_leaves_a_tombstone(mirror: FakePosMirror) -> None:
    take_page(mirror, [a_variant("lamp", "chair", "lamp", version=2)])
    found = products(mirror)
    assert found["lamp"].deleted
    assert "lamp" in stock(found["chair"])
