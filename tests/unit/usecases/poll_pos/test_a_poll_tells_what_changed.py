"""What changed in the POS is in the mirror after a poll, and told on the bus."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.poll_world import KEY, STORES, PollWorld, settled
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention
from tillbridge.domain.families.parts import Named
from tillbridge.domain.ids import StoreId
from tillbridge.usecases.poll_pos.settle import AT_ONCE


def test_an_idle_poll_is_two_calls_of_the_vendor_and_tells_nothing() -> None:
    world = settled("chair", levels=["chair"])
    world.poll()
    assert world.vendor.calls == ["levels", "items"]
    assert world.bus.told == []


def test_a_product_that_was_saved_is_told_to_each_store_of_the_account() -> None:
    world = settled("chair")
    world.vendor.save("chair", price=Decimal(9))
    world.poll()
    assert [(each.store, each.type) for each in world.bus.told] == [
        (store, "product.saved") for store in STORES
    ]
    assert world.product("chair").price == 9


def test_a_level_that_moved_is_told_as_such_and_as_no_sale() -> None:
    world = settled("chair", levels=["chair"])
    world.vendor.level("chair", 7)
    world.poll()
    assert world.told() == [("stock.changed", "chair")]
    assert world.product("chair").stock[0].on_hand == 7


def test_a_product_of_which_both_changed_is_told_twice_with_one_version() -> None:
    world = settled("chair", levels=["chair"])
    world.vendor.level("chair", 7)
    world.vendor.save("chair", price=Decimal(9))
    world.poll()
    assert world.told() == [("stock.changed", "chair"), ("product.saved", "chair")]
    assert len({each.products for each in world.bus.told}) == 1


def test_what_was_told_once_is_not_told_again() -> None:
    world = settled("chair", levels=["chair"])
    world.vendor.save("chair", price=Decimal(9))
    world.poll()
    world.forget()
    for _ in range(6):  # an overlap among them
        world.poll()
    assert world.bus.told == []


def test_many_products_saved_at_once_are_an_import() -> None:
    world = settled()
    for number in range(201):
        world.vendor.save(f"p-{number}")
    world.poll()
    assert [(each.type, len(each.products)) for each in world.bus.told] == [
        ("product.imported", 201)
    ] * 2


def test_many_levels_are_told_in_lists_of_two_hundred() -> None:
    names = [f"p-{number}" for number in range(250)]
    world = settled(*names)
    for each in names:
        world.vendor.level(each, 3)
    world.poll()
    north = [each for each in world.bus.told if each.store == STORES[0]]
    assert [(each.type, len(each.products)) for each in north] == [
        ("stock.changed", 200),
        ("stock.changed", 50),
    ]


def test_a_variant_belongs_to_the_family_of_its_parent() -> None:
    world = settled()
    world.vendor.save("blue", parent="chair", options=(("Colour", "blue"),))
    world.vendor.save("chair", options=(("Colour", "red"),))
    world.poll()
    product = world.product("chair")
    assert [each.id for each in product.variants] == ["chair", "blue"]
    assert list(world.families) == ["chair"]


def test_a_family_keeps_its_id_when_another_member_leads_it() -> None:
    world = settled()
    world.vendor.save("chair", options=(("Colour", "red"),))
    world.vendor.save("blue", parent="chair", options=(("Colour", "blue"),))
    world.poll()
    world.vendor.delete("chair")
    world.vendor.save("blue", options=(("Colour", "blue"),))
    world.poll()
    assert list(world.families) == ["chair"]
    assert [each.id for each in world.product("chair").variants] == ["blue"]


def test_a_product_that_becomes_a_variant_of_another_moves_there_with_its_stock() -> None:
    world = settled("chair", "blue", levels=["blue"])
    world.vendor.save("chair", options=(("Colour", "red"),))
    world.vendor.save("blue", parent="chair", options=(("Colour", "blue"),))
    world.poll()
    assert world.product("blue").deleted
    blue = world.product("chair").variants[1]
    assert blue.id == "blue"
    assert blue.stock[0].on_hand == 1
    world.vendor.level("blue", 4)
    world.poll()
    assert world.product("chair").variants[1].stock[0].on_hand == 4


def test_a_brand_that_has_an_id_alone_gets_its_name_at_once() -> None:
    world = settled("chair")
    world.vendor.brands = {"b-1": "Oak & Son"}
    world.vendor.save("chair", brand=Named("b-1", ""))
    world.poll()
    assert world.product("chair").brand == "Oak & Son"
    assert world.vendor.calls.count("names") == 1


def test_a_brand_with_a_new_name_is_found_within_a_day() -> None:
    world = PollWorld()
    world.vendor.brands = {"b-1": "Oak"}
    world.vendor.save("chair", brand=Named("b-1", "Oak"))
    world.poll()
    world.forget()
    world.vendor.brands = {"b-1": "Oak & Son"}
    world.clock.advance(86_400)
    world.poll()
    assert world.product("chair").brand == "Oak & Son"
    assert world.told("product.saved") == [("product.saved", "chair")]


def test_the_facts_of_the_pos_are_kept_once_a_day() -> None:
    world = settled("chair")
    facts = world.accounts.accounts[KEY].facts
    assert (facts["name"], facts["quota"]) == ("Shop", "350")
    world.poll()
    assert "facts" not in world.vendor.calls


def test_news_that_is_told_again_has_the_same_id() -> None:
    world = settled("chair")
    world.vendor.save("chair", price=Decimal(9))
    world.poll()
    first = [each.id for each in world.bus.told]
    before = world.families["chair"].version - 1
    world.mirror.keep_state(KEY, replace(world.state, emitted=before))  # as after a kill
    world.poll()
    assert [each.id for each in world.bus.told] == first * 2
    assert len(set(first)) == 2


def test_what_decides_how_rows_are_read_stays_as_a_person_was_told_it() -> None:
    world = settled("chair")
    told = {"currency": "NZD", "tax_in_prices": "no", "missing_scopes": "product:cost:view"}
    world.accounts.accounts[KEY] = replace(world.accounts.accounts[KEY], facts=told)
    world.clock.advance(2 * 86_400)
    world.poll()
    facts = world.accounts.accounts[KEY].facts
    assert {name: facts[name] for name in told} == told
    assert facts["name"] == "Shop"


def test_names_that_the_token_may_not_see_stop_no_store() -> None:
    world = settled("chair")

    def refuses(call: str) -> None:
        if call == "names":
            raise NeedsAttention(AttentionCode.POS_SCOPE_MISSING, "suppliers:read")

    world.vendor.before = refuses
    world.vendor.save("table", vendor=Named("v-1", ""))
    world.clock.advance(2 * 86_400)
    assert world.poll().trouble == ""
    assert world.state.trouble == ""
    assert ("product.saved", "table") in world.told()


def test_other_trouble_of_names_is_trouble() -> None:
    world = settled("chair")

    def expired(call: str) -> None:
        if call == "names":
            raise NeedsAttention(AttentionCode.POS_API_EXPIRED, "deploy")

    world.vendor.before = expired
    world.clock.advance(2 * 86_400)
    assert world.poll().trouble == AttentionCode.POS_API_EXPIRED


def test_a_product_that_was_deleted_before_the_pos_is_read_anew_is_told() -> None:
    world = settled("chair", "table")
    world.vendor.delete("chair")
    world.adopt()
    world.poll()
    assert world.product("chair").deleted
    assert sorted(world.told()) == [("product.saved", "chair"), ("product.saved", "table")]


def test_tombstones_that_are_read_anew_are_no_news() -> None:
    world = settled("chair", "table")
    world.vendor.delete("chair")
    world.poll()
    world.forget()
    world.adopt()
    world.poll()
    assert world.told() == [("product.saved", "table")]


def test_a_page_that_touches_many_products_is_put_in_portions() -> None:
    products = [f"p-{number}" for number in range(AT_ONCE + 5)]
    world = settled(*products)
    world.mirror.puts.clear()
    for each in products:
        world.vendor.level(each, 2)
    world.poll()
    assert world.mirror.puts == [AT_ONCE, 5]


def test_a_first_level_of_nothing_is_kept_and_not_told_for_nobody_counted() -> None:
    world = settled("chair")
    world.vendor.level("chair", 0)
    world.poll()
    assert world.told() == []
    assert world.product("chair").stock[0].on_hand == 0
    world.vendor.level("chair", 4)
    world.poll()
    world.vendor.level("chair", 0)
    world.poll()
    assert world.told() == [("stock.changed", "chair")] * 2


@pytest.mark.parametrize("units", [0, 4])
def test_a_level_that_was_touched_and_is_the_same_is_told_for_somebody_may_have_counted_it(
    units: int,
) -> None:
    world = settled("chair")
    world.vendor.level("chair", units)
    world.poll()
    world.forget()
    world.vendor.level("chair", units)
    world.poll()
    assert world.told() == [("stock.changed", "chair")]


def test_a_first_level_of_nothing_is_told_of_what_was_not_tracked_before() -> None:
    world = settled()
    world.vendor.save("chair", track_stock=False)
    world.poll()
    world.forget()
    world.vendor.save("chair", track_stock=True)
    world.vendor.level("chair", 0)
    world.poll()
    assert world.told("stock.changed") == [("stock.changed", "chair")]


def test_levels_of_nothing_at_one_outlet_do_not_hide_units_at_another() -> None:
    world = settled("chair")
    world.vendor.level("chair", 0)
    world.vendor.level("chair", 3, "o-2")
    world.poll()
    assert world.told() == [("stock.changed", "chair")]


def test_a_store_that_is_connected_while_a_poll_reads_is_told_what_it_read() -> None:
    world = settled("chair")
    world.vendor.save("chair", price=Decimal(9))

    def connect(_: str) -> None:
        world.accounts.stores[KEY] = [*STORES, StoreId("west")]

    world.vendor.before = connect
    world.poll()
    assert [each.store for each in world.bus.told] == [*STORES, "west"]
