"""What a link says of what is not certain."""

from dataclasses import replace

from tests.builders import a_link, a_product
from tillbridge.domain.connection import Settings
from tillbridge.domain.link import Doubt, Part
from tillbridge.domain.remembered.doubts import believed, doubted
from tillbridge.domain.remembered.pushed import after_restructure, after_stock, after_update


def test_what_is_in_doubt_is_unknown_and_not_lost() -> None:
    link = a_link(fingerprint="abc", visible=True, level=4)
    assert believed(link) == link
    unsure = believed(doubted(link, Part, since_ms=1, late_until_ms=2))
    assert (unsure.visible, unsure.level) == (None, None)
    assert unsure.fingerprint not in ("", "abc")
    hidden = after_update(
        unsure, replace(a_product(version=7), deleted=True), Settings(), manual=False
    )
    assert (hidden.fingerprint, hidden.visible) == ("abc", False)
    assert Part.CONTENT in hidden.doubts


def test_a_doubt_ends_when_its_part_was_sent() -> None:
    record = a_product(version=7)
    link = doubted(a_link(), Part, since_ms=1, late_until_ms=2)
    sent = after_update(link, record, Settings(), manual=False)
    assert set(sent.doubts) == {Part.SHAPE, Part.STOCK}
    shaped = after_restructure(link, record, Settings(), {}, manual=False)
    assert set(shaped.doubts) == {Part.STOCK}
    stocked = after_stock(link, record, {}, on_channel=False)
    assert set(stocked.doubts) == set(Part) - {Part.STOCK}


def test_of_two_doubts_about_a_part_the_longer_holds() -> None:
    link = doubted(a_link(), [Part.STOCK, Part.CONTENT], since_ms=10, late_until_ms=100)
    link = doubted(link, [Part.STOCK], since_ms=20, late_until_ms=300)
    assert link.doubts == {Part.STOCK: Doubt(10, 300), Part.CONTENT: Doubt(10, 100)}
