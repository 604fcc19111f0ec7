"""Rows of the mirror that are odd: too large, damaged, of a later release, or written in between."""

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.contract.ports.mirror_tables import Meanwhile, MirrorTables, tables
from tests.mirrored import ACCOUNT, a_level, a_variant, an_item, take_page, walked
from tillbridge.adapters.dynamodb.attributes import Item
from tillbridge.adapters.dynamodb.keys import Key, version_counter
from tillbridge.adapters.pos_mirror import keys
from tillbridge.adapters.pos_mirror.items import DAMAGED, NEWER
from tillbridge.adapters.pos_mirror.packing import ROOM, TOO_LARGE, packed, unpacked
from tillbridge.domain.errors import Conflict, PosDown, SavedByNewer
from tillbridge.domain.families.family import Family, joined
from tillbridge.domain.families.parts import ItemPart, LevelPart
from tillbridge.domain.ids import MemberId, PosProductId
from tillbridge.domain.polling import PollState

__all__ = ["tables"]

CHAIR, LAMP = PosProductId("chair"), PosProductId("lamp")


def item_of(tables: MirrorTables, key: Key) -> Item:
    found = tables.client.get_item(TableName=tables.mirror, Key=key)
    return dict(found["Item"])


def spoil(tables: MirrorTables, key: Key, **changes: Any) -> Callable[[], None]:
    """Change a row by hand. Return what puts it back."""
    there = item_of(tables, key)

    def put(item: Item) -> None:
        tables.client.put_item(TableName=tables.mirror, Item=item)

    put({**there, **changes})
    return lambda: put(there)


def test_a_family_of_a_later_release_is_left_alone_and_takes_no_other_along(
    tables: MirrorTables,
) -> None:
    mirror = tables.open()
    lamp = take_page(mirror, [an_item("chair"), an_item("lamp")])[1]
    back = spoil(tables, keys.family(ACCOUNT, CHAIR), v={"N": "2"})
    walked(mirror)
    there = mirror.read(ACCOUNT, [CHAIR, LAMP])
    assert (there[CHAIR].unreadable, there[LAMP]) == (NEWER, lamp)
    found = mirror.products(ACCOUNT, [CHAIR, LAMP])
    assert (found[CHAIR].unreadable, found[LAMP].unreadable) == (NEWER, "")
    assert [each.family.id for each in mirror.put(ACCOUNT, [there[CHAIR], lamp])] == [LAMP]
    assert item_of(tables, keys.family(ACCOUNT, CHAIR))["v"] == {"N": "2"}
    back()


def test_a_damaged_family_says_so_until_it_is_put_whole(tables: MirrorTables) -> None:
    mirror = tables.open()
    (chair,) = take_page(mirror, [an_item("chair")])
    spoil(tables, keys.family(ACCOUNT, CHAIR), body={"B": b"rubbish"})
    walked(mirror)
    assert mirror.products(ACCOUNT, [CHAIR])[CHAIR].unreadable == DAMAGED
    (again,) = take_page(mirror, [an_item("chair", 2)])
    assert mirror.products(ACCOUNT, [CHAIR])[CHAIR].unreadable == DAMAGED
    mirror.put(ACCOUNT, [replace(again, unreadable="")])
    assert mirror.products(ACCOUNT, [CHAIR])[CHAIR].unreadable == ""
    assert again.version > chair.version


def test_a_state_that_nobody_can_read_begins_anew_and_can_be_kept(tables: MirrorTables) -> None:
    mirror = tables.open()
    mirror.keep_state(ACCOUNT, PollState(polls=5, walked_ms=1))
    spoil(tables, keys.state(ACCOUNT), state={"S": "{"})
    state = mirror.state(ACCOUNT)
    assert state == PollState(rev=state.rev)
    assert mirror.keep_state(ACCOUNT, replace(state, polls=1)).polls == 1


def test_a_state_of_a_later_release_lets_pushes_wait_and_no_poll_begin(
    tables: MirrorTables,
) -> None:
    mirror = tables.open()
    mirror.keep_state(ACCOUNT, PollState(walked_ms=1))
    back = spoil(tables, keys.state(ACCOUNT), v={"N": "2"})
    with pytest.raises(PosDown, match="newer Tillbridge"):
        mirror.products(ACCOUNT, [CHAIR])
    with pytest.raises(SavedByNewer):
        mirror.state(ACCOUNT)
    back()


def large(members: int, characters: int) -> list[ItemPart]:
    """Return rows whose descriptions do not compress."""
    dice = random.Random(7)
    return [
        replace(
            part, fields=replace(part.fields, description=dice.randbytes(characters // 2).hex())
        )
        for part in (a_variant(f"m-{n}", "chair", f"c-{n}", version=2) for n in range(members))
    ]


def test_a_family_that_is_too_large_keeps_its_levels_and_is_sold_again_when_it_fits(
    tables: MirrorTables,
) -> None:
    mirror, rows = walked(tables.open()), large(200, 5_000)
    take_page(mirror, [*rows, a_level("m-7", "3"), an_item("gone", 1, "chair", deleted=True)])
    product = mirror.products(ACCOUNT, [CHAIR])[CHAIR]
    assert product.unreadable == TOO_LARGE
    assert [v.stock[0].on_hand for v in product.variants if v.stock] == [Decimal(3)]
    assert len(product.variants) == 200
    newest = mirror.newest(ACCOUNT)
    assert take_page(mirror, rows) == [], "a whole walk reads them again, and nothing is told anew"
    assert mirror.newest(ACCOUNT) == newest
    take_page(mirror, [a_level("m-7", "2", version=2)])
    assert mirror.newest(ACCOUNT) > newest
    short = [replace(r, fields=replace(r.fields, description="")) for r in rows]
    take_page(mirror, short[:199])
    assert mirror.products(ACCOUNT, [CHAIR])[CHAIR].unreadable == TOO_LARGE
    take_page(mirror, short[199:])
    assert mirror.products(ACCOUNT, [CHAIR])[CHAIR].unreadable == ""


def test_what_is_too_large_loses_as_little_as_it_must() -> None:
    rows = large(30, 2_000)
    levels = [LevelPart(MemberId(f"m-{n}"), f"o-{o}", 1) for n in range(30) for o in range(50)]
    family = joined(Family(CHAIR), [*rows, *levels])
    for room, items, levels_left in (
        (200_000, 30, 1_500),
        (9_000, 30, 1_500),
        (500, 30, 0),
        (100, 0, 0),
    ):
        body, kept = packed(family, room)
        assert len(body) <= room
        assert unpacked(CHAIR, body) == kept
        assert (len(kept.items), len(kept.levels)) == (items, levels_left)
    assert packed(family, 200_000)[1] is family
    assert ROOM < 400_000


def test_the_largest_family_with_one_long_description_fits() -> None:
    (row,) = large(1, 65_000)
    rows = [
        replace(row, member=MemberId(f"0adfd74a-{n:04x}-11ef-a000-{n:012x}")) for n in range(200)
    ]
    levels = [LevelPart(each.member, f"{o:036d}", o + 1) for each in rows for o in range(10)]
    family = joined(Family(CHAIR), [*rows, *levels])
    assert packed(family)[1] is family
    assert unpacked(CHAIR, packed(family)[0]) == family


def test_a_family_of_which_nothing_fits_stays_unreadable(
    tables: MirrorTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror = walked(tables.open())
    with monkeypatch.context() as patch:
        patch.setattr("tillbridge.adapters.pos_mirror.packing.packed.__defaults__", (60,))
        take_page(mirror, large(30, 100))
    assert mirror.products(ACCOUNT, [CHAIR])[CHAIR].unreadable == TOO_LARGE
    take_page(mirror, [a_variant("m-1", "chair", "red", version=9)])
    assert mirror.products(ACCOUNT, [CHAIR])[CHAIR].unreadable == TOO_LARGE


@pytest.mark.parametrize("warm", [False, True], ids=["a new process", "the same process"])
def test_a_counter_that_fell_never_mints_below_what_is_there(
    tables: MirrorTables, warm: bool
) -> None:
    mirror = tables.open()
    mirror.begin_above(ACCOUNT, 500)
    (chair,) = take_page(mirror, [an_item("chair")])
    tables.client.delete_item(TableName=tables.counters, Key=version_counter(ACCOUNT))
    (lamp,) = take_page(mirror if warm else tables.open(), [an_item("lamp")])
    assert lamp.version > chair.version > 500


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
def test_a_write_that_is_repeated_after_a_lost_reply_is_no_conflict(
    tables: MirrorTables, known: bool
) -> None:
    if known:
        take_page(tables.open(), [an_item("chair")])
    twice = tables.open(lambda client: Meanwhile(client, "batch_execute_statement"))
    (put,) = take_page(twice, [an_item("chair", 2), a_level("chair")])
    assert tables.open().read(ACCOUNT, [CHAIR]) == {CHAIR: put}


def test_a_state_that_is_kept_twice_after_a_lost_reply_is_no_conflict(
    tables: MirrorTables,
) -> None:
    twice = tables.open(lambda client: Meanwhile(client, "put_item"))
    assert twice.keep_state(ACCOUNT, PollState(polls=3)) == tables.open().state(ACCOUNT)


def test_what_is_written_while_a_page_of_changes_is_read_comes_at_its_new_version(
    tables: MirrorTables,
) -> None:
    mirror = tables.open()
    take_page(mirror, [an_item("chair"), an_item("lamp")])
    walked(mirror)

    def meanwhile() -> None:
        take_page(mirror, [an_item("chair", 2, name="New chair")])

    racing = tables.open(lambda client: Meanwhile(client, "batch_get_item", meanwhile))
    page = racing.changed(ACCOUNT, 0, 10)
    assert [each.name for each in page.products] == ["Chair", "New chair"]
    assert [each.id for each in page.products] == [LAMP, CHAIR]
    versions = [each.version for each in page.products]
    assert versions == sorted(versions)
    assert page.settled == versions[0]


def test_two_polls_at_once_lose_no_part(tables: MirrorTables) -> None:
    mirror = tables.open()
    take_page(mirror, [an_item("chair")])

    def other() -> None:
        take_page(tables.open(), [a_level("chair", "8")])

    late = tables.open(lambda client: Meanwhile(client, "batch_execute_statement", other))
    with pytest.raises(Conflict):
        take_page(late, [an_item("chair", 2, name="New chair")])
    take_page(late, [an_item("chair", 2, name="New chair")])
    product = walked(mirror).products(ACCOUNT, [CHAIR])[CHAIR]
    assert (product.name, product.stock[0].on_hand) == ("New chair", Decimal(8))
