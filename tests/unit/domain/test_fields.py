"""A field is one entry in `domain/fields.py`. A test names each other place that must know of it,
so that a missing one fails the test that says where it is missing (CONTRIBUTING.md)."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.verify.fields import FIELDS as VERIFIED
from sandbox.bigcommerce.catalog.fields import IN_VARIANT_BATCH, OWNED_PRODUCT, OWNED_VARIANT
from sandbox.bigcommerce.catalog.fields import PRODUCT as SANDBOX_PRODUCT
from sandbox.bigcommerce.catalog.fields import VARIANT as SANDBOX_VARIANT
from sandbox.pos import plain_fields
from tillbridge.domain.fields import (
    ALONE,
    BIGCOMMERCE_OWNED,
    FIELDS,
    INHERITED,
    PLAIN_OF_PRODUCTS,
    PLAIN_OF_VARIANTS,
    Entry,
    Field,
)
from tillbridge.domain.product import Product, Variant
from tillbridge.domain.web_product import WebProduct, WebVariant

ROOT = Path(__file__).parents[3]
CONTRACT = yaml.safe_load((ROOT / "contracts/pos-api.openapi.yaml").read_text(encoding="utf-8"))
ENTRIES = pytest.mark.parametrize("entry", FIELDS.values(), ids=lambda entry: str(entry.wire))
PLAIN = pytest.mark.parametrize(
    "entry", [each for each in FIELDS.values() if each.plain], ids=lambda entry: str(entry.wire)
)
MADE_UP_BY_BIGCOMMERCE = {"brand_name"}
"""BigCommerce takes these and shows an id instead."""


def attributes(kind: type) -> dict[str, Any]:
    return {each.name: each.type for each in fields(kind)}


@ENTRIES
def test_the_pos_record_has_the_attribute_it_comes_from(entry: Entry) -> None:
    assert entry.source in attributes(Product), f"domain/product.py: Product.{entry.source}"
    if entry.variant and entry.source != "active":
        assert entry.source in attributes(Variant), f"domain/product.py: Variant.{entry.source}"


@ENTRIES
def test_the_web_product_has_the_attribute_it_is_read_into(entry: Entry) -> None:
    assert entry.web in attributes(WebProduct), f"domain/web_product.py: WebProduct.{entry.web}"
    if entry.variant:
        assert entry.web in attributes(WebVariant), f"domain/web_product.py: WebVariant.{entry.web}"


@PLAIN
def test_a_text_is_a_text_wherever_it_is_kept(entry: Entry) -> None:
    assert attributes(Product)[entry.source] is str
    assert attributes(WebProduct)[entry.web] == WebProduct.__annotations__["upc"]
    if entry.variant:
        assert attributes(Variant)[entry.source] is str
        assert attributes(WebVariant)[entry.web] is str


@PLAIN
def test_the_contract_has_it_and_no_pos_must(entry: Entry) -> None:
    schemas = CONTRACT["components"]["schemas"]
    places = {"Product": True, "Variant": entry.variant is not None}
    for name, expected in places.items():
        where = f"contracts/pos-api.openapi.yaml: {name}.{entry.source}"
        assert (entry.source in schemas[name]["properties"]) is expected, where
        assert entry.source not in schemas[name]["required"], where


@PLAIN
def test_the_simulated_pos_keeps_it(entry: Entry) -> None:
    where = f"sandbox/pos/plain_fields.py: {entry.source}"
    assert entry.source in plain_fields.PRODUCT_FIELDS, where
    assert (entry.source in plain_fields.VARIANT_FIELDS) is (entry.variant is not None), where


@ENTRIES
def test_verify_judges_it_by_an_entry_of_its_own(entry: Entry) -> None:
    words = {entry.wire, entry.word, entry.field.value}
    assert words & set(VERIFIED), f"cli/verify/fields.py: {entry.wire}"


@ENTRIES
def test_bigcommerce_takes_it_and_no_more_of_it_than_the_entry_says(entry: Entry) -> None:
    theirs = SANDBOX_PRODUCT[entry.wire]
    if entry.plain:
        assert entry.longest == (theirs.high or 0)
        assert entry.choices == theirs.choices
    if entry.variant:
        assert entry.wire in SANDBOX_VARIANT
        assert (entry.wire in ALONE) is (entry.wire not in IN_VARIANT_BATCH)


@pytest.mark.parametrize("field", Field)
def test_the_settings_page_says_what_it_is(field: Field) -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    table = page[page.index("| field | default |") :]
    assert re.search(rf"^\|[^|]*`{field.value}`", table, re.MULTILINE), "docs/settings.md, Fields"


def test_the_eight_are_those_of_the_judge_and_never_ours() -> None:
    apart = {"modifiers", "custom_fields"}  # tables of their own in the simulated store
    assert set(OWNED_PRODUCT) | apart == BIGCOMMERCE_OWNED
    assert set(OWNED_VARIANT) == set(INHERITED)
    assert not BIGCOMMERCE_OWNED & set(FIELDS)


def test_what_variants_have_products_have_too() -> None:
    assert set(PLAIN_OF_VARIANTS) <= set(PLAIN_OF_PRODUCTS)
    assert all(entry.product for entry in FIELDS.values())
    assert all(entry.variant for entry in FIELDS.values() if entry.alone)
