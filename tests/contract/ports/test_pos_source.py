"""What every source of polls promises: nothing that changed after a cursor is missed, and nothing is made up."""

from decimal import Decimal

import pytest

from tests.contract.ports.polled_shops import FakeShop, LightspeedShop, PolledShop
from tests.lightspeed_lab import every_item, every_level
from tillbridge.domain.families.parts import ItemPart
from tillbridge.domain.ids import MemberId
from tillbridge.domain.polling import Cursor

START = Cursor(0)


@pytest.fixture(params=[FakeShop, LightspeedShop], ids=["fake", "X-Series"])
def shop(request: pytest.FixtureRequest) -> PolledShop:
    made: PolledShop = request.param()
    return made


def item_end(shop: PolledShop) -> Cursor:
    return shop.source.items(START).next


def level_end(shop: PolledShop) -> Cursor:
    return shop.source.levels(START).next


def newest(parts: list[ItemPart]) -> dict[MemberId, ItemPart]:
    return {part.member: part for part in sorted(parts, key=lambda part: part.version)}


def test_an_empty_shop_has_an_end_at_its_beginning(shop: PolledShop) -> None:
    for page in (shop.source.items(START), shop.source.levels(START)):
        assert (page.parts, page.next, page.rows) == ((), START, 0)
        assert page.asked > 0


def test_what_is_saved_is_told_after_the_cursor_and_only_then(shop: PolledShop) -> None:
    shop.save("lamp")
    end = item_end(shop)
    assert shop.source.items(end).rows == 0
    shelf = shop.save("shelf", "12.50")
    (part,) = shop.source.items(end).parts
    assert (part.member, part.fields.name, part.fields.price) == (shelf, "shelf", Decimal("12.5"))
    assert not part.deleted
    assert part.version > end


def test_a_newer_version_of_a_row_is_a_higher_one(shop: PolledShop) -> None:
    lamp = shop.save("lamp", "1.00")
    first = newest(every_item(shop.source))[lamp]
    shop.save("lamp", "2.00")
    second = newest(every_item(shop.source))[lamp]
    assert second.version > first.version
    assert second.fields.price == 2


def test_the_next_page_begins_at_the_highest_version_of_this_one(shop: PolledShop) -> None:
    for number in range(5):
        shop.save(f"lamp-{number}")
        shop.count(f"lamp-{number}", "3")
    items, levels = shop.source.items(START), shop.source.levels(START)
    assert items.next == max(part.version for part in items.parts)
    assert levels.next == max(part.version for part in levels.parts)
    assert shop.source.items(Cursor(items.next - 1)).rows > 0, "the last row is met again"
    assert shop.source.levels(Cursor(levels.next - 1)).rows > 0


def test_a_deleted_row_leaves_a_tombstone_with_a_higher_version(shop: PolledShop) -> None:
    lamp = shop.save("lamp")
    end = item_end(shop)
    shop.delete("lamp")
    (part,) = shop.source.items(end).parts
    assert (part.member, part.deleted) == (lamp, True)
    assert part.version > end


def test_a_level_is_told_exactly_with_its_outlet(shop: PolledShop) -> None:
    lamp = shop.save("lamp")
    shop.count("lamp", "4")
    end = level_end(shop)
    shop.count("lamp", "-1.25")
    (level,) = [part for part in every_level(shop.source, end) if part.member == lamp]
    assert (level.on_hand, level.deleted) == (Decimal("-1.25"), False)
    assert level.outlet in {each.id for each in shop.source.outlets()}


def test_a_row_is_read_by_its_id_as_in_a_page(shop: PolledShop) -> None:
    lamp = shop.save("lamp")
    assert shop.source.item(lamp) == newest(every_item(shop.source))[lamp]


def test_an_id_that_the_pos_does_not_have_is_none(shop: PolledShop) -> None:
    shop.save("lamp")
    assert shop.source.item(MemberId("nobody")) is None


def test_a_deleted_row_is_none_or_a_tombstone_by_its_id(shop: PolledShop) -> None:
    lamp = shop.save("lamp")
    shop.delete("lamp")
    found = shop.source.item(lamp)
    assert found is None or found.deleted


def test_the_pos_says_in_which_currency_it_sells(shop: PolledShop) -> None:
    facts = shop.source.facts()
    assert len(facts.currency) == 3
    assert facts.missing_scopes == ()


def test_names_are_texts_by_id(shop: PolledShop) -> None:
    shop.save("lamp")
    assert all(key and isinstance(name, str) for key, name in shop.source.names().items())


def test_the_quota_is_a_share_or_not_known(shop: PolledShop) -> None:
    source = shop.source
    assert source.quota_left is None
    source.items(START)
    assert source.quota_left is None or 0 <= source.quota_left <= 1
