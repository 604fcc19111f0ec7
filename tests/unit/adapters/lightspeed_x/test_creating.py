"""What is sent to X-Series when a product is created, by how few calls, and under which names."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.lightspeed_imports import LAMP, SOCKS, CatalogueLab
from tests.unit.adapters.lightspeed_x.created import (
    PLAIN,
    create,
    numbered,
    placed,
    row_of,
)
from tillbridge.domain.errors import Refused

# --- what is sent -----------------------------------------------------------------------------


def test_a_simple_product_costs_one_call(lab: CatalogueLab) -> None:
    product = placed(lab, PLAIN)
    lab.asked()
    made = lab.catalogue().create(product, again=False)
    assert lab.asked() == {"POST /products": 1}
    row = row_of(lab, made.id)
    assert (row["name"], row["sku"], row["supplier_code"]) == ("Lamp", "P0000019", "LMP-01")
    assert row["source_id"] == "hash/7"
    assert (row["price_excluding_tax"], row["supply_price"]) == (19.99, 7.5)
    assert row["supplier"]["name"] == "No Vendor"
    assert row["type"]["name"] == "Lighting"
    codes = {(code["type"].upper(), code["code"]) for code in row["product_codes"]}
    assert {("UPC", "036000291452"), ("EAN", "4006381333931")} <= codes


def test_a_family_costs_one_more_to_learn_which_variant_leads(lab: CatalogueLab) -> None:
    catalogue, product = lab.catalogue(), placed(lab, SOCKS)
    catalogue.create(product, again=False)
    lab.asked()
    other = replace(
        product,
        name="Hats",
        external_id="hash/9",
        variants=tuple(replace(each, sku=f"{each.sku}H") for each in product.variants),
    )
    made = catalogue.create(other, again=False)
    assert lab.asked() == {"POST /products": 1, "GET /products/{product_id}": 1}
    back = catalogue.read_back([made])[made.id]
    assert back.record.id == made.id
    assert [(each.price, each.cost) for each in back.record.variants] == [
        (Decimal("3.5"), Decimal("7.5")),
        (Decimal("19.99"), Decimal("7.5")),
        (Decimal("19.99"), Decimal("7.5")),
    ]


def test_the_price_goes_with_tax_or_without_as_the_retailer_has_it() -> None:
    lab = CatalogueLab(tax_exclusive=False)
    made = lab.catalogue(tax_in_prices=None).create(placed(lab, PLAIN), again=False)
    assert row_of(lab, made.id)["price_including_tax"] == 19.99
    assert lab.asked()["GET /retailer"] == 1


def test_of_a_product_that_is_not_tracked_online_the_stock_is_not_counted(
    lab: CatalogueLab,
) -> None:
    product = placed(lab, replace(PLAIN, track_stock=False))
    lab.asked()
    catalogue = lab.catalogue()
    made = catalogue.create(product, again=False)
    assert lab.asked() == {"POST /products": 1, "PUT /products/{product_id}": 1}
    record = catalogue.read_back([made])[made.id].record
    assert not record.track_stock


@pytest.mark.parametrize(
    ("field", "amount"),
    [("price", "12345678901234.12345"), ("cost", "0.12345678901234567890")],
)
def test_an_amount_that_a_double_cannot_hold_is_refused_before_any_call(
    lab: CatalogueLab, field: str, amount: str
) -> None:
    product = placed(lab, replace(PLAIN, **{field: Decimal(amount)}))  # type: ignore[arg-type]  # two fields of one type
    lab.asked()
    with pytest.raises(Refused) as refused:
        lab.catalogue().create(product, again=False)
    assert amount in refused.value.said
    assert lab.asked() == {}


def test_an_amount_that_is_refused_says_of_which_variant_it_is(lab: CatalogueLab) -> None:
    first, *others = SOCKS.variants
    odd = replace(first, price=Decimal("0.12345678901234567890"))
    with pytest.raises(Refused) as refused:
        lab.catalogue().create(replace(SOCKS, variants=(odd, *others)), again=False)
    assert refused.value.said.startswith("price of S / red: 0.1234567890123456789")


def test_a_code_that_is_given_twice_is_sent_once(lab: CatalogueLab) -> None:
    create(lab, replace(PLAIN, upc="036000291452", gtin=" 036000291452"))
    assert lab.in_shop() == [("Lamp", ["P0000019"])]


# --- names ------------------------------------------------------------------------------------


def test_a_department_with_others_below_it_gets_a_leaf_of_its_name(lab: CatalogueLab) -> None:
    names = lab.account.names.categories
    garden = names.add("Garden")
    names.add("Chairs", garden.id)
    leaf = lab.catalogue().ensure_department("garden")
    assert leaf != garden.id
    assert lab.catalogue().ensure_department("Garden") == leaf
    create(lab, replace(PLAIN, name="Gnome", sku="P000003V"))
    assert lab.catalogue().ensure_department("Chairs") not in (garden.id, leaf)


def test_a_brand_and_attributes_are_made_once(lab: CatalogueLab) -> None:
    catalogue = lab.catalogue()
    product = placed(lab, replace(SOCKS, brand="Oak"))
    lab.asked()
    catalogue.create(product, again=False)
    made = lab.asked()
    assert (made["POST /brands"], made["POST /variant_attributes"]) == (1, 2)
    hats = replace(
        product,
        name="Hats",
        external_id="hash/9",
        brand=" oak",
        variants=tuple(replace(each, sku=f"{each.sku}H") for each in product.variants),
    )
    lab.catalogue().create(hats, again=False)
    counted = lab.asked()
    assert "POST /brands" not in counted
    assert "POST /variant_attributes" not in counted


def test_a_brand_that_is_gone_is_looked_up_anew_after_the_refusal(lab: CatalogueLab) -> None:
    catalogue = lab.catalogue()
    catalogue.create(placed(lab, LAMP), again=False)
    oak = lab.account.names.brands.called("Oak")
    assert oak is not None
    vase = numbered(placed(lab, LAMP), 9)
    lab.account.names.brands._rows.pop(oak.id)  # a person deleted it
    with pytest.raises(Refused):
        catalogue.create(vase, again=False)
    catalogue.create(vase, again=False)
    assert len(lab.in_shop()) == 2
