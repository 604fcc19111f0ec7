"""Who owns which field."""

import pytest

from tests.builders import a_jumper, a_link, a_product, linked_variants
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.mapping import content, creation, variant_content
from tillbridge.domain.product import Product
from tillbridge.domain.web_owned import BIGCOMMERCE_OWNED

ALL_ON = FieldPolicy(dict.fromkeys(Field, Mode.ON))


@pytest.mark.parametrize("policy", [FieldPolicy(), ALL_ON], ids=["defaults", "everything on"])
@pytest.mark.parametrize("manual", [False, True])
def test_no_setting_sends_any_of_the_eight_on_an_update(policy: FieldPolicy, manual: bool) -> None:
    link = a_link("p-jumper", visible=False, variants=linked_variants("S", "M"))
    jumper = a_jumper()
    sent = set(content(jumper, policy, link, manual=manual))
    for variant in jumper.variants:
        sent |= set(variant_content(variant, policy, link, manual=manual))
    assert not sent & BIGCOMMERCE_OWNED


@pytest.mark.parametrize("product", [a_product(), a_jumper()], ids=["simple", "variants"])
def test_of_the_eight_only_the_weight_is_sent_at_creation(product: Product) -> None:
    sent = creation(product, ALL_ON, [7])
    assert set(sent) & BIGCOMMERCE_OWNED == {"weight"}
    for variant in sent.get("variants", []):
        assert not set(variant) & BIGCOMMERCE_OWNED


def test_categories_go_at_creation_only_and_all_else_always() -> None:
    policy = FieldPolicy()
    always = {field for field in Field if policy.sends(field)}
    assert always == set(Field) - {Field.CATEGORIES}
    assert policy.sends(Field.CATEGORIES, creating=True)
    assert not policy.sends(Field.CATEGORIES, manual=True)


@pytest.mark.parametrize(
    ("mode", "created", "changed", "asked"),
    [
        (Mode.OFF, False, False, False),
        (Mode.MANUAL, True, False, True),
        (Mode.CREATE, True, False, False),
        (Mode.ON, True, True, True),
    ],
)
def test_a_mode_says_when_its_field_goes(
    mode: Mode, created: bool, changed: bool, asked: bool
) -> None:
    policy = FieldPolicy({Field.DESCRIPTION: mode})
    assert policy.sends(Field.DESCRIPTION, creating=True) is created
    assert policy.sends(Field.DESCRIPTION) is changed
    assert policy.sends(Field.DESCRIPTION, manual=True) is asked


@pytest.mark.parametrize("field", [Field.NAME, Field.PRICE])
def test_name_and_price_go_at_creation_whatever_the_setting(field: Field) -> None:
    policy = FieldPolicy({field: Mode.OFF})
    assert policy.sends(field, creating=True)
    assert not policy.sends(field)


def test_a_field_the_setting_does_not_name_keeps_its_default() -> None:
    assert FieldPolicy({Field.NAME: Mode.OFF}).sends(Field.BARCODES)


def test_the_article_names_eight_things() -> None:
    """Weight, sizing, MSRP, sale price, tax code, customizations, SEO, custom fields."""
    sizing, tax = {"width", "height", "depth"}, {"tax_class_id", "product_tax_code"}
    seo = {"page_title", "meta_keywords", "meta_description", "search_keywords", "custom_url"}
    others = {"weight", "retail_price", "sale_price", "modifiers", "custom_fields"}
    assert sizing | tax | seo | others == BIGCOMMERCE_OWNED
