"""Names and SKUs are cleaned the same way every time, and compared the way BigCommerce does."""

import pytest

from tillbridge.domain.names import (
    category_name,
    clean_name,
    name_key,
    odd_characters,
    sku_characters_ok,
    sku_key,
    trimmed,
)


@pytest.mark.parametrize(
    ("raw", "sent"),
    [
        ("Storm Lantern", "Storm Lantern"),
        ("  Storm Lantern \t", "Storm Lantern"),
        ("Fish &amp; Chips", "Fish & Chips"),
        ("Fish &amp;amp; Chips", "Fish &amp; Chips"),
        ("Knots&notions bag", "Knots&notions bag"),
        ("Rhythm&notes; book", "Rhythm&notes; book"),
        ("Towel blue&regular", "Towel blue&regular"),
        ("Caf&#233; &#x2615;", "Caf\u00e9 \u2615"),
        ("Poster &lt;br&gt; &amp; pins", "Poster &lt;br&gt; & pins"),
        ("Poster <br> &amp; pins", "Poster <br> & pins"),
        ("Rope &lt; 5 m", "Rope < 5 m"),
        ("&#99999;&#9999999;&#99999999999;", "\U0001869f\ufffd&#99999999999;"),
        ("\u200b\ufeffMug\u00a0\u00ad", "Mug"),
        ("\u200f\u05e1\u05e4\u05dc", "\u05e1\u05e4\u05dc"),
        ("Har\u200bbour mug", "Har\u200bbour mug"),
        ("Cafe\u0301", "Caf\u00e9"),
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
    [
        ("Storm Lantern", "STORM LANTERN "),
        ("Fish &amp; Chips", "fish & chips"),
        ("Maß", "MASS"),
        ("Café mug", "CAFÉ MUG"),
        ("Harbour\u200b mug", "Harbour mug"),
        ("Harbour\xa0mug", "Harbour mug"),
        ("Fish &amp;amp; Chips", "Fish & Chips"),
    ],
)
def test_two_spellings_of_one_name_are_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_names_that_differ_stay_apart() -> None:
    assert name_key("Storm Lantern") != name_key("Storm  Lantern")
    assert name_key("Cafe mug") != name_key("Caf\u00e9 mug")


def test_skus_are_compared_without_case_and_outer_blanks() -> None:
    assert sku_key(" ab-1 ") == sku_key("AB-1")


@pytest.mark.parametrize("sku", ["AB-1", "ab_1", "AB 1", "", "0417"])
def test_a_sku_of_letters_digits_hyphen_underscore_and_space_is_fine(sku: str) -> None:
    assert sku_characters_ok(sku)


@pytest.mark.parametrize("sku", ["AB/1", "AB#1", "Grün", "AB.1", "AB\n"])
def test_any_other_character_in_a_sku_is_not(sku: str) -> None:
    assert not sku_characters_ok(sku)


@pytest.mark.parametrize(
    ("sku", "words"),
    [
        ("MUG\u00a01", "a no-break space after 'MUG'"),
        ("MUG\u200b-2", "a zero width space after 'MUG'"),
        ("MUG\u2010 6", "a dash that is not '-' after 'MUG'"),
        ("\u2014MUG", "a dash that is not '-' at its start"),
        ("MUG\t\u00ad1", "a tab after 'MUG' and a soft hyphen after 'MUG'"),
        ("MUG\x071", "a control character (U+0007) after 'MUG'"),
        ("AB/1#2/3", "'/' and '#'"),
        ("AB-1", ""),
    ],
)
def test_characters_that_bigcommerce_refuses_are_named_where_nobody_sees_them(
    sku: str, words: str
) -> None:
    assert odd_characters(sku) == words


def test_a_long_department_is_cut_to_fifty_characters_without_a_trailing_blank() -> None:
    department = "x" * 49 + " and more"
    assert category_name(department) == "x" * 49


def test_a_department_is_decoded_before_it_is_cut() -> None:
    assert category_name("Rope &amp; Twine") == "Rope & Twine"


@pytest.mark.parametrize("before", ["", "a", "word and ", "one\u200dtwo "])
def test_a_joiner_at_the_end_stays_wherever_that_is(before: str) -> None:
    assert trimmed(f"{before}\u0915\u094d\u200d \u200b") == f"{before}\u0915\u094d\u200d"


def test_an_odd_character_is_placed_by_the_twenty_before_it() -> None:
    sku = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert odd_characters(f"{sku}\u00a0") == f"a no-break space after '{sku[-20:]}'"
