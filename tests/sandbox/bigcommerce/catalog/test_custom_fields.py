"""Custom fields: pairs of name and value, each once on a product."""

from tests.sandbox.bigcommerce.conftest import Api


def test_a_custom_field_can_be_added_changed_and_deleted(api: Api) -> None:
    path = f"/catalog/products/{api.create()['id']}/custom-fields"
    made = api.post(path, {"name": "Care", "value": "Cold"}).json()["data"]
    assert api.put(f"{path}/{made['id']}", {"value": "Hot"}).json()["data"]["value"] == "Hot"
    assert api.get(f"{path}/{made['id']}").json()["data"]["value"] == "Hot"
    assert api.post(path, {"name": "Care", "value": "Hot"}).status_code == 422
    assert api.post(path, {"name": "Care"}).status_code == 422
    assert api.post(path, {"name": "Care", "value": "x" * 251}).status_code == 422
    assert api.delete(f"{path}/{made['id']}").status_code == 204
    assert api.get(path).json()["data"] == []


def test_a_custom_field_sent_twice_is_invalid(api: Api) -> None:
    made = api.create()
    path = f"/catalog/products/{made['id']}/custom-fields"
    field = {"name": "Care", "value": "Cold"}
    assert [api.post(path, field).status_code for _ in range(2)] == [200, 422]


def test_custom_fields_are_added_to_and_a_pair_sent_again_is_a_duplicate(api: Api) -> None:
    pair = {"name": "Care", "value": "Cold"}
    made = api.create(custom_fields=[pair])
    path = f"/catalog/products/{made['id']}"
    assert api.put(path, {"custom_fields": [{"name": "Care", "value": "Hot"}]}).status_code == 200
    assert api.put(path, {"custom_fields": [pair]}).status_code == 409
    assert len(api.product(made["id"], "custom_fields")["custom_fields"]) == 2
