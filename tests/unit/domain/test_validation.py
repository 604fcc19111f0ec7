"""What BigCommerce can never take is named, in words for shop staff, before a call is spent on
it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import a_jumper, a_product, a_variant
from tillbridge.domain.product import Barcodes, Product
from tillbridge.domain.validation import image_problem, problems

TOO_MANY = tuple(replace(a_variant(f"{n}"), sku=f"J-{n}") for n in range(601))
LONG_WINDED = tuple(
    a_variant(f"{n}", option_values=tuple((f"{name}" * 255, f"{n:>0255}") for name in "ab"))
    for n in range(250)
) + tuple(
    a_variant(f"{n}", option_values=tuple((f"{name}" * 255, f"{n - 250:>0255}") for name in "ac"))
    for n in range(250, 500)
)

BAD: dict[str, tuple[Product, str, str]] = {
    "name_blank": (a_product(name=" &nbsp; "), "name", "Give it one in the POS"),
    "name_too_long": (a_product(name="x" * 251), "name", "251 characters"),
    "price_negative": (a_product(price=Decimal(-1)), "price", "The price of the product is -1"),
    "cost_negative": (a_product(cost=Decimal("-0.01")), "cost", "The cost of the product is -0.01"),
    "too_many_variants": (a_jumper(variants=TOO_MANY), "variants", "601 variants"),
    "option_blank": (
        a_jumper(variants=(a_variant("S", option_values=(("Size", " "),)),)),
        "options",
        "lacks an option value",
    ),
    "option_repeated": (
        a_jumper(variants=(a_variant("S"), a_variant("S", id="v-2", sku="OTHER"))),
        "options",
        "Two variants are both the variant S",
    ),
    "text_too_long": (
        a_jumper(variants=(a_variant("S", bin_picking_number="x" * 256),)),
        "bin_picking_number",
        "The bin picking number of the variant S has 256 characters",
    ),
    "option_too_long": (
        a_jumper(variants=(a_variant("S", option_values=(("Size", "x" * 256),)),)),
        "options",
        "over 255 characters",
    ),
    "too_much_text": (a_jumper(variants=LONG_WINDED), "options", "Shorten the options"),
    "sku_blank": (a_jumper(variants=(a_variant("S", sku=" "),)), "sku", "has no SKU"),
    "sku_repeated": (
        a_jumper(variants=(a_variant("S", sku="J"), a_variant("M", sku="j"))),
        "sku",
        "have the SKU 'j'",
    ),
    "sku_characters": (a_product(sku="LAMP/1"), "sku", "'LAMP/1'"),
    "sku_too_long": (a_product(sku="x" * 256), "sku", "256 characters"),
    "barcode_too_long": (
        a_product(barcodes=Barcodes(upc="123456789012345")),
        "barcodes",
        "'123456789012345'",
    ),
}


@pytest.mark.parametrize("code", BAD)
def test_each_impossible_value_is_named_with_its_field_and_what_to_do(code: str) -> None:
    product, field, words = BAD[code]
    found = [problem for problem in problems(product) if problem.code == code]
    assert found, f"{code} was not found"
    assert found[0].field == field
    assert words in found[0].words
    assert found[0].words.endswith(".")


@pytest.mark.parametrize("code", BAD)
def test_each_is_the_only_thing_wrong_with_its_example(code: str) -> None:
    product, _, _ = BAD[code]
    assert {problem.code for problem in problems(product)} == {code}


@pytest.mark.parametrize("code", BAD)
def test_the_words_are_a_sentence_without_the_language_of_programs(code: str) -> None:
    product, _, _ = BAD[code]
    for problem in problems(product):
        assert problem.words[0].isupper() or problem.words[0] == "'"
        assert not {"None", "null", "{", "}", "422", "Decimal"} & set(problem.words.split())


@pytest.mark.parametrize(
    "product",
    [
        a_product(),
        a_jumper(),
        a_product(description="", brand="", sku="", price=Decimal(0), cost=None, weight=None),
        a_product(name="x" * 250, sku="y" * 255),
        a_product(name="&amp;" * 60),
        a_product(barcodes=Barcodes(upc=" 12345678901234 ", gtin="")),
    ],
    ids=["simple", "variants", "blanks", "the longest", "long only before decoding", "padded code"],
)
def test_what_bigcommerce_takes_is_let_through(product: Product) -> None:
    assert problems(product) == []


def test_a_variant_is_named_by_what_a_person_sees() -> None:
    product = a_jumper(variants=(a_variant("S", price=Decimal(-5)), a_variant("M")))
    assert "the variant S is -5" in problems(product)[0].words


def test_everything_wrong_is_told_at_once() -> None:
    product = a_product(name="", price=Decimal(-1), sku="A/B")
    codes = [problem.code for problem in problems(product)]
    assert codes == ["name_blank", "price_negative", "sku_characters"]


@pytest.mark.parametrize(
    "url", ["/images/lamp.jpg", "ftp://shop.example/lamp.jpg", "lamp.jpg", "https://x.example/a b"]
)
def test_an_image_address_bigcommerce_cannot_fetch_is_told(url: str) -> None:
    assert url in image_problem(url)


def test_an_image_address_may_have_255_characters() -> None:
    base = "https://shop.example/"
    assert image_problem(base + "x" * (255 - len(base))) == ""
    assert "256 characters" in image_problem(base + "x" * (256 - len(base)))


def test_two_variants_are_one_whatever_the_order_of_their_options() -> None:
    pairs = (("Size", "S"), ("Colour", "Red"))
    one = a_variant("S", option_values=pairs)
    other = a_variant("M", option_values=pairs[::-1])
    assert [each.code for each in problems(a_jumper(variants=(one, other)))] == ["option_repeated"]


def test_the_values_of_an_option_count_together_however_its_name_is_written() -> None:
    variants = tuple(
        a_variant(f"{n}", option_values=(("Size" if n % 2 else "SIZE", f"{n}"),))
        for n in range(251)
    )
    found = problems(a_jumper(variants=variants))
    assert [each.code for each in found] == ["too_many_option_values"]
    assert "'SIZE' has 251 values" in found[0].words
