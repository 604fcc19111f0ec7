"""What ports.store_api promises of stock, categories, options, variants and images."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.store_worlds import World, a_world
from tillbridge.domain.errors import Clash, Gone, Refused
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.store_api import StockItem


@pytest.fixture(params=["fake", "sandbox"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    with a_world(request.param) as world:
        yield world


def create(world: World, **fields: Any) -> WebProduct:
    payload = {"name": "Armchair", "type": "physical", "weight": 0, "price": 1, "sku": "CHAIR"}
    return world.api.create(payload | fields)


def with_sizes(world: World, *sizes: str, **fields: Any) -> WebProduct:
    variants = [
        {"sku": f"C-{size}", "option_values": [{"option_display_name": "Size", "label": size}]}
        for size in sizes
    ]
    return create(world, variants=variants, **fields)


def test_stock_of_a_product_without_options_is_set_by_its_product(world: World) -> None:
    made = create(world, inventory_tracking="product")
    world.api.set_stock([StockItem(1, 7, product=made.id)])
    assert world.level(made.id) == 7


def test_stock_of_variants_is_set_by_variant(world: World) -> None:
    made = with_sizes(world, "S", "M", inventory_tracking="variant")
    world.api.set_stock([StockItem(1, n, variant=v.id) for n, v in enumerate(made.variants, 3)])
    assert [world.level(made.id, v.id) for v in made.variants] == [3, 4]


@pytest.mark.parametrize("tracking", ["product", "variant"])
def test_stock_by_the_wrong_identity_is_refused(world: World, tracking: str) -> None:
    made = with_sizes(world, "S", inventory_tracking=tracking)
    wrong = (
        StockItem(1, 7, variant=made.variants[0].id)
        if tracking == "product"
        else StockItem(1, 7, product=made.id)
    )
    with pytest.raises(Refused):
        world.api.set_stock([wrong])


def test_one_refused_level_keeps_the_others_out(world: World) -> None:
    made = create(world, inventory_tracking="product")
    other = create(world, name="Other", sku="OTHER", inventory_tracking="product")
    world.remove(other.id)
    with pytest.raises(Refused):
        world.api.set_stock([StockItem(1, 7, product=made.id), StockItem(1, 7, product=other.id)])
    assert world.level(made.id) == 0


def test_stock_of_what_is_not_tracked_is_ignored_without_a_word(world: World) -> None:
    made = create(world, inventory_tracking="none")
    world.api.set_stock([StockItem(1, 7, product=made.id)])
    assert world.level(made.id) == 0


def test_categories_are_created_once_and_found_by_casefolded_name(world: World) -> None:
    made = world.api.create_categories(1, ["Tea", "Coffee"])
    assert set(made) == {"tea", "coffee"}
    assert world.api.categories(1) == made


def test_a_category_somebody_else_made_meanwhile_is_taken_as_it_is(world: World) -> None:
    first = world.api.create_categories(1, ["Tea"])
    both = world.api.create_categories(1, ["tea", "Milk"])
    assert both["tea"] == first["tea"]
    assert set(world.api.categories(1)) == {"tea", "milk"}


def test_a_category_name_over_fifty_characters_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        world.api.create_categories(1, ["x" * 51])


def test_an_option_is_made_with_its_values_and_makes_no_variants(world: World) -> None:
    made = create(world)
    option = world.api.create_option(made.id, "Size", ["S", "M"])
    large = world.api.add_option_value(made.id, option.id, "L")
    assert list(option.values) == ["S", "M"]
    (found,) = world.api.options(made.id)
    assert found.name == "Size"
    assert found.values == {**option.values, "L": large}
    assert [variant.id for variant in world.api.variants(made.id)] == [made.base]


def test_the_first_real_variant_replaces_the_base_variant_and_takes_the_sku(world: World) -> None:
    made = create(world)
    option = world.api.create_option(made.id, "Size", ["S"])
    value = {"option_id": option.id, "id": option.values["S"]}
    item = {"product_id": made.id, "sku": "CHAIR", "option_values": [value]}
    (variant,) = world.api.update_variants([item])
    assert (variant.sku, variant.options) == ("CHAIR", (("Size", "S"),))
    assert variant.id != made.base
    found = world.api.find(made.id)
    assert found is not None
    assert (found.sku, [v.id for v in found.variants]) == ("", [variant.id])


def test_a_second_variant_of_the_same_option_values_clashes(world: World) -> None:
    made = with_sizes(world, "S")
    (option,) = world.api.options(made.id)
    value = {"option_id": option.id, "id": option.values["S"]}
    with pytest.raises(Clash):
        world.api.update_variants(
            [{"product_id": made.id, "sku": "OTHER", "option_values": [value]}]
        )


def test_a_deleted_variant_is_gone_and_deleting_it_again_is_success(world: World) -> None:
    made = with_sizes(world, "S", "M")
    for _ in range(2):
        world.api.delete_variant(made.id, made.variants[0].id)
    assert [v.id for v in world.api.variants(made.id)] == [made.variants[1].id]


def test_a_product_with_more_variants_than_a_page_is_read_whole(world: World) -> None:
    pairs = [(f"S{size}", f"C{colour}") for size in range(13) for colour in range(20)]
    variants = [
        {
            "sku": f"{size}-{colour}",
            "option_values": [
                {"option_display_name": "Size", "label": size},
                {"option_display_name": "Colour", "label": colour},
            ],
        }
        for size, colour in pairs
    ]
    made = create(world, variants=variants)
    assert len(made.variants) == 260
    assert len(world.api.variants(made.id)) == 260
    found = world.api.find(made.id)
    assert found is not None
    assert [v.id for v in found.variants] == [v.id for v in made.variants]
    assert [len(product.variants) for product in world.api.walk()] == [260]


def test_a_deleted_option_is_gone_and_deleting_it_again_is_success(world: World) -> None:
    made = create(world)
    option = world.api.create_option(made.id, "Size", ["S"])
    for _ in range(2):
        world.api.delete_option(made.id, option.id)
    assert world.api.options(made.id) == []


def test_images_are_added_and_removed_one_by_one(world: World) -> None:
    made = create(world)
    first = world.api.add_image(made.id, {"image_url": "https://a.example/1.jpg", "sort_order": 0})
    second = world.api.add_image(made.id, {"image_url": "https://a.example/2.jpg", "sort_order": 1})
    assert list(world.api.images(made.id)) == [first, second]
    for _ in range(2):
        world.api.delete_image(made.id, first)
    assert list(world.api.images(made.id)) == [second]


def test_a_product_without_images_has_none(world: World) -> None:
    made = world.api.create({"name": "Armchair", "type": "physical", "weight": 0, "price": 1})
    assert list(world.api.images(made.id)) == []


def test_an_image_that_cannot_be_fetched_is_refused(world: World) -> None:
    made = create(world)
    with pytest.raises(Refused):
        world.api.add_image(made.id, {"image_url": "https://a.example/broken.jpg"})


def test_what_belongs_to_a_deleted_product_is_gone(world: World) -> None:
    made = create(world)
    world.remove(made.id)
    with pytest.raises(Gone):
        world.api.options(made.id)
    with pytest.raises(Gone):
        world.api.variants(made.id)
    with pytest.raises(Gone):
        world.api.images(made.id)
    world.api.delete_image(made.id, 1)
