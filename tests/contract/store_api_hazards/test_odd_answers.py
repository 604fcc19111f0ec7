"""Answers that say less, more or something other than they should: parts, lags, new fields,
shifts."""

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.contract.store_api_hazards.conftest import A_PRODUCT, CREATE, LIST, calls
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.domain.errors import (
    Refused,
)
from tillbridge.domain.field_values import answered_values, differing


def test_a_create_of_which_a_part_was_not_saved_says_so(
    server: StoreServer, store: BigCommerceStore
) -> None:
    server.control.set_hazard("partial-207", method="POST", part="custom_url")
    made = store.create(A_PRODUCT | {"custom_url": {"url": "/armchair/", "is_customized": True}})
    assert made.id
    assert "custom_url" in made.warning


def test_a_batch_of_which_a_part_was_not_saved_warns_of_every_product(
    server: StoreServer, store: BigCommerceStore
) -> None:
    ids = [store.create(A_PRODUCT | {"name": f"Chair {n}", "sku": f"C{n}"}).id for n in range(2)]
    server.control.set_hazard("partial-207", method="PUT", part="price")
    warnings = store.update_products([{"id": one, "price": 2} for one in ids])
    assert set(warnings) == set(ids)
    assert all("price" in words for words in warnings.values())


def test_a_batch_refused_without_a_name_says_what_is_wrong(
    server: StoreServer, store: BigCommerceStore
) -> None:
    made = store.create(A_PRODUCT)
    server.control.set_hazard("batch-422", remaining=1)
    with pytest.raises(Refused) as refused:
        store.update_products([{"id": made.id, "name": "Chair"}])
    assert refused.value.status == 422
    assert "name" in refused.value.fields


def test_an_answer_to_a_batch_shows_what_it_ignored_and_the_single_call_takes_it(
    server: StoreServer, store: BigCommerceStore
) -> None:
    option = {"option_display_name": "Size", "label": "S"}
    made = store.create(A_PRODUCT | {"variants": [{"sku": "S", "option_values": [option]}]})
    sent = {"upc": "036000291452", "cost_price": 2}
    server.control.set_hazard("batch-ignores", fields="upc")
    (answer,) = store.update_variants([{"id": made.variants[0].id, **sent}])
    assert differing(sent, answered_values(answer)) == ["upc"]
    answer = store.update_variant(made.id, made.variants[0].id, sent)
    assert differing(sent, answered_values(answer)) == []


def test_fields_nobody_knew_are_tolerated(server: StoreServer, store: BigCommerceStore) -> None:
    server.control.set_hazard("new-field")
    made = store.create(A_PRODUCT)
    store.update_products([{"id": made.id, "price": 2}])
    assert [product.id for product in store.walk()] == [made.id]


def test_ids_of_new_variants_come_from_the_answer_not_from_a_list_that_lags(
    server: StoreServer, store: BigCommerceStore
) -> None:
    server.control.set_hazard("variants-lag")
    option = {"option_display_name": "Size", "label": "S"}
    made = store.create(A_PRODUCT | {"variants": [{"sku": "S", "option_values": [option]}]})
    assert [variant.sku for variant in made.variants] == ["S"]
    assert list(calls(server)) == [CREATE]


def test_a_walk_misses_nothing_while_pages_shift(
    server: StoreServer, store: BigCommerceStore
) -> None:
    ids = server.control.seed(count=600)
    server.control.set_hazard("page-shift", by=3)
    walked = [product.id for product in store.walk()]
    assert walked == ids
    assert calls(server) == {LIST: 3}
