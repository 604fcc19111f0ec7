"""Creating in X-Series: once, whatever is lost, by as few calls as it takes, and what its refusals mean."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sandbox.lightspeed_x.state.config import AccountConfig
from tests.lightspeed_imports import LAMP, SOCKS, CatalogueLab
from tests.mirrored import ACCOUNT
from tillbridge.domain.errors import LostReply, NeedsAttention, PosDown, Refused
from tillbridge.domain.new_product import ADOPTED, CreatedRecord, NewProduct
from tillbridge.ports.pos_catalogue import ReadBack, Taken

PLAIN = replace(LAMP, brand="")


@pytest.fixture
def lab() -> CatalogueLab:
    return CatalogueLab()


def placed(lab: CatalogueLab, product: NewProduct) -> NewProduct:
    catalogue = lab.catalogue()
    return replace(
        product,
        department_id=catalogue.ensure_department("Lighting"),
        vendor_id=catalogue.ensure_vendor("No Vendor"),
    )


def create(lab: CatalogueLab, product: NewProduct, *, again: bool = False) -> CreatedRecord:
    return lab.catalogue().create(placed(lab, product), again=again)


def read_back(lab: CatalogueLab, product: NewProduct) -> ReadBack:
    catalogue = lab.catalogue()
    made = catalogue.create(placed(lab, product), again=False)
    return catalogue.read_back([made])[made.id]


def numbered(product: NewProduct, number: int) -> NewProduct:
    return replace(
        product,
        name=f"Lamp {number}",
        sku=f"P{number:06}",
        external_id=f"hash/{number}",
        upc="",
        gtin="",
    )


def row_of(lab: CatalogueLab, made: str) -> dict[str, Any]:
    """Return the row as X-Series itself tells it."""
    address = "https://lantern.lightspeed.example/api/2026-07/products/"
    headers = {"Authorization": f"Bearer {lab.account.config.token}"}
    row: dict[str, Any] = lab.http.get(address + made, headers=headers).json()["data"]
    return row


# --- what is sent ----------------------------------------------------------------------------


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


def test_a_code_that_is_given_twice_is_sent_once(lab: CatalogueLab) -> None:
    create(lab, replace(PLAIN, upc="036000291452", gtin=" 036000291452"))
    assert lab.in_shop() == [("Lamp", ["P0000019"])]


# --- once ------------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", ["504", "drop"])
@pytest.mark.parametrize("product", [PLAIN, SOCKS], ids=["simple", "with variants"])
def test_a_create_whose_answer_is_lost_is_sent_once_and_found_by_its_sku(
    lab: CatalogueLab, lost: str, product: NewProduct
) -> None:
    product = placed(lab, product)
    lab.control.hazards(lose_creates=1, lost=lost)
    lab.asked()
    with pytest.raises(LostReply):
        lab.catalogue().create(product, again=False)
    assert lab.asked()["POST /products"] == 1
    catalogue = lab.catalogue()
    made = catalogue.create(product, again=True)
    assert lab.asked() == {"GET /products": 1}
    assert len(lab.in_shop()) == 1
    assert catalogue.read_back([made])[made.id].record.name == product.name


def test_where_nothing_was_made_the_one_who_comes_again_makes_it(lab: CatalogueLab) -> None:
    product = placed(lab, PLAIN)
    lab.asked()
    lab.catalogue().create(product, again=True)
    assert lab.asked() == {"GET /products": 1, "POST /products": 1}


def test_a_create_that_was_believed_lost_and_came_late_is_ours_though_it_is_refused(
    lab: CatalogueLab,
) -> None:
    product = placed(lab, PLAIN)
    first = lab.catalogue().create(product, again=False)  # before the mirror knows of it
    assert lab.catalogue().create(product, again=False).id == first.id
    assert len(lab.in_shop()) == 1


def test_killed_before_its_stock_was_made_untracked_it_is_by_the_next(lab: CatalogueLab) -> None:
    product = placed(lab, replace(PLAIN, track_stock=False))
    lab.catalogue().create(replace(product, track_stock=True), again=False)
    made = lab.catalogue().create(product, again=True)
    assert not row_of(lab, made.id)["has_inventory"]


# --- whose it is -----------------------------------------------------------------------------


def other(lab: CatalogueLab, **fields: Any) -> None:
    lab.cloud.save_product("p-other", price="5.00", **fields)


def test_a_name_that_the_mirror_knows_is_taken_and_costs_no_call(lab: CatalogueLab) -> None:
    other(lab, name="lamp", sku="X")
    lab.polls()
    product = placed(lab, PLAIN)
    lab.asked()
    with pytest.raises(Taken) as taken:
        lab.catalogue().create(product, again=False)
    assert (taken.value.what, taken.value.holder) == ("name_taken", lab.member("p-other"))
    assert lab.asked() == {}


def test_a_name_that_was_given_since_the_last_poll_is_taken_too(lab: CatalogueLab) -> None:
    product = placed(lab, PLAIN)
    other(lab, name="Lamp", sku="X")
    with pytest.raises(Taken) as taken:
        lab.catalogue().create(product, again=False)
    assert (taken.value.what, taken.value.holder) == ("name_taken", lab.member("p-other"))


def test_the_name_of_a_deleted_product_is_free(lab: CatalogueLab) -> None:
    other(lab, name="Lamp", sku="X")
    lab.polls()
    lab.cloud.delete_product("p-other")
    lab.polls()
    create(lab, PLAIN)
    assert lab.in_shop() == [("Lamp", ["P0000019"])]


@pytest.mark.parametrize("again", [False, True])
def test_a_sku_that_came_from_elsewhere_is_taken(lab: CatalogueLab, again: bool) -> None:
    other(lab, name="Other", sku=PLAIN.sku, external_ids={"source_id": "other/1"})
    with pytest.raises(Taken) as taken:
        create(lab, PLAIN, again=again)
    assert (taken.value.what, taken.value.holder) == ("sku_taken", lab.member("p-other"))


def test_a_sku_of_a_variant_that_another_has_is_taken(lab: CatalogueLab) -> None:
    other(lab, name="Other", sku=SOCKS.variants[2].sku)
    with pytest.raises(Taken) as taken:
        create(lab, SOCKS)
    assert taken.value.what == "sku_taken"


def test_a_barcode_of_another_product_is_refused_in_the_vendors_words(lab: CatalogueLab) -> None:
    other(lab, name="Other", sku="X", barcodes=[{"type": "UPC", "code": PLAIN.upc}])
    with pytest.raises(Refused, match=PLAIN.upc) as refused:
        create(lab, PLAIN)
    assert not isinstance(refused.value, Taken)


# --- names -----------------------------------------------------------------------------------


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


# --- read back -------------------------------------------------------------------------------


def test_the_mirrors_version_counts_where_nobody_edited_since(lab: CatalogueLab) -> None:
    back = read_back(lab, PLAIN)
    assert back.version == back.record.version > 0
    assert lab.pokes.count == 1


def test_an_edit_between_our_create_and_our_look_is_news(lab: CatalogueLab) -> None:
    catalogue = lab.catalogue()
    made = catalogue.create(placed(lab, PLAIN), again=False)
    # X-Series tells times in seconds; this test does not wait for the next.
    lab.account.book._created[made.id] = "2026-01-01T00:00:00+00:00"
    lab.cloud.save_product(lab.cloud.catalogue.live()[0].id, price="25.00")
    back = catalogue.read_back([made])[made.id]
    assert (back.record.price, back.version) == (Decimal(25), ADOPTED)


def test_it_waits_for_a_poll_that_comes_within_ten_seconds_and_no_longer(lab: CatalogueLab) -> None:
    for number, (delay, shown) in enumerate([(4.0, 1), (None, 0)]):
        lab.pokes.delay_s = delay
        catalogue = lab.catalogue()
        made = catalogue.create(numbered(placed(lab, PLAIN), number), again=False)
        began = lab.clock.now_ms()
        assert len(catalogue.read_back([made])) == shown
        assert lab.clock.now_ms() - began <= 10_000


def test_one_poke_and_one_wait_serve_a_whole_message(lab: CatalogueLab) -> None:
    catalogue, product = lab.catalogue(), placed(lab, PLAIN)
    lab.pokes.delay_s = 3.0
    made = [catalogue.create(numbered(product, n), again=False) for n in range(25)]
    lab.asked()
    assert len(catalogue.read_back(made)) == 25
    assert lab.pokes.count == 1
    assert lab.clock.slept == [0.5] * 6


def test_what_was_put_to_a_product_that_was_there_says_so(lab: CatalogueLab) -> None:
    catalogue = lab.catalogue()
    made = catalogue.create(placed(lab, SOCKS), again=False)
    shop = lab.cloud.catalogue.live()[0]
    variants = [
        {
            "id": each.id,
            "sku": each.sku,
            "price": "3.50",
            "option_values": [{"name": name, "value": value} for name, value in each.option_values],
        }
        for each in shop.variants
    ]
    theirs = {
        "sku": "THEIRS",
        "price": "3.50",
        "option_values": [{"name": "Size", "value": "XL"}, {"name": "Colour", "value": "red"}],
    }
    lab.cloud.save_product(shop.id, variants=[*variants, theirs])
    assert catalogue.read_back([made])[made.id].with_others


# --- trouble ---------------------------------------------------------------------------------


def test_a_refused_token_pokes_a_poll_which_renews_it(lab: CatalogueLab) -> None:
    with pytest.raises(PosDown, match="renewed") as told:
        lab.catalogue(token="dead").ensure_department("Lighting")
    assert told.value.wait == 30
    assert lab.pokes.count == 1


def test_a_missing_scope_needs_a_person(lab: CatalogueLab) -> None:
    product = placed(lab, PLAIN)
    scopes = sorted(AccountConfig().scopes - {"products:write"})
    lab.control.grant(scopes)
    with pytest.raises(NeedsAttention) as told:
        lab.catalogue().create(product, again=False)
    assert told.value.code == "pos_scope_missing"
    assert lab.pokes.count == 0


def test_an_account_in_trouble_takes_no_import(lab: CatalogueLab) -> None:
    product = placed(lab, PLAIN)
    state = lab.mirror.state(ACCOUNT)
    lab.mirror.keep_state(ACCOUNT, replace(state, trouble="pos_token_dead", words="Connect."))
    lab.asked()
    with pytest.raises(NeedsAttention, match="Connect"):
        lab.catalogue().create(product, again=False)
    assert lab.asked() == {}
    assert lab.pokes.count == 0, "its trouble is known"


def test_an_import_leaves_forty_percent_of_the_quota_to_others(lab: CatalogueLab) -> None:
    catalogue, product = lab.catalogue(), placed(lab, PLAIN)
    lab.control.spend(200)

    def message() -> list[CreatedRecord]:
        return [catalogue.create(numbered(product, n), again=False) for n in range(25)]

    with pytest.raises(PosDown) as told:
        message()
    assert told.value.wait > 0
    spent = 200 + len(lab.account.calls.every())
    assert 0.38 * 350 <= 350 - spent <= 0.4 * 350
