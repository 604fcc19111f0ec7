"""Reading stock: items by location, and the locations."""

from sandbox.bigcommerce.server.server import StoreServer
from tests.sandbox.bigcommerce.conftest import Api


def test_items_are_found_by_the_code_of_their_location(api: Api) -> None:
    api.create(sku="MUG", inventory_tracking="product", inventory_level=4)
    (item,) = api.get("/inventory/items?location_code:in=BC-LOCATION-1").json()["data"]
    assert [place["location_id"] for place in item["locations"]] == [1]
    (item,) = api.get("/inventory/items?location_code:in=NOWHERE").json()["data"]
    assert item["locations"] == []


def test_items_come_1000_a_page_at_most(server: StoreServer, api: Api) -> None:
    server.control.seed(count=1001)
    answer = api.get("/inventory/items?limit=5000").json()
    assert (len(answer["data"]), answer["meta"]["pagination"]["total_pages"]) == (1000, 2)


def test_one_location_s_items_and_the_locations_can_be_read(api: Api) -> None:
    made = api.create(sku="MUG", inventory_tracking="product", inventory_level=4)
    items = api.get("/inventory/locations/1/items?sku:in=mug").json()["data"]
    assert items[0]["identity"]["product_id"] == made["id"]
    assert items[0]["available_to_sell"] == 4
    assert api.get("/inventory/locations/9/items").status_code == 404
    assert [place["id"] for place in api.get("/inventory/locations").json()["data"]] == [1]
