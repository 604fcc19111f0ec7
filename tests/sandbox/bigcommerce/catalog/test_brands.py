"""Brands: one of each name, read, changed and deleted."""

from sandbox.bigcommerce.server.server import StoreServer
from tests.sandbox.bigcommerce.conftest import Api, a_product


def test_a_brand_name_is_unique(api: Api) -> None:
    made = api.post("/catalog/brands", {"name": "Acme"}).json()["data"]
    assert api.post("/catalog/brands", {"name": "ACME"}).status_code == 409
    assert api.get("/catalog/brands?name:like=cm").json()["data"][0]["id"] == made["id"]
    product = api.create(brand_id=made["id"])
    assert api.delete(f"/catalog/brands/{made['id']}").status_code == 204
    assert api.product(product["id"])["brand_id"] == 0


def test_a_brand_can_be_read_changed_and_not_renamed_to_another(api: Api) -> None:
    made = api.post("/catalog/brands", {"name": "Acme"}).json()["data"]
    api.post("/catalog/brands", {"name": "Other"})
    path = f"/catalog/brands/{made['id']}"
    assert api.put(path, {"name": "Acme 2"}).json()["data"]["name"] == "Acme 2"
    assert api.put(path, {"name": "OTHER"}).status_code == 409
    assert api.get(path).json()["data"]["name"] == "Acme 2"
    assert api.get("/catalog/brands/99").status_code == 404
    assert api.post("/catalog/brands", {}).status_code == 422
    listed = api.get(f"/catalog/brands?id:in={made['id']}&sort=name&direction=desc")
    assert [brand["id"] for brand in listed.json()["data"]] == [made["id"]]


def test_a_store_has_30_000_brands_at_most(server: StoreServer, api: Api) -> None:
    db = server.store.db
    db.connection.executemany(
        "INSERT INTO brands(name_key, name, body) VALUES (?, '', '{}')",
        [(str(number),) for number in range(30_000)],
    )
    assert api.post("/catalog/brands", {"name": "Acme"}).status_code == 422
    assert api.post("/catalog/products", a_product(brand_name="Acme")).status_code == 422


def test_a_brand_is_changed_only_with_its_name(api: Api) -> None:
    made = api.post("/catalog/brands", {"name": "Acme"}).json()["data"]
    path = f"/catalog/brands/{made['id']}"
    assert list(api.put(path, {"page_title": "A"}).json()["errors"]) == ["name"]
    assert api.put(path, {"name": "Acme", "page_title": "A"}).status_code == 200
