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
    FIELDS,
    PLAIN_OF_PRODUCTS,
    PLAIN_OF_VARIANTS,
    Entry,
    Field,
)
from tillbridge.domain.product import Product, Variant
from tillbridge.domain.web_owned import BIGCOMMERCE_OWNED, INHERITED
from tillbridge.domain.web_product import WebProduct, WebVariant

ROOT = Path(__file__).parents[3]
CONTRACT = yaml.safe_load((ROOT / "contracts/pos-api.openapi.yaml").read_text(encoding="utf-8"))
ENTRIES = pytest.mark.parametrize("entry", FIELDS.values(), ids=lambda entry: str(entry.wire))
PLAIN = pytest.mark.parametrize(
    "entry", [each for each in FIELDS.values() if each.plain], ids=lambda entry: str(entry.wire)
)
MADE_UP_BY_BIGCOMMERCE = {"brand_name"}
"""BigCommerce takes these and shows an id instead."""


def lacking(kind: type, attribute: str, want: Any) -> list[str]:
    """Return the attribute when `kind` has none of this name and type; a `want` of None is any type."""
    found = {each.name: each.type for each in fields(kind)}
    right = attribute in found and want in (None, found[attribute])
    return [] if right else [f"{kind.__name__}.{attribute}"]


@ENTRIES
def test_the_pos_record_has_the_attribute_it_comes_from(entry: Entry) -> None:
    text = str if entry.plain else None
    missing = lacking(Product, entry.source, text)
    if entry.variant and entry.source != "active":
        missing += lacking(Variant, entry.source, text)
    assert not missing, f"domain/product.py: {', '.join(missing)}"


@ENTRIES
def test_the_web_product_has_the_attribute_it_is_read_into(entry: Entry) -> None:
    text = WebProduct.__annotations__["upc"] if entry.plain else None
    missing = lacking(WebProduct, entry.web, text)
    if entry.variant:
        missing += lacking(WebVariant, entry.web, str if entry.plain else None)
    assert not missing, f"domain/web_product.py: {', '.join(missing)}"


@PLAIN
def test_the_contract_has_it_and_no_pos_must(entry: Entry) -> None:
    schemas = CONTRACT["components"]["schemas"]
    places = {"Product": True, "Variant": entry.variant is not None}
    places |= {f"{name}Create": expected for name, expected in places.items()}
    wrong = [
        f"{name}.{entry.source}"
        for name, expected in places.items()
        if (entry.source in schemas[name]["properties"]) is not expected
        or entry.source in schemas[name]["required"]
    ]
    assert not wrong, f"contracts/pos-api.openapi.yaml: {', '.join(wrong)}"


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
    assert re.search(rf"^\|[^|]*`{field.value}`", table, re.MULTILINE), (
        f"docs/settings.md, Fields: {field.value}"
    )


def test_the_eight_are_those_of_the_judge_and_never_ours() -> None:
    apart = {"modifiers", "custom_fields"}  # tables of their own in the simulated store
    assert set(OWNED_PRODUCT) | apart == BIGCOMMERCE_OWNED
    assert set(OWNED_VARIANT) == set(INHERITED)
    assert not BIGCOMMERCE_OWNED & set(FIELDS)


def test_what_variants_have_products_have_too() -> None:
    assert set(PLAIN_OF_VARIANTS) <= set(PLAIN_OF_PRODUCTS)
    assert all(entry.product for entry in FIELDS.values())
    assert all(entry.variant for entry in FIELDS.values() if entry.alone)
