"""What a link says of two products that both exist."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import JUMPER, LANTERN, a_jumper, a_link, a_product, a_variant, linked_variants
from tests.unit.domain.remembered.examples import SETTINGS, SMALL, A, online, says_all, sizes
from tillbridge.domain.decision import content_differs
from tillbridge.domain.importing import PlaceInPos, new_product
from tillbridge.domain.link import SentImage
from tillbridge.domain.new_product import CreatedRecord
from tillbridge.domain.pos_limits import CONTRACT
from tillbridge.domain.remembered.existing import after_import, after_undo, linked_by_hand
from tillbridge.domain.remembered.pushed import after_stock, after_update
from tillbridge.domain.stock import Sellable
from tillbridge.domain.web_product import WebImage


def test_a_link_by_hand_says_that_everything_is_still_to_be_sent() -> None:
    record = a_jumper("S", "L", version=4)
    link = linked_by_hand(record, online(name="Jumper", variants=sizes("S", "XL")))
    assert (link.content_version, link.fingerprint, link.name) == (-1, "", "Jumper")
    assert {key: v.id for key, v in link.variants.items()} == {SMALL: 900}
    assert link.assigned


@pytest.mark.parametrize("assigned", [False, True])
def test_a_link_that_moves_keeps_whether_its_product_was_ever_on_a_channel(assigned: bool) -> None:
    web = online()
    before = a_link("p-deleted", id=web.id, assigned=assigned)
    assert linked_by_hand(a_product(), web, before).assigned is assigned


def test_what_came_in_is_online_already() -> None:
    web = online(images=(WebImage(7, A),))
    new = new_product(web, ["T-0001"], PlaceInPos("101", "d-1", "v-1"), CONTRACT)
    record = a_product(version=1, sku="T-0001", product_number="STORM-LANTERN", images=(A,))
    link = after_import(web, new, CreatedRecord(LANTERN, 1), record, SETTINGS)
    assert says_all(link, record)
    assert (link.content_version, link.stock_version, link.level) == (1, 1, None)
    assert link.images == (SentImage(A, 7),)
    assert link.held == {}


def test_what_the_pos_took_otherwise_is_held_and_said() -> None:
    web = online(name="Storm Lantern with a very long name")
    new = new_product(web, ["T-0001"], PlaceInPos("101", "d-1", "v-1"), CONTRACT)
    record = a_product(version=1, sku="T-0001", product_number="STORM-LANTERN")
    link = after_import(web, new, CreatedRecord(LANTERN, 1), record, SETTINGS)
    assert link.held == {"name": "Storm Lantern"}
    assert "The name has 35 characters in BigCommerce; the POS took 13" in link.notes[0]


def test_an_edit_between_the_create_and_the_link_is_not_held() -> None:
    web = online()
    new = new_product(web, ["T-0001"], PlaceInPos("101", "d-1", "v-1"), CONTRACT)
    edited = a_product(version=2, sku="T-0001", product_number="STORM-LANTERN", name="Lamp")
    link = after_import(web, new, CreatedRecord(LANTERN, 1), edited, SETTINGS)
    assert link.held == {}
    assert not says_all(link, edited)


def test_an_undo_holds_what_came_back_until_the_pos_changes_it() -> None:
    before = online(name="Old Lantern", price=Decimal(30))
    record = a_product()
    link = after_undo(a_link(), record, before, SETTINGS)
    assert set(link.held) == {"name", "price"}
    assert link.name == "Old Lantern"
    assert not content_differs(record, link, SETTINGS)


def test_an_undo_holds_what_came_back_of_a_variant_and_keeps_its_level() -> None:
    record = a_jumper(variants=(a_variant("S", price=Decimal(20)),))
    there = replace(sizes("S")[0], price=Decimal(30), sku="JUMPER-OLD")
    before = online(name="Jumper", sku="", variants=(there,))
    link = linked_by_hand(record, before)
    link = after_update(link, record, SETTINGS, manual=True)
    link = after_stock(link, record, {SMALL: Sellable(3)}, on_channel=False)
    undone = after_undo(link, record, before, SETTINGS)
    assert {"v-jumper-s.price", "v-jumper-s.sku"} <= set(undone.held)
    assert (undone.variants[SMALL].sku, undone.variants[SMALL].level) == ("JUMPER-OLD", 3)
    assert not content_differs(record, undone, SETTINGS)


def test_an_undo_says_nothing_of_variants_that_were_made_since() -> None:
    before = online(name="Jumper", variants=sizes("S"))
    link = a_link(JUMPER, variants=linked_variants("S"))
    undone = after_undo(link, a_jumper("S"), before, SETTINGS)
    assert undone.variants == link.variants


def test_a_variant_that_came_in_without_a_sku_has_all_of_its_content_to_send() -> None:
    web = online(variants=(replace(sizes("S")[0], sku=""), sizes("S", "M")[1]))
    new = new_product(
        web, ["T-0001", "T-0002", "T-0003"], PlaceInPos("101", "d-1", "v-1"), CONTRACT
    )
    link = after_import(web, new, CreatedRecord(JUMPER, 1), a_jumper(version=1), SETTINGS)
    small, medium = link.variants.values()
    assert (small.fingerprint, small.alone) == ("", "")
    assert "" not in (medium.fingerprint, medium.alone)
