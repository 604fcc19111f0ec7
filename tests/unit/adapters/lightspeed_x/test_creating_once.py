"""A product is created once, whatever is lost, and never in the place of another."""

from dataclasses import replace
from typing import Any

import pytest

from tests.lightspeed_imports import SOCKS, CatalogueLab
from tests.unit.adapters.lightspeed_x.created import (
    PLAIN,
    create,
    placed,
    row_of,
)
from tillbridge.adapters.http import Incoming
from tillbridge.adapters.lightspeed_x.calls import Ask, LightspeedCalls
from tillbridge.domain.errors import LostReply, Refused
from tillbridge.domain.new_product import NewProduct
from tillbridge.ports.pos_catalogue import Taken

# --- once -------------------------------------------------------------------------------------


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


def test_where_the_pos_goes_on_counting_what_is_not_counted_online_a_person_is_told(
    lab: CatalogueLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue, product = lab.catalogue(), placed(lab, replace(PLAIN, track_stock=False))
    send = LightspeedCalls.send

    def refuses_changes(calls: LightspeedCalls, ask: Ask) -> Incoming:
        if ask.method == "PUT":
            raise Refused(422, "Inventory is required")
        return send(calls, ask)

    monkeypatch.setattr(LightspeedCalls, "send", refuses_changes)
    for _ in range(2):  # whoever imports tries once more after a refusal
        with pytest.raises(Refused, match="it was created, but the POS goes on counting"):
            catalogue.create(product, again=False)
    assert len(lab.in_shop()) == 1
    lab.polls()
    with pytest.raises(Taken) as taken:
        lab.catalogue().create(product, again=False)
    assert taken.value.what == "name_taken"


# --- whose it is ------------------------------------------------------------------------------


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
