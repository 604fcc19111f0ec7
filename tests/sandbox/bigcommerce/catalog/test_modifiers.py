"""Modifiers: a product's customisations."""

from tests.sandbox.bigcommerce.conftest import Api


def test_a_modifier_is_a_sub_resource_with_a_unique_name(api: Api) -> None:
    made = api.create()
    path = f"/catalog/products/{made['id']}/modifiers"
    body = {"type": "text", "required": False, "display_name": "Engraving"}
    assert api.post(path, body).status_code == 200
    assert api.post(path, body).status_code == 409
    assert api.product(made["id"], "modifiers")["modifiers"][0]["display_name"] == "Engraving"


def test_a_modifier_can_be_changed_and_deleted_and_keeps_its_values(api: Api) -> None:
    path = f"/catalog/products/{api.create()['id']}/modifiers"
    values = [{"label": "Red", "sort_order": 0}]
    body = {"type": "dropdown", "required": True, "display_name": "Wrap", "option_values": values}
    made = api.post(path, body).json()["data"]
    changed = api.put(f"{path}/{made['id']}", {"display_name": "Paper", "option_values": []})
    assert changed.json()["data"]["option_values"] == made["option_values"]
    assert api.get(f"{path}/{made['id']}").json()["data"]["display_name"] == "Paper"
    assert api.post(path, {"type": "text"}).status_code == 422
    assert api.delete(f"{path}/{made['id']}").status_code == 204
    assert api.get(path).json()["data"] == []
