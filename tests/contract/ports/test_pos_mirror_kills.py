"""A page whose poll died at any call of DynamoDB and was read again ends like one that was not."""

from typing import Any

import pytest

from tests.contract.ports.mirror_tables import DiesAt, Killed, MirrorTables, tables
from tests.mirrored import ACCOUNT, a_level, a_variant, an_item, take_page
from tillbridge.domain.families.family import Family
from tillbridge.domain.families.parts import Part
from tillbridge.domain.ids import MemberId, PosProductId

__all__ = ["tables"]

BEFORE: list[Part] = [
    an_item("chair"),
    *(a_variant(each, "chair", each) for each in ("red", "blue")),
    an_item("lamp"),
    a_variant("dim", "lamp", "dim"),
    a_level("red", "7"),
    a_level("dim", "2"),
]
PAGE: list[Part] = [
    a_variant("red", "lamp", "red", version=2),
    a_variant("dim", "chair", "dim", version=2),
    a_variant("blue", "chair", "dark blue", version=2),
    an_item("desk"),
    a_level("desk", "5"),
    a_level("blue", "1"),
]
MOST_CALLS = 12


def shop(tables: MirrorTables, before: Any = lambda client: client) -> Any:
    mirror = tables.open(before)
    members = [MemberId(each) for each in ("chair", "red", "blue", "lamp", "dim", "desk")]
    families: dict[PosProductId, Family] = {
        kept.family.id: kept.family for kept in mirror.families(ACCOUNT)
    }
    return families, mirror.families_of(ACCOUNT, members)


KILLS = [
    pytest.param(calls, done, id=f"{'after' if done else 'before'} call {calls}")
    for calls in range(1, MOST_CALLS)
    for done in (False, True)
]


@pytest.mark.parametrize(("calls", "done"), KILLS)
def test_a_poll_that_died_is_repeated(
    tables: MirrorTables, dynamodb: Any, make_table: Any, calls: int, done: bool
) -> None:
    whole = MirrorTables(dynamodb, make_table)
    for each in (whole, tables):
        take_page(each.open(), BEFORE)
    take_page(whole.open(), PAGE)
    try:
        take_page(tables.open(lambda client: DiesAt(client, calls, done=done)), PAGE)
    except Killed:
        again = take_page(tables.open(), PAGE)
        assert all(kept.version > 0 for kept in again)
    assert shop(tables) == shop(whole)
    assert take_page(tables.open(), PAGE) == []


def test_the_kills_reach_beyond_the_last_call(tables: MirrorTables) -> None:
    take_page(tables.open(), BEFORE)
    assert take_page(tables.open(lambda client: DiesAt(client, MOST_CALLS, done=False)), PAGE)
