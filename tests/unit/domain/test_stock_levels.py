"""Which levels a product should show."""

from dataclasses import replace

from tests.builders import a_jumper, a_link, a_product, linked_variants, some_stock
from tillbridge.domain.connection import Settings
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.stock import LARGEST
from tillbridge.domain.stock_levels import (
    all_known,
    known_holders,
    level_waits,
    levels,
    levels_differ,
    odd_counts,
)

SETTINGS = Settings()


def test_a_simple_product_has_one_level_and_one_with_variants_has_theirs() -> None:
    assert {k: v.level for k, v in levels(a_product(), SETTINGS).items()} == {None: 3}
    assert {k: v.level for k, v in levels(a_jumper(), SETTINGS).items()} == {
        "v-jumper-s": 2,
        "v-jumper-m": 2,
    }


def test_the_levels_of_a_family_never_add_up_to_more_than_bigcommerce_counts() -> None:
    endless = (some_stock("9999999999"),)
    small, medium = (replace(variant, stock=endless) for variant in a_jumper().variants)
    found = levels(a_jumper(variants=(small, medium)), SETTINGS)
    assert [level.level for level in found.values()] == [LARGEST // 2, LARGEST // 2]
    assert levels(a_product(stock=endless), SETTINGS)[None].level == LARGEST


def test_untracked_deleted_and_switched_off_stock_is_not_sent() -> None:
    off = Settings(fields=FieldPolicy({Field.STOCK: Mode.OFF}))
    assert not levels(a_product(track_stock=False), SETTINGS)
    assert not levels(a_product(deleted=True), SETTINGS)
    assert not levels(a_product(), off)


def test_an_outlet_that_did_not_report_leaves_the_level_unknown() -> None:
    chosen = Settings(outlets=frozenset({"market"}))
    assert not levels(a_product(stock=(some_stock(3, "quay"),)), chosen)


def test_levels_differ_from_what_was_last_sent() -> None:
    assert not levels_differ(a_product(), a_link(level=3), SETTINGS)
    assert levels_differ(a_product(), a_link(level=2), SETTINGS)
    assert levels_differ(a_product(), a_link(level=None), SETTINGS)


def test_one_variant_that_differs_is_enough() -> None:
    link = a_link("p-jumper", variants=linked_variants("S", "M"))
    assert levels_differ(a_jumper(), link, SETTINGS)


def test_stock_waits_for_content_when_the_store_counts_elsewhere() -> None:
    assert known_holders(a_product(), a_link()) == {None}
    assert all_known(a_product(), a_link())
    assert not known_holders(a_product(track_stock=False), a_link())
    assert not known_holders(a_jumper(), a_link("p-jumper"))


def test_levels_of_known_variants_never_wait_for_those_of_others() -> None:
    jumpers = a_link("p-jumper", tracking="variant", variants=linked_variants("S", "M"))
    small, medium = a_jumper().variants
    assert known_holders(a_jumper(), jumpers) == {small.id, medium.id}
    assert all_known(a_jumper(), jumpers)
    for sizes, known in (
        (("S", "M", "L"), {small.id, medium.id}),
        (("S",), {small.id}),
        (("L",), set()),
    ):
        assert known_holders(a_jumper(*sizes), jumpers) == known
        assert not all_known(a_jumper(*sizes), jumpers)


def test_stock_of_a_broken_link_is_not_sent() -> None:
    assert not known_holders(a_product(), a_link(status=LinkStatus.BROKEN))
    assert known_holders(a_product(), a_link(status=LinkStatus.FAILED)) == {None}


def test_a_scanned_barcode_holds_one_level_and_is_said() -> None:
    small, medium = a_jumper().variants
    jumper = a_jumper(variants=(replace(small, stock=(some_stock("4006381333931"),)), medium))
    link = a_link("p-jumper", tracking="variant", variants=linked_variants("S", "M"))
    assert {key: each.level for key, each in levels(jumper, SETTINGS).items()} == {medium.id: 2}
    (words,) = odd_counts(jumper, SETTINGS)
    assert words.startswith("The POS counts 4006381333931 units of the variant S,")
    assert levels_differ(jumper, link, SETTINGS), "the link does not say so yet"
    assert odd_counts(a_jumper(), SETTINGS) == ()
    assert odd_counts(replace(jumper, track_stock=False), SETTINGS) == ()


def test_units_sold_on_the_web_lower_the_level_of_their_own_holder() -> None:
    assert levels(a_product(), SETTINGS, {None: 2})[None].level == 1
    small, medium = a_jumper().variants
    found = levels(a_jumper(), SETTINGS, {medium.id: 1, None: 9})
    assert {key: each.level for key, each in found.items()} == {small.id: 2, medium.id: 1}


def test_a_level_that_differs_by_web_units_alone_is_the_right_one() -> None:
    link = a_link(level=1)
    assert not levels_differ(a_product(), link, SETTINGS, {None: 2})
    assert not level_waits(a_product(), link, SETTINGS, {None: 2})
    assert level_waits(a_product(), link, SETTINGS)
