"""The level online is what the POS has to sell, less what the web has promised, less safety stock."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cli.verify.levels import WrongLevel, wrong_level
from cli.verify.order_model import Listed
from cli.verify.pos_values import PosUnit
from cli.verify.promised import Promised, promised
from cli.verify.standing import Certainty, Standing
from tests.unit.cli.verify.an_order import (
    MUG,
    SHIRT,
    kept,
    kept_line,
    listed,
    mugs,
    off,
    seen,
    shirts,
    shown,
)

VERSION = 5


def a_mug(on_hand: int, version: int = VERSION) -> dict[str, Any]:
    stock = [{"outlet_id": "o-main", "on_hand": str(on_hand), "committed": "0"}]
    return {
        "id": MUG, "version": version, "sku": "MUG", "track_stock": True, "variants": [], "stock": stock,
    }  # fmt: skip


def level(on_hand: int, online: int, *orders: Standing, safety: int = 0, version: int = VERSION) -> WrongLevel | None:  # fmt: skip
    record = a_mug(on_hand, version)
    unit = PosUnit(record, {"safety_stock": safety})
    return wrong_level(unit, online, promised(record, orders).get(""), "Mug, blue")


NOT_BOOKED = seen(shown(), kept(state="seen"))
BOOKED = seen(shown(), kept(), listed(off(2)))


def test_a_level_that_is_what_the_pos_has_is_right() -> None:
    assert level(5, 5) is None


def test_a_level_above_it_is_too_high() -> None:
    wrong = level(5, 7)
    assert wrong == WrongLevel(
        "high",
        "5",
        "Mug, blue (SKU MUG): 7 online, and should be 5; 2 too many are on sale. The POS has 5 to sell.",
    )


def test_a_level_below_it_is_too_low() -> None:
    wrong = level(5, 4)
    assert wrong is not None
    assert wrong.too == "low"
    assert "4 online, and should be 5; 1 too few are on sale" in wrong.words


def test_an_open_unit_explains_a_lower_level() -> None:
    assert level(5, 3, NOT_BOOKED) is None


def test_a_level_that_forgets_an_open_unit_is_too_high() -> None:
    wrong = level(5, 5, NOT_BOOKED)
    assert wrong is not None
    assert wrong.too == "high"
    assert "The POS has 5 to sell, 2 of them promised on the web (order 1041)." in wrong.words


def test_a_unit_that_the_record_contains_is_open_no_more() -> None:
    assert level(3, 3, BOOKED) is None
    wrong = level(3, 1, BOOKED)
    assert wrong is not None
    assert wrong.too == "low"


def test_a_record_from_before_the_booking_does_not_contain_it() -> None:
    assert level(5, 3, BOOKED, version=4) is None


def test_safety_stock_comes_off_too_and_nothing_is_below_zero() -> None:
    assert level(5, 2, NOT_BOOKED, safety=1) is None
    assert level(1, 0, NOT_BOOKED, safety=1) is None
    wrong = level(1, 1, NOT_BOOKED, safety=1)
    assert wrong is not None
    assert "1 kept as safety stock" in wrong.words


def test_while_an_order_is_under_way_either_view_of_it_may_be_online() -> None:
    """The POS has booked it, and the answer is not stored: the level stays below what it could be."""
    asked = kept(kept_line(mugs(), 2, asked=2), state="asked")
    under_way = replace(seen(shown(), asked, listed(off(2))), certainty=Certainty.UNDER_WAY)
    assert [level(3, online, under_way) for online in (1, 2, 3)] == [None, None, None]
    wrong = level(3, 4, under_way)
    assert wrong is not None
    assert wrong.should == "1 to 3"


def test_what_a_person_booked_by_hand_is_known_by_the_book_alone() -> None:
    by_hand = kept(kept_line(mugs(), 2, bookings=((5, 2),)), state="by_hand", by_hand=True)
    assert level(3, 3, seen(shown(), by_hand)) is None
    assert level(5, 3, seen(shown(), by_hand), version=4) is None


def test_an_order_that_the_book_lacks_is_promised_all_the_same() -> None:
    wrong = level(5, 5, seen(shown(), None))
    assert wrong is not None
    assert wrong.should == "3"


def test_a_return_that_is_under_way_adds_nothing() -> None:
    cancelled = seen(shown(status=5), kept(kept_line(mugs(), 0)), listed(off(2)))
    assert level(3, 3, cancelled) is None


def of_shirts(*variants: str, orders: tuple[Standing, ...]) -> dict[str, tuple[int, int]]:
    record = {"id": SHIRT, "version": VERSION, "variants": [{"id": each} for each in variants]}
    found = promised(record, orders)
    return {variant: (each.least, each.most) for variant, each in found.items()}


def an_order_of_shirts(*by_pos: Listed) -> Standing:
    lines = shirts(1, 81, 1), shirts(2, 82, 2)
    book = kept(kept_line(lines[0], 1), kept_line(lines[1], 2))
    return seen(shown(*lines), book, *by_pos)


def test_each_variant_has_its_own_units() -> None:
    open_ = an_order_of_shirts()
    assert of_shirts("v-s", "v-l", orders=(open_,)) == {"v-s": (1, 1), "v-l": (2, 2)}
    half = an_order_of_shirts(listed(off(1, SHIRT, "v-s"), off(0, SHIRT, "v-l")))
    assert of_shirts("v-s", "v-l", orders=(half,)) == {"v-s": (0, 0), "v-l": (2, 2)}


def test_the_sum_of_a_product_that_is_booked_whole_leaves_nothing_open() -> None:
    booked = an_order_of_shirts(listed(off(3, SHIRT)))
    assert of_shirts("v-s", "v-l", orders=(booked,)) == {"v-s": (0, 0), "v-l": (0, 0)}


def test_a_simple_product_holds_the_units_of_the_family_that_it_was() -> None:
    assert of_shirts(orders=(an_order_of_shirts(),)) == {"": (3, 3)}


def test_where_a_variant_is_gone_any_other_may_hold_its_units() -> None:
    found = of_shirts("v-s", "v-new", orders=(an_order_of_shirts(),))
    assert found == {"v-s": (1, 3), "v-new": (0, 2)}


def test_where_the_link_changed_since_either_product_may_hold_the_units() -> None:
    moved = kept(kept_line(mugs(), 2, holder=("p-cup", "")), state="seen")
    order = seen(shown(), moved)
    for product in (MUG, "p-cup"):
        record = {"id": product, "version": VERSION, "variants": []}
        assert promised(record, [order])[""] == Promised(0, 2, [1041])
