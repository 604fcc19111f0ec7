"""What a link says after content, variants or stock were sent."""

from dataclasses import replace

import pytest

from tests.builders import JUMPER, LANTERN, a_jumper, a_link, a_product, a_variant, linked_variants
from tests.unit.domain.remembered.examples import LARGE, SETTINGS, SMALL, TAKEN, says_all
from tillbridge.domain.connection import Settings
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.ids import PosVariantId, StoreVariantId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.pushed import (
    after_no_stock,
    after_restructure,
    after_stock,
    after_update,
)
from tillbridge.domain.stock import Sellable


def test_an_update_clears_the_problem_and_keeps_levels() -> None:
    link = a_link(
        LANTERN, status=LinkStatus.FAILED, problem=TAKEN, failed_version=3, level=7, stock_version=2
    )
    record = a_product(version=5, name="Gale Lantern")
    after = after_update(link, record, SETTINGS, manual=False)
    assert says_all(after, record)
    assert (after.status, after.problem, after.failed_version) == (LinkStatus.LINKED, None, -1)
    assert (after.level, after.stock_version, after.content_version) == (7, 2, 5)


def test_an_update_says_nothing_of_a_visibility_that_was_not_sent() -> None:
    by_hand = Settings(fields=FieldPolicy({Field.VISIBILITY: Mode.MANUAL}))
    hidden = a_product(active=False, version=2)
    link = a_link(visible=True)
    assert after_update(link, hidden, by_hand, manual=False).visible is True
    assert after_update(link, hidden, by_hand, manual=True).visible is False


def test_a_tombstone_changes_only_version_and_visibility() -> None:
    link = a_link(name="Storm Lantern", sku="STORM-LANTERN")
    gone = Product(id=LANTERN, version=8, name="", deleted=True)
    after = after_update(link, gone, SETTINGS, manual=False)
    assert (after.visible, after.content_version) == (False, 8)
    assert (after.name, after.sku) == ("Storm Lantern", "STORM-LANTERN")


def test_an_update_forgets_what_was_held_and_has_changed() -> None:
    record = a_product(name="Lantern")
    link = a_link(held={"name": "Lantern, storm", "upc": ""})
    assert after_update(link, record, SETTINGS, manual=False).held == {"upc": ""}


def test_a_name_and_skus_that_were_held_are_not_the_stores() -> None:
    record = a_jumper("S")
    held = {"name": record.name, "sku": "JUMPER", "v-jumper-s.sku": "JUMPER-S"}
    theirs = {SMALL: replace(linked_variants("S")[SMALL], sku="THEIRS-S")}
    link = a_link(JUMPER, name="Theirs", sku="THEIRS", variants=theirs, held=held)
    after = after_update(link, record, SETTINGS, manual=True)
    assert (after.name, after.skus) == ("Theirs", ("THEIRS", "THEIRS-S"))
    ids = {SMALL: theirs[SMALL].id}
    reshaped = after_restructure(link, record, SETTINGS, ids, manual=True)
    assert (reshaped.name, reshaped.skus) == ("Theirs", ("THEIRS", "THEIRS-S"))


def test_a_variant_that_was_made_again_has_the_sku_it_was_made_with() -> None:
    link = a_link(JUMPER, variants=linked_variants("S"), held={"v-jumper-s.sku": "NEW-S"})
    record = a_jumper(variants=(a_variant("S", sku="NEW-S"),))
    after = after_restructure(link, record, SETTINGS, {SMALL: StoreVariantId(11)}, manual=False)
    assert after.variants[SMALL].sku == "NEW-S"


@pytest.mark.parametrize("manual", [False, True])
def test_a_name_and_skus_that_go_only_by_hand_are_the_stores_once_they_went(manual: bool) -> None:
    modes = {Field.NAME: Mode.MANUAL, Field.SKU: Mode.MANUAL}
    by_hand = Settings(fields=FieldPolicy(modes))
    link = a_link(JUMPER, name="Old", sku="OLD", variants=linked_variants("S"))
    record = a_jumper(variants=(a_variant("S", sku="NEW-S"),))
    after = after_update(link, record, by_hand, manual=manual)
    sent = (record.name, ("JUMPER", "NEW-S"))
    assert (after.name, after.skus) == (sent if manual else ("Old", ("OLD", "JUMPER-S")))


def test_variants_made_anew_have_no_level_yet() -> None:
    link = a_link(JUMPER, variants=linked_variants("S", "M"), level=4)
    link = after_stock(link, a_jumper(), {SMALL: Sellable(3)}, on_channel=False)
    record = a_jumper("S", "L", version=6)
    ids = {SMALL: StoreVariantId(11), LARGE: StoreVariantId(12)}
    after = after_restructure(link, record, SETTINGS, ids, manual=False)
    assert {key: (v.id, v.level) for key, v in after.variants.items()} == {
        SMALL: (11, None),
        LARGE: (12, None),
    }
    assert after.level is None
    assert says_all(after, record)


def test_stock_says_levels_debt_and_version_and_leaves_content_alone() -> None:
    link = a_link(JUMPER, variants=linked_variants("S", "M"), content_version=2)
    record = a_jumper(version=9)
    after = after_stock(link, record, {SMALL: Sellable(0, debt=2)}, on_channel=True)
    levels = {key: variant.level for key, variant in after.variants.items()}
    assert levels == {SMALL: 0, PosVariantId("v-jumper-m"): None}
    assert (after.debt, after.stock_version, after.content_version) == (2, 9, 2)
    assert after.assigned


def test_what_is_on_the_storefront_stays_there() -> None:
    assert after_no_stock(a_link(assigned=False), on_channel=True).assigned
    assert not after_no_stock(a_link(assigned=False), on_channel=False).assigned
    assert after_stock(a_link(assigned=True), a_product(), {}, on_channel=False).assigned
