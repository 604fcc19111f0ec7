"""Products that are inserted past the API."""

from sandbox.bigcommerce.server.server import StoreServer
from tests.sandbox.bigcommerce.conftest import Api, a_product


def test_products_can_be_seeded_as_a_post_would_make_them(server: StoreServer, api: Api) -> None:
    body = a_product(sku="MUG", inventory_tracking="product", inventory_level=4)
    ids = server.control.seed(products=[body])
    read = api.product(ids[0], "channels")
    assert (read["inventory_level"], read["channels"]) == (4, [1])
    assert server.control.counts()["calls"] == {"GET /catalog/products/{product_id}": 1}


def test_made_up_products_are_like_any_other(server: StoreServer, api: Api) -> None:
    server.control.seed(count=2, variants=3)
    read = api.product(1, "variants,options")
    assert [variant["sku"] for variant in read["variants"]] == ["SEED-0-0", "SEED-0-1", "SEED-0-2"]
    assert [value["label"] for value in read["options"][0]["option_values"]] == [
        "Size 0", "Size 1", "Size 2",
    ]  # fmt: skip
    assert read["inventory_level"] == 3
    again = api.post("/catalog/products", a_product(name="seeded PRODUCT 1"))
    assert again.status_code == 409
    assert api.post("/catalog/products", a_product(sku="seed-1-2")).status_code == 409
    assert api.create(name="New", sku="NEW")["id"] == 3
