"""Options and their values: read, changed, deleted, and what is refused."""

from typing import Any

import pytest

from tests.sandbox.bigcommerce.conftest import Api, a_variant


def test_an_option_and_its_values_can_be_changed(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    option = made["options"][0]
    path = f"/catalog/products/{made['id']}/options/{option['id']}"
    value_id = option["option_values"][0]["id"]
    changed = api.put(
        path,
        {
            "display_name": "Length",
            "option_values": [
                {"id": value_id, "label": "Short"},
                {"label": "Long", "sort_order": 1},
            ],
        },
    ).json()["data"]
    assert changed["display_name"] == "Length"
    assert [value["label"] for value in changed["option_values"]] == ["Short", "Long"]
    assert api.get(path).json()["data"] == changed
    variant = api.get("/catalog/variants?sku=S").json()["data"][0]
    assert variant["option_values"][0]["label"] == "Short"
    values = f"{path}/values"
    long_id = changed["option_values"][1]["id"]
    assert api.put(f"{values}/{long_id}", {"label": "short"}).status_code == 422
    assert api.put(f"{values}/{long_id}", {"label": "XL"}).json()["data"]["label"] == "XL"
    assert api.get(f"{values}/{long_id}").json()["data"]["label"] == "XL"
    assert api.delete(f"{values}/{long_id}").status_code == 204
    assert [value["label"] for value in api.get(values).json()["data"]] == ["Short"]
    assert api.get(f"{values}/{long_id}").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"display_name": "Size", "type": "dropdown"}, 422),
        ({"type": "dropdown", "option_values": [{"label": "S", "sort_order": 0}]}, 422),
        ({"display_name": "A", "type": "x", "option_values": [{"label": "S", "sort_order": 0}]}, 422),
        ({"display_name": "A", "type": "dropdown", "option_values": [{"label": "S"}]}, 422),
        ({"display_name": "size", "type": "dropdown",
          "option_values": [{"label": "S", "sort_order": 0}]}, 409),
    ],
)  # fmt: skip
def test_an_option_that_makes_no_sense_is_refused(
    api: Api, body: dict[str, Any], status: int
) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    assert api.post(f"/catalog/products/{made['id']}/options", body).status_code == status


def test_an_option_has_250_values_at_most(api: Api) -> None:
    values = [{"label": str(number), "sort_order": number} for number in range(251)]
    body = {"display_name": "Size", "type": "dropdown", "option_values": values}
    path = f"/catalog/products/{api.create()['id']}/options"
    assert api.post(path, body).status_code == 422
    assert api.post(path, body | {"option_values": values[:250]}).status_code == 200
