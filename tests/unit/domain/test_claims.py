"""Who holds which name and SKU: one list of a product's SKUs, whoever asks."""

from dataclasses import replace

import pytest

from tests.builders import a_jumper, a_link, a_product, a_variant, linked_variants
from tillbridge.domain.claims import (
    claims_of,
    duplicate_problem,
    gave_something_up,
    held_by,
    keys,
    skus_sent,
)
from tillbridge.domain.link import Link


def test_a_product_claims_its_name_and_every_sku() -> None:
    assert claims_of(a_jumper("S")) == [
        ("name", "fisherman's jumper"),
        ("sku", "jumper"),
        ("sku", "jumper-s"),
    ]


def test_a_product_that_came_in_claims_its_product_numbers() -> None:
    small = a_variant("S", product_number="BC-S")
    record = a_jumper(product_number="BC", variants=(small,))
    assert skus_sent(record, a_link(came_with_sku=True)) == ["BC", "BC-S"]


def test_what_is_blank_has_no_key() -> None:
    assert keys(" ", ["", " ", "A-1"]) == [("sku", "a-1")]


def test_a_link_holds_what_was_sent() -> None:
    link = a_link(name="Jumper", sku="J", variants=linked_variants("S"))
    assert held_by(link)[:2] == [("name", "jumper"), ("sku", "j")]
    assert len(held_by(link)) == 3


HELD = a_link(name="Jumper", sku="J", variants=linked_variants("S", "M"))


@pytest.mark.parametrize(
    ("after", "freed"),
    [
        (HELD, False),
        (replace(HELD, name="Pullover"), True),
        (replace(HELD, sku="K"), True),
        (replace(HELD, variants=linked_variants("S")), True),
        (replace(HELD, variants=linked_variants("S", "M", "L")), False),
    ],
    ids=["the same", "another name", "another SKU", "a variant less", "a variant more"],
)
def test_a_push_frees_what_it_no_longer_holds(after: Link, freed: bool) -> None:
    assert gave_something_up(HELD, after) is freed


def test_what_had_nothing_gives_nothing_up() -> None:
    assert not gave_something_up(None, HELD)
    assert not gave_something_up(replace(HELD, sku="", variants={}), HELD)


def test_duplicates_by_name_are_told_by_name_even_when_the_sku_is_shared_too() -> None:
    assert duplicate_problem(a_product("p-2"), a_product("p-1")).field == "name"


def test_a_duplicate_sku_is_told_as_the_refused_product_writes_it() -> None:
    other = a_product("p-1", sku="jumper-m")
    assert "the SKU 'JUMPER-M'" in duplicate_problem(a_jumper("S", "M"), other).words
