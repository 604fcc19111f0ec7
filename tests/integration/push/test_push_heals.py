"""Whatever web staff leave wrong in a store, one Push by a person puts right: on the sandbox store, with
the real client."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.articles.shelf import LAMP, SHIRT, lamp, shirt
from tests.harness import House

type Json = dict[str, Any]
type Spoil = Callable[[House, Json], object]

PICTURES = [{"url": f"https://pictures.example/{name}.jpg"} for name in "ab"]


def _put(**fields: Any) -> Spoil:
    return lambda house, there: house.call("PUT", f"/catalog/products/{there['id']}", fields)


def _put_size(**fields: Any) -> Spoil:
    return lambda house, there: house.call(
        "PUT",
        f"/catalog/products/{there['id']}/variants/{there['variants'][0]['id']}",
        fields,
    )


def _delete_image(house: House, there: Json) -> None:
    house.call("DELETE", f"/catalog/products/{there['id']}/images/{there['images'][0]['id']}")


def _delete_size(house: House, there: Json) -> None:
    house.call("DELETE", f"/catalog/products/{there['id']}/variants/{there['variants'][0]['id']}")


def _add_size(house: House, there: Json) -> None:
    option = there["options"][0]
    path = f"/catalog/products/{there['id']}/options/{option['id']}/values"
    value = house.call("POST", path, {"label": "Huge", "sort_order": 9})["data"]
    others = there["variants"][0]["option_values"]
    values = [{"option_id": option["id"], "id": value["id"]}]
    values += [
        {"option_id": each["option_id"], "id": each["id"]}
        for each in others
        if each["option_id"] != option["id"]
    ]
    body = {"sku": "STRAY", "option_values": values}
    house.call("POST", f"/catalog/products/{there['id']}/variants", body)


STATES: dict[str, tuple[str, Spoil]] = {
    "hidden": (LAMP, _put(is_visible=False)),
    "temporary name": (LAMP, _put(name="Tillbridge swap 102")),
    "wrong price": (LAMP, _put(price=1)),
    "wrong description": (LAMP, _put(description="gone")),
    "wrong stock": (LAMP, _put(inventory_level=999)),
    "not tracked": (LAMP, _put(inventory_tracking="none")),
    "picture deleted": (LAMP, _delete_image),
    "wrong price of a size": (SHIRT, _put_size(price=1)),
    "wrong SKU of a size": (SHIRT, _put_size(sku="WRONG")),
    "wrong stock of a size": (SHIRT, _put_size(inventory_level=999)),
    "a size too few": (SHIRT, _delete_size),
    "a size too many": (SHIRT, _add_size),
}


@pytest.mark.parametrize("state", STATES)
def test_one_push_puts_right_what_a_person_sees(quick_house: House, state: str) -> None:
    house = quick_house
    product, spoil = STATES[state]
    house.has_linked(lamp(images=PICTURES), shirt())
    house.assert_in_step()
    spoil(house, house.online(product))
    house.push(product)
    house.settle()
    house.assert_in_step()
    online = house.online(product)
    assert online["is_visible"] is True
    assert len(online["images"]) == (2 if product == LAMP else 0)
