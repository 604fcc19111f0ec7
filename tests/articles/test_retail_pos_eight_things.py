"""The Retail POS article: eight things can be edited in BigCommerce, and stay as they are.

Before the day the web staff fill all eight on every linked product and variant and format the
descriptions; then all nine triggers happen to every unit, and a person pushes everything once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from cli.verify.owned import Snapshot, snapshot_owned
from tests.articles.shelf import LAMP, PRODUCT_A, ROPE, SHIRT, everything
from tests.articles.triggers import TRIGGERS
from tests.harness import House

type Json = dict[str, Any]

PRODUCTS = (PRODUCT_A, LAMP, SHIRT, ROPE)
UNITS: tuple[Json, ...] = (
    {"product_id": PRODUCT_A},
    {"product_id": LAMP},
    {"product_id": SHIRT, "variant_id": "v-shirt-s"},
    {"product_id": SHIRT, "variant_id": "v-shirt-m"},
    {"product_id": ROPE},
)


@dataclass(frozen=True)
class Day:
    """Everything online after the web staff's work, and after the day."""

    house: House
    before: dict[str, Json]
    after: dict[str, Json]
    owned: Snapshot

    def values(self, *fields: str) -> tuple[list[Json], list[Json]]:
        """Return the values of `fields` on every product, before and after."""
        return (
            [{field: self.before[p][field] for field in fields} for p in PRODUCTS],
            [{field: self.after[p][field] for field in fields} for p in PRODUCTS],
        )

    def variant_values(self, *fields: str) -> tuple[list[Json], list[Json]]:
        """Return the values of `fields` on every variant, before and after."""
        before, after = (
            [
                {field: variant[field] for field in ("id", *fields)}
                for p in PRODUCTS
                for variant in side[p]["variants"]
            ]
            for side in (self.before, self.after)
        )
        return before, after


@pytest.fixture(scope="module")
def day() -> Iterator[Day]:
    with House() as house:
        house.has_linked(*everything())
        report = house.staff().fill()
        assert report.products == len(PRODUCTS)
        house.control.mark_owned()
        owned = snapshot_owned(house.store_side)
        before = {product: house.online(product) for product in PRODUCTS}
        for happens in TRIGGERS.values():
            for unit in UNITS:
                happens(house.pos, unit)
            house.settle()
        house.push(*PRODUCTS)
        house.settle()
        yield Day(house, before, {p: house.online(p) for p in PRODUCTS}, owned)


def _is_kept(before: list[Json], after: list[Json], *, may_be_blank: bool = False) -> None:
    assert after == before
    for record in before:
        for field, value in record.items():
            assert may_be_blank or value not in (None, "", 0, [], {}), f"{field} was not filled"


def test_these_eight_things_can_be_edited_in_bigcommerce_without_breaking_the_link(
    day: Day,
) -> None:
    """After the day every link works, nothing of the eight changed, none of it was even sent, and
    everything else has the POS's value."""
    assert day.house.control.owned_diff() == {"changed": [], "gone": [], "sent": []}
    assert all(day.house.is_linked(product) for product in PRODUCTS)
    verdict = day.house.verdict(before=day.owned)
    assert verdict.ok, verdict
    assert verdict.owned_compared


def test_the_day_pushed_every_product_and_overwrote_every_description(day: Day) -> None:
    """Without this the tests of the eight would prove nothing: formatted descriptions are gone, and
    what is blank in the POS is blank online."""
    assert all("Loved by our web team" in record["description"] for record in day.before.values())
    assert day.after[LAMP]["description"] == "<p>Burns all night in a gale.</p>"
    assert all(day.after[product]["description"] == "" for product in (PRODUCT_A, SHIRT, ROPE))


def test_weight(day: Day) -> None:
    """It holds for products and for variants."""
    _is_kept(*day.values("weight"))
    _is_kept(*day.variant_values("weight"))


def test_sizing_including_width_height_depth(day: Day) -> None:
    """It holds for products and for variants."""
    _is_kept(*day.values("width", "height", "depth"))
    _is_kept(*day.variant_values("width", "height", "depth"))


def test_msrp_retail_price(day: Day) -> None:
    """It holds for products and for variants."""
    _is_kept(*day.values("retail_price"))
    _is_kept(*day.variant_values("retail_price"))


def test_sale_price(day: Day) -> None:
    """It holds for products and for variants, though the price itself changed."""
    _is_kept(*day.values("sale_price"))
    _is_kept(*day.variant_values("sale_price"))
    before, after = day.values("price")
    assert before != after


def test_tax_code(day: Day) -> None:
    """It holds for the tax class and for the provider's tax code."""
    _is_kept(*day.values("tax_class_id", "product_tax_code"))


def test_customizations(day: Day) -> None:
    """It holds for BigCommerce's modifiers: what shoppers may choose or have engraved."""
    _is_kept(*day.values("modifiers"))


def test_seo(day: Day) -> None:
    """It holds for page title, meta data, search keywords and the product's address."""
    _is_kept(
        *day.values(
            "page_title", "meta_keywords", "meta_description", "search_keywords", "custom_url"
        )
    )


def test_custom_fields(day: Day) -> None:
    """It holds for every custom field with its value."""
    _is_kept(*day.values("custom_fields"))
