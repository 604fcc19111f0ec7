"""What ports.pos_mirror promises of families: the fake and DynamoDB keep it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.contract.ports.races import race
from tests.mirrored import ACCOUNT, a_level, a_variant, an_item, take_page
from tillbridge.domain.errors import Conflict
from tillbridge.domain.families.family import Family, joined
from tillbridge.domain.families.parts import Named, Part
from tillbridge.domain.ids import MemberId, PosAccountKey, PosProductId
from tillbridge.domain.polling import Reference, Told
from tillbridge.domain.product import Barcodes
from tillbridge.ports.pos_mirror import KeptFamily, PosMirror

CHAIR, LAMP = PosProductId("chair"), PosProductId("lamp")


def kept(*members: str, version: int = 0) -> KeptFamily:
    family = joined(Family(PosProductId(members[0])), [an_item(each) for each in members])
    return KeptFamily(family, version, joining=frozenset(MemberId(each) for each in members))


def test_a_family_is_read_as_it_was_put(mirror: PosMirror) -> None:
    full = an_item(
        "chair",
        7,
        "root",
        product_number="N-1",
        description="<p>Überzug</p>",
        department=Named("d-1", "Stühle"),
        vendor=Named("v-1", ""),
        brand=Named("b-1", "Oak & Co"),
        price=Decimal("12345678901234.12345"),
        cost=Decimal("3.02632"),
        barcodes=Barcodes("012345678905", ""),
        track_stock=False,
        active=False,
        weight=Decimal("0.250"),
        images=("https://img.example/1.jpg",),
        options=(("Colour", "red"), ("Size", "")),
        unknown=frozenset({"mpn", "cost"}),
        unreadable="weight is missing",
    )
    parts = [replace(full, untouched=True), an_item("gone", 9, deleted=True)]
    levels = [a_level("chair", "-1.50000"), replace(a_level("chair", outlet="o-2"), deleted=True)]
    family = joined(Family(CHAIR), [*parts, *levels])
    (put,) = mirror.put(ACCOUNT, [KeptFamily(family, told=Told(items=True, levels=True))])
    assert put.version > 0
    assert mirror.read(ACCOUNT, [CHAIR, LAMP]) == {CHAIR: put}
    assert put.family == family
    assert f"{put.family.items[MemberId('chair')].fields.weight}" == "0.250"


def test_versions_rise_in_the_order_of_a_put_and_from_one_put_to_the_next(
    mirror: PosMirror,
) -> None:
    first = mirror.put(ACCOUNT, [kept("chair"), kept("lamp")])
    second = mirror.put(ACCOUNT, [first[1]])
    versions = [each.version for each in [*first, *second]]
    assert versions == sorted(set(versions))
    assert mirror.newest(ACCOUNT) == versions[-1]
    assert mirror.put(ACCOUNT, []) == []


def test_accounts_are_apart(mirror: PosMirror) -> None:
    other = PosAccountKey("lightspeed-other")
    mirror.put(ACCOUNT, [kept("chair")])
    assert mirror.read(other, [CHAIR]) == {}
    assert mirror.families_of(other, [MemberId("chair")]) == {}
    assert list(mirror.families(other)) == []
    assert mirror.newest(other) == 0


def test_what_was_written_since_is_a_conflict_and_the_others_are_written(
    mirror: PosMirror,
) -> None:
    chair, lamp = mirror.put(ACCOUNT, [kept("chair"), kept("lamp")])
    mirror.put(ACCOUNT, [chair])
    with pytest.raises(Conflict):
        mirror.put(
            ACCOUNT, [replace(chair, told=Told(levels=True)), lamp, kept("lamp"), kept("desk")]
        )
    there = mirror.read(ACCOUNT, [CHAIR, LAMP, PosProductId("desk")])
    assert there[LAMP].version > lamp.version
    assert not there[CHAIR].told.levels
    assert mirror.families_of(ACCOUNT, [MemberId("desk")]) == {"desk": "desk"}


def test_of_sixteen_that_write_one_family_at_once_one_succeeds(mirror: PosMirror) -> None:
    (chair,) = mirror.put(ACCOUNT, [kept("chair")])
    outcomes = race([lambda: mirror.put(ACCOUNT, [chair]) for _ in range(16)])
    assert sum(isinstance(each, Conflict) for each in outcomes) == 15
    (winner,) = (each for each in outcomes if not isinstance(each, Exception))
    assert mirror.read(ACCOUNT, [CHAIR])[CHAIR].version == winner[0].version


def test_the_index_gives_joining_members_to_their_family_and_no_others(mirror: PosMirror) -> None:
    (chair,) = mirror.put(
        ACCOUNT, [replace(kept("chair", "red"), joining=frozenset({MemberId("red")}))]
    )
    asked = [MemberId("chair"), MemberId("red"), MemberId("nobody")]
    assert mirror.families_of(ACCOUNT, asked) == {"red": CHAIR}
    assert chair.joining == frozenset()


def test_what_is_to_be_told_comes_by_version_with_what_changed(mirror: PosMirror) -> None:
    names = [f"p-{n}" for n in range(5)]
    put = mirror.put(ACCOUNT, [replace(kept(each), told=Told(levels=True)) for each in names])
    again = mirror.put(ACCOUNT, [replace(put[0], told=Told(items=True))])
    found = mirror.untold(ACCOUNT, put[1].version, 10)
    assert [(each.product, each.told) for each in found] == [
        ("p-2", Told(levels=True)),
        ("p-3", Told(levels=True)),
        ("p-4", Told(levels=True)),
        ("p-0", Told(items=True)),
    ]
    assert [each.version for each in found] == [*(p.version for p in put[2:]), again[0].version]
    assert mirror.untold(ACCOUNT, put[1].version, 2) == found[:2]
    assert mirror.untold(ACCOUNT, again[0].version, 2) == []


def test_what_tells_nothing_says_so(mirror: PosMirror) -> None:
    (put,) = mirror.put(ACCOUNT, [kept("chair")])
    assert mirror.untold(ACCOUNT, 0, 5) == [Reference(CHAIR, put.version, Told())]


def test_a_mirror_that_is_built_anew_begins_above_what_links_have(mirror: PosMirror) -> None:
    mirror.begin_above(ACCOUNT, 70_000)
    mirror.begin_above(ACCOUNT, 50)
    (put,) = mirror.put(ACCOUNT, [kept("chair")])
    assert put.version == 70_001


def test_every_family_is_yielded(mirror: PosMirror) -> None:
    put = take_page(mirror, [an_item(f"p-{n}") for n in range(30)])
    assert {each.family.id: each for each in mirror.families(ACCOUNT)} == {
        each.family.id: each for each in put
    }


def test_a_page_that_comes_again_changes_nothing(mirror: PosMirror) -> None:
    page: list[Part] = [a_variant("red", "chair", "red"), an_item("chair"), a_level("red")]
    assert [each.family.id for each in take_page(mirror, page)] == [CHAIR]
    assert take_page(mirror, reversed(page)) == []
