"""Drift, held values, the first push and verify give the right answer on pairs that BigCommerce's
rules decide (tests/property/judges.py)."""

from typing import Any

import pytest

from cli.verify.product import differences as verified
from cli.verify.store_reader import Online
from tests.property.judges import VARIANT, in_pos, online, verdicts
from tillbridge.domain.fields import FIELDS, PLAIN_OF_PRODUCTS, PLAIN_OF_VARIANTS
from tillbridge.domain.variants import shape


def plain_pairs(name: str) -> list[tuple[str, Any, Any, bool]]:
    """Return pairs of a text without a rule of its own. BigCommerce has no blank and no further
    value for one with choices."""
    if choices := FIELDS[name].choices:
        first, second = choices[:2]
        return [
            (name, f" {first.upper()} ", first, False),
            (name, first, second, True),
            (name, "", second, False),
        ]
    return [
        (name, "A-1", " A-1 ", False),
        (name, "A-1", "a-1", True),
        (name, "A-1", "", True),
        (name, "", "A-1", True),
    ]


PAIRS: list[tuple[str, Any, Any, bool]] = [
    ("name", "Salt & Pepper", "Salt & Pepper", False),
    ("name", "Salt &amp; Pepper ", "Salt & Pepper", False),
    ("name", "Salt & Pepper", "Salt &amp; Pepper", True),
    ("name", "Salt &amp;amp; Pepper", "Salt &amp; Pepper", False),
    ("name", "Salt &amp;amp; Pepper", "Salt & Pepper", True),
    ("name", "Knots&notions", "Knots&notions", False),
    ("name", "Knots&notions", "Knots\u00acions", True),
    ("name", "Poster &lt;br&gt; &amp; pins", "Poster &lt;br&gt; & pins", False),
    ("name", "Poster &lt;br&gt;", "Poster <br>", True),
    ("name", "Cafe\u0301", "Caf\u00e9", False),
    ("name", "Caf\u00e9", "Cafe\u0301", False),
    ("name", "Cafe", "Caf\u00e9", True),
    ("name", "Stra\u00dfe", "Strasse", True),
    ("name", "\u200bMug\u00a0", "Mug", False),
    ("name", "Har\u200bbour", "Harbour", True),
    ("name", "Mug", " Mug ", False),
    ("name", "Mug", "mug", True),
    ("name", "Mug", "Jug", True),
    ("description", "a\nb", "a\r\nb", False),
    ("description", "a\r\nb", "a\nb", False),
    ("description", "a", " a\n", False),
    ("description", "Salt & Pepper", "Salt &amp; Pepper", True),
    ("description", "<p>a</p>", "<p>b</p>", True),
    ("description", "", "<p>b</p>", True),
    ("description", "a", "", True),
    ("sku", " MUG", "MUG", False),
    ("sku", "\ufeffMUG\u00a0", "MUG", False),
    ("sku", "MUG", "mug", True),
    ("sku", "MUG", "", True),
    ("price", "10", "10.00", False),
    ("price", "10", 10.00001, False),
    ("price", "10.99999", 11, False),
    ("price", "10", 10.0001, True),
    ("cost_price", None, 0, False),
    ("cost_price", "0.00", None, False),
    ("cost_price", "3", 3.00004, False),
    ("cost_price", None, 3, True),
    ("cost_price", "3", 0, True),
    ("brand", "Acme", "ACME", False),
    ("brand", " Acme", "Acme", False),
    ("brand", "Johnson &amp; Johnson", "Johnson & Johnson", False),
    ("brand", "Johnson & Johnson", "Johnson &amp; Johnson", True),
    ("brand", "M&S", "m&s", False),
    ("brand", "Cafe\u0301", "CAF\u00c9", False),
    ("brand", "Stra\u00dfe", "STRASSE", False),
    ("brand", "Ac\u200bme\u00a0", "Acme", False),
    ("brand", "\u200b", "", False),
    ("brand", "Acme", "Acne", True),
    ("brand", "", "Acme", True),
    ("brand", "Acme", "", True),
    ("upc", "012 ", "012", False),
    ("upc", "012\u200b", "012", False),
    ("upc", "012", " 012", False),
    ("upc", "012", "12", True),
    ("gtin", "4006381333931", "4006381333931 ", False),
    ("gtin", "4006381333931", "", True),
    *(pair for name in PLAIN_OF_PRODUCTS for pair in plain_pairs(name)),
]

VARIANT_PAIRS: list[tuple[str, Any, Any, bool]] = [
    ("sku", "MUG-S", " MUG-S", False),
    ("sku", "MUG-S\u200e", "MUG-S", False),
    ("sku", "MUG-S", "mug-s", True),
    ("price", None, None, False),
    ("price", "10", 10.00001, False),
    ("price", None, 10, True),
    ("price", "10", None, True),
    ("price", "0", 0, False),
    ("cost_price", None, 0, False),
    ("cost_price", "0", None, False),
    ("cost_price", "3", 3.0, False),
    ("cost_price", None, 3, True),
    ("cost_price", "3", None, True),
    ("upc", "012", "012 ", False),
    ("gtin", "4006381333931", "", True),
    *(pair for name in PLAIN_OF_VARIANTS for pair in plain_pairs(name)),
]


@pytest.mark.parametrize(("field", "pos", "web", "differ"), PAIRS)
def test_all_give_one_answer_on_a_field_of_a_product(
    field: str, pos: Any, web: Any, differ: bool
) -> None:
    said = verdicts(field, pos, web)
    assert said == dict.fromkeys(said, differ)


@pytest.mark.parametrize(("field", "pos", "web", "differ"), VARIANT_PAIRS)
def test_all_give_one_answer_on_a_field_of_a_variant(
    field: str, pos: Any, web: Any, differ: bool
) -> None:
    said = verdicts(field, pos, web, of_variant=True)
    assert said == dict.fromkeys(said, differ)


@pytest.mark.parametrize(("field", "own"), [("price", 9.5), ("cost_price", 4)])
def test_an_amount_of_a_variants_own_is_not_its_products_though_shoppers_see_no_difference(
    field: str, own: float
) -> None:
    said = verdicts(field, None, own, of_variant=True)
    assert said.pop("verify") is False, "verify compares what holds for the variant now"
    assert said == dict.fromkeys(said, True), "it no longer follows the product"


OPTIONS = [
    ("S &amp; M", "s & m", False),
    ("S & M", "S &amp; M", False),
    ("S", "S\u200b", False),
    ("Cafe\u0301", "CAF\u00c9", False),
    ("Gro\u00df", "GROSS", False),
    ("S&not", "S\u00ac", True),
    ("S", "M", True),
]


@pytest.mark.parametrize(("pos", "web", "differ"), OPTIONS)
def test_a_push_and_verify_give_one_answer_on_an_option(pos: str, web: str, differ: bool) -> None:
    ours, theirs = in_pos(True, "sku", "MUG-S"), online(True, "sku", "MUG-S")
    ours["variants"][0]["option_values"][0]["value"] = pos
    theirs["variants"][0]["option_values"][0]["label"] = web
    link = {"pos_id": "p-1", "bc_id": 7, "variants": {VARIANT: 71}}
    said = {each.field for each in verified(link, ours, theirs, Online(products={7: theirs}), {})}
    assert ("options" in said) is differ
    assert (shape([("Size", pos)]) != shape([("Size", web)])) is differ


def test_every_field_that_can_be_held_has_its_pairs() -> None:
    names = {"brand_name": "brand", "brand_id": "brand"}
    kept = {names.get(name, name) for name, field in FIELDS.items() if field.kept}
    assert {field for field, *_ in PAIRS} == kept
    of_variants = {name for name, field in FIELDS.items() if field.variant}
    assert {field for field, *_ in VARIANT_PAIRS} == of_variants
