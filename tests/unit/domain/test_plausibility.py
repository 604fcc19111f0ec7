"""What a shopkeeper hears before something takes effect, threshold by threshold."""

from decimal import Decimal

import pytest

from tillbridge.domain.plausibility import Change, Glance, worth_a_look


def many(before: Glance | None, after: Glance, times: int = 40) -> list[Change]:
    """Return the same change of that many products."""
    return [(before, after)] * times


USUAL = Glance(Decimal("12.50"), Decimal(4), described=True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            many(USUAL, Glance(Decimal(1250), Decimal(4), described=True)),
            "the price of 40 of 40 products would be 10 times what it is or more, up to 100 times",
        ),
        (
            many(USUAL, Glance(Decimal("0.125"), Decimal(4), described=True)),
            "a price would fall by 99 %",
        ),
        (
            many(USUAL, Glance(Decimal("12.50"), Decimal(2), described=True)),
            "80 of 160 units in stock would be gone",
        ),
        (
            many(USUAL, Glance(Decimal("12.50"), Decimal(0), described=True), 20)
            + many(USUAL, USUAL, 20),
            "20 of 40 products would be set to no stock (more than 5 %)",
        ),
        (
            many(USUAL, Glance(Decimal("12.50"), Decimal(4), described=False), 16)
            + many(USUAL, USUAL, 24),
            "16 of 40 products would lose their description (more than 2 %)",
        ),
        (
            many(None, Glance(Decimal(0), Decimal(0), described=False), 11) + many(None, USUAL, 29),
            "; ".join(
                f"11 of 40 new products have no {what} (more than 25 %)"
                for what in ("price", "stock", "description")
            ),
        ),
    ],
    ids=["a hundredfold", "a hundredth", "half the units", "sold out", "blanked", "new"],
)
def test_what_stands_out_is_said(changes: list[Change], said: str) -> None:
    assert said in worth_a_look(changes)


@pytest.mark.parametrize(
    "changes",
    [
        [],
        many(USUAL, USUAL),
        many(USUAL, Glance(Decimal(13), Decimal(3), described=True)),
        many(USUAL, Glance()),
        many(Glance(), USUAL),
        many(None, USUAL),
        many(None, Glance()),
        many(None, Glance(Decimal(0), Decimal(0), described=False), 10) + many(None, USUAL, 30),
        many(USUAL, Glance(Decimal("12.50"), Decimal(4), described=False), 4),
        many(None, Glance(Decimal(0)), 4),
        many(Glance(Decimal(0), Decimal(0), described=False), USUAL),
        many(USUAL, Glance(Decimal("124.99"), Decimal(4), described=True)),
    ],
)
def test_what_is_usual_is_not_said(changes: list[Change]) -> None:
    assert worth_a_look(changes) == ""


def test_that_most_products_change_is_what_files_are_for() -> None:
    changed = Glance(Decimal(13), Decimal(4), described=True)
    assert worth_a_look(many(USUAL, changed, 1_000)) == ""


def test_debts_count_as_no_stock() -> None:
    sold_out = Glance(Decimal(1), Decimal(-3))
    assert worth_a_look(many(sold_out, sold_out)) == ""
