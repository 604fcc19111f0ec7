"""Drift, held values, the first push and verify never disagree on whether two values are the same.

Each pair of values is planted as the POS and as BigCommerce write it, and read by the real readers.
An undo asks for held values, so it is judged with them. Verify has its own mapping and its own
rules."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cli.verify.product import differences as verified
from cli.verify.store_reader import Online
from tillbridge.adapters.bigcommerce.selections import WHOLE
from tillbridge.adapters.bigcommerce.wire_product import read_product
from tillbridge.adapters.pos_cloud.wire import ProductRecord as PosRecord
from tillbridge.domain.connection import Settings
from tillbridge.domain.drift import differences
from tillbridge.domain.field_values import values
from tillbridge.domain.fields import FIELDS, PLAIN_OF_PRODUCTS, PLAIN_OF_VARIANTS
from tillbridge.domain.first_push import first_push
from tillbridge.domain.held import held
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.names import trimmed
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.existing import linked_by_hand
from tillbridge.domain.variants import shape
from tillbridge.domain.web_product import WebProduct

type Json = dict[str, Any]

SETTINGS = Settings()
BRAND = 5
VARIANT = "v-1"
IN_POS = {"description": "description_html", "cost_price": "cost", "visibility": "active"}
ONLINE = {"visibility": "is_visible", "tracking": "inventory_tracking"}
WORDS = {"cost_price": "cost"}
"""Drift's word for a field, where it is not verify's."""
LABELS = {wire: entry.label for wire, entry in FIELDS.items()}
"""The first push's words."""


def in_pos(of_variant: bool, field: str, value: Any) -> Json:
    """Return a POS record with one value planted, on the product or on its only variant."""
    variant = {
        "id": VARIANT,
        "sku": "MUG-S",
        "price": None,
        "cost": None,
        "barcodes": [],
        "option_values": [{"name": "Size", "value": "S"}],
        "stock": [],
    }
    record = {
        "id": "p-1",
        "version": 3,
        "deleted_at": None,
        "name": "Mug",
        "sku": "MUG",
        "description_html": "",
        "brand": "",
        "price": "9.5",
        "cost": "4",
        "barcodes": [],
        "track_stock": False,
        "stock": [],
        "images": [],
        "variants": [variant] if of_variant else [],
        "active": True,
    }
    record |= dict.fromkeys(PLAIN_OF_PRODUCTS, "")
    variant |= dict.fromkeys(PLAIN_OF_VARIANTS, "")
    planted = variant if of_variant else record
    if field in ("upc", "gtin"):
        planted["barcodes"] = [{"type": field.upper(), "code": value}]
    else:
        planted[IN_POS.get(field, field)] = value
    return record


def online(of_variant: bool, field: str, value: Any) -> Json:
    """Return BigCommerce's record with one value planted."""
    variant = {
        "id": 71,
        "sku": "MUG-S",
        "price": None,
        "cost_price": None,
        "upc": "",
        "gtin": "",
        "inventory_level": 0,
        "option_values": [{"option_display_name": "Size", "label": "S"}],
    }
    product = {
        "id": 7,
        "name": "Mug",
        "sku": "MUG",
        "description": "",
        "brand_id": 0,
        "price": 9.5,
        "cost_price": 4,
        "upc": "",
        "gtin": "",
        "is_visible": True,
        "inventory_tracking": "none",
        "inventory_level": 0,
        "categories": [],
        "type": "physical",
        "images": [],
        "channels": [1],
        "variants": [variant] if of_variant else [],
    }
    product |= {name: (*FIELDS[name].choices, "")[0] for name in PLAIN_OF_PRODUCTS}
    variant |= dict.fromkeys(PLAIN_OF_VARIANTS, "")
    planted = variant if of_variant else product
    if field == "brand":
        planted["brand_id"] = BRAND if value else 0
    else:
        planted[ONLINE.get(field, field)] = value
    return product


def judge_drift(record: Product, web: WebProduct, field: str) -> bool:
    found = differences(record, linked_by_hand(record, web), web, SETTINGS)
    return WORDS.get(field, field) in {each.field for each in found}


def judge_held(record: Product, web: WebProduct, field: str) -> bool:
    bare = Link(record.id, LinkStatus.LINKED, id=web.id, visible=web.visible is True)
    keys = {key.rpartition(".")[2] for key in held(web, record, bare)}
    return bool(keys & ({"brand_name", "brand_id"} if field == "brand" else {field}))


def judge_first_push(record: Product, web: WebProduct, field: str) -> bool:
    effects = first_push(record, web, SETTINGS)
    return LABELS.get(field, field) in {effect.field for effect in effects}


JUDGES: tuple[Callable[[Product, WebProduct, str], bool], ...] = (
    judge_drift,
    judge_held,
    judge_first_push,
)


def verdicts(field: str, pos: Any, web: Any, *, of_variant: bool = False) -> dict[str, bool]:
    """Return, for each of the four, whether the two values differ. A first push replaces nothing
    where BigCommerce is blank, and an import holds no SKU that the store lacks: these have no
    verdict then."""
    ours, theirs = in_pos(of_variant, field, pos), online(of_variant, field, web)
    record = PosRecord.model_validate(ours).as_domain()
    shown = read_product(theirs).as_read(WHOLE)
    shown = replace(shown, brand=web if field == "brand" else "")
    said = {judge.__name__: judge(record, shown, field) for judge in JUDGES}
    if not web:
        del said["judge_first_push"]
        if field == "sku":
            del said["judge_held"]
    link = {"pos_id": "p-1", "bc_id": 7, "variants": {VARIANT: 71} if of_variant else {}}
    store = Online(products={7: theirs}, brands={BRAND: web} if field == "brand" else {})
    said["verify"] = field in {each.field for each in verified(link, ours, theirs, store, {})}
    return said


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


PIECES = st.sampled_from(
    [
        *("a", "A", "b", " ", "\n", "\r\n", "\r", "\t", "ß", "ẞ", "é", "e\u0301", "<p>"),
        *("&", "&amp;", "&amp;amp;", "&amp", "&not", "&notes;", "&lt;p&gt;", "&#8203;", "\u037e"),
        *("\u00a0", "\u200b", "\u200d", "\u200f"),
    ]
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)
DIGITS = st.text("0123456789 ", max_size=4)
AMOUNTS = st.decimals(0, 3, places=5)


def agree(field: str, pos: Any, web: Any, *, of_variant: bool = False) -> None:
    said = verdicts(field, pos, web, of_variant=of_variant)
    assert len(set(said.values())) == 1, said


@given(st.sampled_from(["name", "description", "brand"]), TEXTS, TEXTS)
def test_no_texts_divide_them(field: str, pos: str, web: str) -> None:
    assume(field != "brand" or web == "" or trimmed(web))  # no brand has a name nobody sees
    agree(field, pos, web)


@given(st.sampled_from(["sku", "upc", "gtin"]), DIGITS, DIGITS, st.booleans())
def test_no_codes_divide_them(field: str, pos: str, web: str, of_variant: bool) -> None:
    agree(field, pos, web, of_variant=of_variant)


@given(st.sampled_from(["price", "cost_price"]), AMOUNTS, AMOUNTS)
def test_no_amounts_divide_them(field: str, pos: Decimal, web: Decimal) -> None:
    agree(field, str(pos), web)


@given(AMOUNTS, AMOUNTS)
def test_no_prices_of_variants_divide_them(pos: Decimal, web: Decimal) -> None:
    agree("price", str(pos), web, of_variant=True)


def test_every_field_that_can_be_held_has_its_pairs() -> None:
    names = {"brand_name": "brand", "brand_id": "brand"}
    kept = {names.get(name, name) for name, field in FIELDS.items() if field.kept}
    assert {field for field, *_ in PAIRS} == kept
    of_variants = {name for name, field in FIELDS.items() if field.variant}
    assert {field for field, *_ in VARIANT_PAIRS} == of_variants


def test_what_was_not_read_differs_for_nobody() -> None:
    record = PosRecord.model_validate(in_pos(False, "upc", "012")).as_domain()
    listed = WebProduct(read_product(online(False, "upc", "")).as_read(WHOLE).id, "Mug", "MUG")
    link = Link(record.id, LinkStatus.LINKED, id=listed.id, visible=True)
    assert values(listed) == {"name": "Mug", "sku": "MUG"}
    assert differences(record, link, listed, SETTINGS) == ()
    assert held(listed, record, link) == {}
