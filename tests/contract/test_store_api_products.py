"""What ports.store_api promises of products, kept by the fake and by the client on the sandbox."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.contract.store_worlds import World, a_world
from tillbridge.domain.errors import Clash, Gone, Refused, TooLarge
from tillbridge.domain.field_values import answered_values, differing
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.web_product import NOT_READ, WebProduct


@pytest.fixture(params=["fake", "sandbox"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    with a_world(request.param) as world:
        yield world


def a_payload(name: str = "Armchair", **fields: Any) -> dict[str, Any]:
    return {"name": name, "type": "physical", "weight": 0, "price": Decimal("12.50")} | fields


def variants_of_sizes(*sizes: str) -> list[dict[str, Any]]:
    return [
        {
            "sku": f"CHAIR-{size}",
            "price": None,
            "option_values": [{"option_display_name": "Size", "label": size}],
        }
        for size in sizes
    ]


def create(world: World, name: str = "Armchair", **fields: Any) -> WebProduct:
    return world.api.create(a_payload(name, **fields))


def test_a_created_product_is_found_by_id_name_and_sku(world: World) -> None:
    made = create(world, sku="CHAIR")
    assert world.api.find(made.id) == made
    listed = replace(made, images=NOT_READ, thumbnail=NOT_READ)
    assert world.api.find_by_name("ARMCHAIR") == [listed]
    assert list(world.api.walk()) == [listed]
    assert world.api.find_by_sku("chair") == [made.id]
    assert (made.name, made.sku, made.warning) == ("Armchair", "CHAIR", "")


def test_a_product_without_options_has_one_variant_without_option_values(world: World) -> None:
    made = create(world, sku="CHAIR")
    (base,) = world.api.variants(made.id)
    assert (base.id, base.sku, base.options) == (made.base, "CHAIR", ())
    assert made.variants == ()


def test_a_create_answers_its_variants_with_ids_and_option_values(world: World) -> None:
    made = create(world, variants=variants_of_sizes("S", "M", "L"))
    assert [(v.sku, v.options) for v in made.variants] == [
        ("CHAIR-S", (("Size", "S"),)),
        ("CHAIR-M", (("Size", "M"),)),
        ("CHAIR-L", (("Size", "L"),)),
    ]
    assert len({v.id for v in made.variants}) == 3
    assert world.api.find_by_sku("CHAIR-M") == [made.id]


def test_a_create_answers_image_ids_in_their_order(world: World) -> None:
    urls = ["https://shop.example/1.jpg", "https://shop.example/2.jpg"]
    images = [{"image_url": u, "sort_order": i, "is_thumbnail": i == 0} for i, u in enumerate(urls)]
    made = create(world, images=images)
    assert len(made.image_ids) == 2
    assert tuple(world.api.images(made.id)) == made.image_ids


def test_a_create_with_an_image_that_cannot_be_fetched_makes_nothing(world: World) -> None:
    with pytest.raises(Refused):
        create(world, images=[{"image_url": "https://shop.example/broken.jpg"}])
    assert world.api.find_by_name("Armchair") == []


def test_a_name_is_taken_whatever_its_case(world: World) -> None:
    create(world, "Armchair")
    with pytest.raises(Clash) as clash:
        create(world, "ARMCHAIR")
    assert clash.value.status == 409
    assert "name" in clash.value.title.lower()


@pytest.mark.parametrize("holder", [{"sku": "TAKEN"}, {"variants": variants_of_sizes("S")}])
@pytest.mark.parametrize("of_variant", [False, True])
def test_a_sku_is_taken_by_products_and_variants_alike(
    world: World, holder: dict[str, Any], of_variant: bool
) -> None:
    create(world, "Holder", **holder)
    sku = "taken" if "sku" in holder else "chair-s"
    wanted: dict[str, Any] = {"sku": sku}
    if of_variant:
        option = {"option_display_name": "Size", "label": "S"}
        wanted = {"variants": [{"sku": sku, "option_values": [option]}]}
    with pytest.raises(Clash) as clash:
        create(world, "Second", **wanted)
    assert "sku" in clash.value.title.lower()


def test_missing_fields_are_named(world: World) -> None:
    with pytest.raises(Refused) as refused:
        world.api.create({"name": "Armchair"})
    assert refused.value.status == 422
    assert {"weight", "price"} <= refused.value.fields.keys()


def test_an_update_changes_what_it_names_and_nothing_else(world: World) -> None:
    made = create(world, sku="CHAIR", description="<b>soft</b>")
    assert world.api.update_products([{"id": made.id, "price": Decimal("3.30")}]) == {}
    assert Decimal(str(world.field(made.id, "price"))) == Decimal("3.30")
    assert world.field(made.id, "description") == "<b>soft</b>"


def test_a_blank_overwrites(world: World) -> None:
    made = create(world, description="<b>soft</b>")
    world.api.update_products([{"id": made.id, "description": ""}])
    assert world.field(made.id, "description") == ""


def test_a_batch_with_one_bad_item_changes_nothing(world: World) -> None:
    first, second = create(world, "First"), create(world, "Second")
    with pytest.raises(Clash):
        world.api.update_products(
            [{"id": first.id, "description": "new"}, {"id": second.id, "name": "First"}]
        )
    assert not world.field(first.id, "description")


def test_a_batch_with_a_deleted_product_is_gone(world: World) -> None:
    first, second = create(world, "First"), create(world, "Second")
    world.remove(second.id)
    with pytest.raises(Gone):
        world.api.update_products([{"id": first.id, "price": 1}, {"id": second.id, "price": 1}])


def test_eleven_products_are_too_many(world: World) -> None:
    with pytest.raises(TooLarge):
        world.api.update_products([{"id": n, "price": 1} for n in range(1, 12)])


def test_variants_are_answered_in_the_order_they_were_sent(world: World) -> None:
    made = create(world, variants=variants_of_sizes("S", "M", "L"))
    items = [{"id": v.id, "price": Decimal("9.99")} for v in reversed(made.variants)]
    answered = world.api.update_variants(items)
    assert [v.id for v in answered] == [item["id"] for item in items]
    price = world.variant_field(made.id, made.variants[0].id, "price")
    assert Decimal(str(price)) == Decimal("9.99")


CARRIED = {
    "price": (Decimal("9.99999"), None, Decimal(0)),
    "cost_price": (Decimal("4.5"), 0),
    "upc": ("036000291452", ""),
    "bin_picking_number": ("A-1", ""),
}


@pytest.mark.parametrize(
    ("wire", "value"), [(wire, value) for wire, values in CARRIED.items() for value in values]
)
def test_the_answers_to_both_calls_show_what_was_taken(
    world: World, wire: str, value: object
) -> None:
    made = create(world, variants=variants_of_sizes("S"))
    values = {wire: value}
    variant = made.variants[0].id
    (in_batch,) = world.api.update_variants([{"id": variant, **values}])
    alone = world.api.update_variant(made.id, variant, values)
    for answer in (in_batch, alone):
        assert answer.id == variant
        assert wire not in answer.unanswered
        assert differing(values, answered_values(answer)) == []


def test_fifty_one_variants_are_too_many(world: World) -> None:
    with pytest.raises(TooLarge):
        world.api.update_variants([{"id": n, "price": 1} for n in range(1, 52)])


def test_every_product_is_walked_once_by_ascending_id(world: World) -> None:
    made = [create(world, f"Chair {n}") for n in range(5)]
    world.remove(made[2].id)
    walked = [product.id for product in world.api.walk()]
    assert walked == [p.id for p in made if p != made[2]]
    assert [product.id for product in world.api.walk(made[1].id)] == [p.id for p in made[3:]]


def test_the_highest_id_is_that_of_the_newest_product(world: World) -> None:
    assert world.api.highest_id() == 0
    create(world, "First")
    second = create(world, "Second")
    assert world.api.highest_id() == second.id


def test_a_deleted_product_is_not_found(world: World) -> None:
    made = create(world)
    world.remove(made.id)
    assert world.api.find(made.id) is None
    assert world.api.find_by_name("Armchair") == []
    assert world.api.find(StoreProductId(999_999)) is None
    assert not world.api.is_listed(made.id)
    assert world.api.is_listed(create(world, "Stool").id)


def test_a_product_is_put_on_a_storefront_twice_without_harm(world: World) -> None:
    made = create(world)
    for _ in range(2):
        world.api.assign_channel([made.id], 1)
    assert world.channels(made.id) == {1}


def test_the_store_can_be_pinged(world: World) -> None:
    world.api.ping()
    assert world.api.record.calls == {"GET /v2/time": 1}


def test_calls_are_counted_by_method_and_template(world: World) -> None:
    made = create(world)
    world.api.update_products([{"id": made.id, "price": 1}])
    world.api.find(made.id)
    assert world.api.record.calls == {
        "POST /catalog/products": 1,
        "PUT /catalog/products": 1,
        "GET /catalog/products/{product_id}": 1,
    }
