"""What the shop does, as our source reads it from the simulated X-Series."""

from decimal import Decimal

import pytest

from tests.lightspeed_lab import Lab, every_item, every_level
from tillbridge.domain.families.parts import MemberFields, Named
from tillbridge.domain.polling import Cursor
from tillbridge.domain.product import Barcodes


def the_lamp(lab: Lab) -> MemberFields:
    lamp = lab.source().item(lab.member("p-lamp"))
    assert lamp is not None
    return lamp.fields


def test_a_product_is_read_with_all_that_the_shop_says(lab: Lab) -> None:
    fields = the_lamp(lab)
    assert (fields.name, fields.sku, fields.description) == ("Lamp", "LAMP", "<p>Bright</p>")
    assert (fields.price, fields.cost) == (Decimal("19.99"), Decimal("7.10"))
    assert fields.barcodes == Barcodes(upc="036000291452")
    named = (fields.department, fields.vendor, fields.brand)
    assert [each.name if each else "" for each in named] == ["Lamps", "Peak", "Oak"]
    assert (fields.track_stock, fields.active, fields.unreadable) == (True, True, "")


def test_names_are_told_by_the_ids_that_products_refer_to(lab: Lab) -> None:
    fields, names = the_lamp(lab), lab.source().names()
    for each in (fields.department, fields.vendor, fields.brand):
        assert isinstance(each, Named)
        assert names[each.id] == each.name


def test_a_family_is_its_parent_and_what_stands_under_it(lab: Lab) -> None:
    found = {part.member: part for part in every_item(lab.source())}
    small, medium = lab.member("p-shirt", "v-S"), lab.member("p-shirt", "v-M")
    parts = [found[small], found[medium]]
    assert [part.fields.options for part in parts] == [(("Size", "S"),), (("Size", "M"),)]
    (root,) = {part.parent or part.member for part in parts}
    assert root in found


def test_only_what_changed_after_the_cursor_is_told(lab: Lab) -> None:
    source = lab.source()
    end = source.items(Cursor(0)).next
    assert source.items(end).rows == 0
    lab.cloud.save_product("p-lamp", name="Desk lamp")
    (part,) = source.items(end).parts
    assert (part.member, part.fields.name) == (lab.member("p-lamp"), "Desk lamp")


def test_a_sale_moves_a_level_and_no_product_need_be_told(lab: Lab) -> None:
    source = lab.source()
    end = source.levels(Cursor(0)).next
    lab.cloud.sell([{"product_id": "p-shirt", "variant_id": "v-S", "quantity": "2"}])
    (level,) = source.levels(end).parts
    assert (level.member, level.on_hand) == (lab.member("p-shirt", "v-S"), Decimal(1))


def test_a_deleted_product_is_a_tombstone_and_none_by_its_id(lab: Lab) -> None:
    source, lamp = lab.source(), lab.member("p-lamp")
    end = source.items(Cursor(0)).next
    lab.cloud.delete_product("p-lamp")
    (part,) = source.items(end).parts
    assert (part.member, part.deleted) == (lamp, True)
    looked = source.item(lamp)
    assert looked is None or looked.deleted


def test_the_last_row_is_met_again_though_its_product_was_deleted(lab: Lab) -> None:
    source = lab.source()
    end = source.levels(Cursor(0)).next
    lab.cloud.delete_product("p-shirt")
    lab.cloud.delete_product("p-lamp")
    assert source.levels(Cursor(end - 1)).rows > 0, "else it would look as if the POS went back"


def test_levels_are_told_of_each_outlet(lab: Lab) -> None:
    lab.cloud.save_product("p-lamp", stock={"o-main": "5", "o-west": "-2.5"})
    outlets = {each.name: each.id for each in lab.source().outlets()}
    lamp = lab.member("p-lamp")
    levels = {each.outlet: each for each in every_level(lab.source()) if each.member == lamp}
    assert set(levels) <= set(outlets.values())
    assert {each.on_hand for each in levels.values() if not each.deleted} >= {Decimal("-2.5")}


def test_without_the_scope_for_costs_a_cost_is_unknown(lab: Lab) -> None:
    seen = sorted(set(lab.account.config.scopes) - {"product:cost:view"})
    lab.control.grant(seen)
    parts = every_item(lab.source())
    assert all("cost" in part.fields.unknown for part in parts)
    assert all(part.fields.cost is None for part in parts)


@pytest.mark.parametrize("tax_exclusive", [True, False])
def test_the_habit_of_the_retailer_says_which_price_is_read(tax_exclusive: bool) -> None:
    lab = Lab(tax_exclusive=tax_exclusive)
    lab.cloud.save_product("p-lamp", name="Lamp", sku="LAMP", price="19.99")
    (part,) = every_item(lab.source(terms=None))
    assert part.fields.price == Decimal("19.99")
    facts = lab.source().facts()
    assert (facts.tax_in_prices, facts.currency) == (not tax_exclusive, "USD")


def test_facts_tell_the_registers_and_the_quota() -> None:
    lab = Lab(registers=4)
    facts = lab.source(granted=lab.account.config.scopes).facts()
    assert (facts.registers, facts.quota) == (4, 1_250)
    assert set(facts.missing_scopes) <= {"payment_types:read"}
    assert lab.source().facts().missing_scopes == ()


def test_a_row_that_is_committed_late_is_met_from_an_older_cursor(lab: Lab) -> None:
    source = lab.source()
    before = source.items(Cursor(0)).next
    lab.control.hold_commits()
    lab.cloud.save_product("p-late", name="Late", sku="LATE", price="1.00")
    lab.control.commit()
    assert "Late" in {part.fields.name for part in every_item(source, Cursor(before - 1))}
