"""What is kept of each variant moves by one a night, by how it sold."""

from decimal import Decimal

from tests.builders import LANTERN, a_jumper, a_product, some_stock
from tillbridge.domain.connection import Settings
from tillbridge.domain.history.product_line import (
    Because,
    Did,
    EventSeen,
    HolderLevel,
    OrderUnits,
    ProductLine,
)
from tillbridge.domain.ids import PosProductId, WebOrderId
from tillbridge.domain.safety_stock import (
    MOST_VARIANTS,
    KeptUnits,
    LearnedSafety,
    Variant,
    after_night,
    changed_in,
)
from tillbridge.domain.sales_seen import UNBOOKED_S, UNMEASURED_S, lags_in, pace, sold_in
from tillbridge.domain.stock_levels import levels

LAMP = PosProductId(LANTERN), None


def nights(learned: int, *, start: int = 0, most: int = 3, count: int = 5) -> list[int]:
    """Return what is kept after each night, while the same is learned."""
    safety = LearnedSafety(most, {LAMP: KeptUnits(start, 0)} if start else {})
    found = []
    for night in range(1, count + 1):
        safety = after_night(safety, {LAMP: learned}, night)
        found.append(safety.of(*LAMP))
    return found


def test_a_night_moves_it_by_one_unit() -> None:
    assert nights(3) == [1, 2, 3, 3, 3]
    assert nights(0, start=3) == [2, 1, 0, 0, 0]
    assert nights(2, start=2) == [2, 2, 2, 2, 2]


def test_a_night_that_comes_twice_moves_it_once_and_names_its_product_again() -> None:
    once = after_night(LearnedSafety(), {LAMP: 3}, 7)
    twice = after_night(once, {LAMP: 3}, 7)
    assert twice == once
    assert changed_in(twice, 7) == {LAMP[0]}
    gone = after_night(once, {LAMP: 0}, 8)
    assert gone.of(*LAMP) == 0
    assert changed_in(gone, 8) == {LAMP[0]}
    assert after_night(gone, {LAMP: 0}, 8) == gone
    assert after_night(gone, {LAMP: 0}, 9).kept == {}


def test_a_lower_bound_holds_at_once_and_is_left_step_by_step() -> None:
    safety = LearnedSafety(1, {LAMP: KeptUnits(3, 1)})
    assert safety.of(*LAMP) == 1
    assert after_night(safety, {LAMP: 0}, 2).of(*LAMP) == 0


def test_only_so_many_variants_are_kept_that_their_row_holds_them() -> None:
    learned: dict[Variant, int] = {
        (PosProductId(f"p-{n}"), None): 1 for n in range(MOST_VARIANTS + 5)
    }
    safety = after_night(LearnedSafety(), learned, 1)
    assert len(safety.kept) == MOST_VARIANTS
    assert after_night(safety, dict.fromkeys(learned, 2), 2).kept.keys() == safety.kept.keys()


def test_levels_keep_back_what_was_learned_of_each_variant() -> None:
    jumper = a_jumper()
    small = jumper.variants[0].id
    learned = LearnedSafety(3, {(jumper.id, small): KeptUnits(1, 1), LAMP: KeptUnits(2, 1)})
    settings = Settings(safety_stock=9, learned_safety=learned)
    plain = levels(jumper, Settings())
    found = levels(jumper, settings)
    assert found[small].level == plain[small].level - 1
    others = [each.id for each in jumper.variants[1:]]
    assert [found[each] for each in others] == [plain[each] for each in others]
    lamp = a_product(stock=(some_stock(5),))
    assert levels(lamp, settings)[None].level == 3


def stock(on_hand: int, at_s: int, *, event: str = "sale.completed") -> ProductLine:
    seen = EventSeen("e", event, at_s * 1_000 - 4_000, at_s * 1_000 - 3_000, 1)
    level = HolderLevel(None, Decimal(on_hand), Decimal(0), 0, on_hand)
    return ProductLine(
        at_s * 1_000, LAMP[0], Did.STOCK, because=Because(seen, seen), holders=(level,)
    )


def order(did: Did, number: int, units: int, at_s: int) -> ProductLine:
    placed_ms = (at_s - 6) * 1_000 if did is Did.FOUND else 0
    about = OrderUnits(WebOrderId(number), None, units, placed_ms)
    return ProductLine(at_s * 1_000, LAMP[0], did, order=about)


def test_what_the_till_sold_is_what_a_sale_took_off_less_what_the_web_sold() -> None:
    lines = [
        stock(10, 10),
        stock(8, 20),
        order(Did.FOUND, 1, 2, 25),
        order(Did.FOUND, 1, 1, 26),
        order(Did.BOOKED, 1, 2, 30),
        stock(3, 40),
        stock(30, 50, event="purchase_order.received"),
        stock(25, 60, event="inventory.adjusted"),
        stock(24, 70),
    ]
    sold = sold_in(lines)
    assert (sold.till[None], sold.web[None]) == (2 + 5 + 1 - 2, 2)


def test_what_is_sold_is_nothing_where_nothing_is_known() -> None:
    assert pace(sold_in([]), None, lags_in([])).web_rate == 0
    assert lags_in([]) == (UNMEASURED_S, UNBOOKED_S)
    assert sold_in([stock(4, 10)]).till == {None: 0}


def test_lags_are_those_at_the_95th_percentile() -> None:
    lines = [stock(10, at) for at in range(10, 30)]
    late = stock(9, 100)
    lines += [late, order(Did.FOUND, 1, 1, 40), order(Did.BOOKED, 1, 1, 45)]
    assert lags_in(lines) == (4.0, 11.0)
