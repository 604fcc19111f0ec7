"""What a link says of what is not certain."""

from dataclasses import replace

import pytest

from tests.builders import JUMPER, a_link, a_product, linked_variants
from tests.unit.domain.remembered.examples import SMALL
from tillbridge.domain.connection import Settings
from tillbridge.domain.link import Doubt, Part
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.doubts import (
    as_of,
    believed,
    doubted,
    found_right,
    sent_amid_late,
    to_compare,
)
from tillbridge.domain.remembered.images import after_images
from tillbridge.domain.remembered.pushed import after_restructure, after_stock, after_update


def test_what_is_in_doubt_is_unknown_until_it_was_sent() -> None:
    link = a_link(fingerprint="abc", visible=True, level=4)
    assert believed(link) == link
    unsure = believed(doubted(link, Part, since_ms=1))
    assert (unsure.visible, unsure.level) == (None, None)
    assert unsure.fingerprint not in ("", "abc")
    hidden = after_update(
        unsure, replace(a_product(version=7), deleted=True), Settings(), manual=False
    )
    assert hidden.visible is False
    assert Part.CONTENT in hidden.doubts
    assert believed(hidden).fingerprint == unsure.fingerprint


def test_variants_that_the_pos_left_out_stay_unknown_when_the_product_is_hidden() -> None:
    link = a_link(JUMPER, variants=linked_variants("S"))
    unsure = believed(doubted(link, [Part.CONTENT], since_ms=1))
    no_variants = Product(JUMPER, 7, "Jumper", unknown=frozenset({"variants"}))
    sent = after_update(unsure, no_variants, Settings(), manual=False)
    hidden = after_update(sent, replace(no_variants, deleted=True), Settings(), manual=False)
    assert Part.CONTENT not in hidden.doubts
    assert hidden.variants[SMALL].fingerprint != link.variants[SMALL].fingerprint


def test_a_product_in_doubt_time_and_again_stays_of_one_size() -> None:
    link = a_link(JUMPER, variants=linked_variants("S"), fingerprint="abc")
    once = believed(doubted(link, [Part.CONTENT], since_ms=1))
    assert believed(once) == once


def test_a_doubt_ends_when_its_part_was_sent() -> None:
    record = a_product(version=7)
    link = doubted(a_link(), Part, since_ms=1)
    sent = after_update(link, record, Settings(), manual=False)
    assert set(sent.doubts) == {Part.SHAPE, Part.STOCK, Part.IMAGES}
    shaped = after_restructure(link, record, Settings(), {}, manual=False)
    assert set(shaped.doubts) == {Part.STOCK, Part.IMAGES}
    stocked = after_stock(link, record, {}, on_channel=False)
    assert set(stocked.doubts) == set(Part) - {Part.STOCK, Part.EXISTENCE}
    placed = after_images(link, [], [])
    assert set(placed.doubts) == set(Part) - {Part.IMAGES}


def test_a_doubt_whose_late_write_may_still_come_outlasts_a_success() -> None:
    record = a_product(version=7)
    late = doubted(a_link(), Part, since_ms=1, late_until_ms=900)
    for now_ms, left in ((899, set(Part)), (900, {Part.IMAGES})):
        link = as_of(late, now_ms)
        sent = after_restructure(link, record, Settings(), {}, manual=False)
        sent = after_stock(sent, record, {}, on_channel=False)
        assert set(sent.doubts) == left


@pytest.mark.parametrize(("began_ms", "ends"), [(899, False), (900, True)])
def test_a_look_that_finds_it_right_ends_a_doubt_once_no_write_can_come(
    began_ms: int, ends: bool
) -> None:
    late = doubted(a_link(), [Part.CONTENT, Part.STOCK], since_ms=1, late_until_ms=900)
    assert (found_right(late, began_ms).doubts == {}) is ends


def test_a_level_in_doubt_is_compared_as_it_was_sent() -> None:
    link = doubted(a_link(level=4, visible=True), Part, since_ms=1)
    assert (to_compare(link).level, to_compare(link).visible) == (4, None)


def test_of_two_doubts_about_a_part_the_longer_holds() -> None:
    link = doubted(a_link(), [Part.STOCK, Part.CONTENT], since_ms=10, late_until_ms=100)
    link = doubted(link, [Part.STOCK], since_ms=20, late_until_ms=300)
    assert link.doubts == {Part.STOCK: Doubt(10, 300), Part.CONTENT: Doubt(10, 100)}


def test_a_part_that_was_sent_after_a_lost_answer_is_open_again_when_that_can_have_come() -> None:
    link = sent_amid_late(a_link(), [Part.CONTENT], 900)
    assert link.doubts == {Part.CONTENT: Doubt(0, 900)}
    assert not link.doubts[Part.CONTENT].is_open
    assert as_of(link, 899) == link
    assert as_of(link, 900).doubts[Part.CONTENT].is_open
    later = sent_amid_late(link, [Part.CONTENT, Part.STOCK], 600)
    assert later.doubts == {Part.CONTENT: Doubt(0, 900), Part.STOCK: Doubt(0, 600)}
    unsent = doubted(a_link(), [Part.CONTENT], since_ms=1)
    assert sent_amid_late(unsent, [Part.CONTENT], 900).doubts == {Part.CONTENT: Doubt(1, 900)}
