"""Names and SKUs are cleaned the same way every time, and compared the way BigCommerce does."""

import pytest

from tillbridge.domain.names import (
    category_name,
    clean_name,
    name_key,
    sku_characters_ok,
    sku_key,
)


@pytest.mark.parametrize(
    ("raw", "sent"),
    [
        ("Storm Lantern", "Storm Lantern"),
        ("  Storm Lantern \t", "Storm Lantern"),
        ("Fish &amp; Chips", "Fish & Chips"),
        ("Fish &amp;amp; Chips", "Fish & Chips"),
        ("5&quot; Cleat", '5" Cleat'),
        ("Caf\u00e9 Mug \U0001f41f", "Caf\u00e9 Mug \U0001f41f"),
        ("Two\nLines", "Two Lines"),
        ("Zero\x00Byte", "Zero Byte"),
        ("&nbsp;", ""),
        ("", ""),
    ],
)
def test_a_name_is_sent_decoded_and_trimmed(raw: str, sent: str) -> None:
    assert clean_name(raw) == sent


@pytest.mark.parametrize(
    ("one", "other"),
    [("Storm Lantern", "STORM LANTERN "), ("Fish &amp; Chips", "fish & chips"), ("Maß", "MASS")],
)
def test_two_spellings_of_one_name_are_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_names_that_differ_stay_apart() -> None:
    assert name_key("Storm Lantern") != name_key("Storm  Lantern")


def test_skus_are_compared_without_case_and_outer_blanks() -> None:
    assert sku_key(" ab-1 ") == sku_key("AB-1")


@pytest.mark.parametrize("sku", ["AB-1", "ab_1", "AB 1", "", "0417"])
def test_a_sku_of_letters_digits_hyphen_underscore_and_space_is_fine(sku: str) -> None:
    assert sku_characters_ok(sku)


@pytest.mark.parametrize("sku", ["AB/1", "AB#1", "Grün", "AB.1", "AB\n"])
def test_any_other_character_in_a_sku_is_not(sku: str) -> None:
    assert not sku_characters_ok(sku)


def test_a_long_department_is_cut_to_fifty_characters_without_a_trailing_blank() -> None:
    department = "x" * 49 + " and more"
    assert category_name(department) == "x" * 49


def test_a_department_is_decoded_before_it_is_cut() -> None:
    assert category_name("Rope &amp; Twine") == "Rope & Twine"
