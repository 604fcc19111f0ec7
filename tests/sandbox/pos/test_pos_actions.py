"""What the sandbox POS guarantees when products are saved, moved and changed by many at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sandbox.pos.cloud import PosCloud
from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.inputs import ProductInput
from sandbox.pos.model import Product
from sandbox.pos.numbers import money_text, quantity_text
from sandbox.pos.publisher import ListPublisher
from sandbox.pos.refusal import PosRefusal
from sandbox.pos.wire import product_json


def a_cloud(**first: Any) -> PosCloud:
    """Return an account with one product, `mug`."""
    cloud = PosCloud(ListPublisher())
    cloud.load([ProductInput(**({"id": "mug", "name": "Mug", "stock": {"o-main": 5}} | first))])
    return cloud


def on_hand(product: Product, outlet: str = "o-main") -> Decimal:
    return next(level.on_hand for level in product.stock if level.outlet_id == outlet)


def size(value: str, **fields: Any) -> dict[str, Any]:
    return {"option_values": [{"name": "Size", "value": value}], **fields}


def test_a_save_changes_only_the_fields_it_names() -> None:
    cloud = a_cloud(brand="Clay Yard", description_html="<p>Hot</p>")
    cloud.save_product("mug", description_html="")
    mug = cloud.catalogue.get("mug")
    assert (mug.description_html, mug.brand, on_hand(mug)) == ("", "Clay Yard", Decimal(5))


def test_every_change_of_fields_or_stock_raises_the_version_above_all_others() -> None:
    cloud = a_cloud()
    versions = [cloud.catalogue.get("mug").version]
    changes: list[Callable[[], Any]] = [
        lambda: cloud.save_product("mug", price="2"),
        lambda: cloud.sell([{"product_id": "mug", "quantity": 1}]),
        lambda: cloud.save_product("cup", name="Cup"),
        lambda: cloud.delete_product("mug"),
    ]
    for change in changes:
        change()
        newest = max(p.version for p in cloud.catalogue.page(0, 500, include_deleted=True)[0])
        versions.append(newest)
    assert versions == sorted(set(versions))


def test_a_blank_sku_gets_the_next_number_that_nobody_has() -> None:
    cloud = PosCloud(ListPublisher())
    cloud.load(
        [
            ProductInput(id="a", name="A"),
            ProductInput(id="b", name="B", sku="10001"),
            ProductInput(id="c", name="C"),
        ]
    )
    assert [cloud.catalogue.get(i).sku for i in "abc"] == ["10000", "10001", "10002"]
    cloud.save_product("a", sku="", name="Still A")
    assert cloud.catalogue.get("a").sku == "10000"


def test_the_edit_page_refuses_a_sku_of_another_product_but_files_may_repeat_it() -> None:
    cloud = a_cloud(sku="MUG")
    with pytest.raises(PosRefusal, match="belongs to product 'mug'"):
        cloud.save_product("cup", name="Cup", sku="mug")
    cloud.load([ProductInput(id="cup", name="Cup", sku="mug")])
    assert [p.id for p in cloud.catalogue.holders_of_sku("MUG")] == ["mug", "cup"]


@pytest.mark.parametrize(
    "act",
    [
        lambda cloud, given: cloud.save_products(given),
        lambda cloud, given: cloud.import_products(
            [ProductInput.model_validate(each) for each in given], "spring.csv", 3
        ),
    ],
    ids=["save", "import"],
)
def test_of_several_products_of_which_one_is_refused_none_is_kept_or_sent(
    act: Callable[[PosCloud, list[dict[str, Any]]], Any],
) -> None:
    published = ListPublisher()
    cloud = PosCloud(published)
    cloud.load([ProductInput(id="mug", name="Mug")])
    before = cloud.catalogue.live()
    twins = [size("S", sku="T-1"), size("S", sku="T-2")]
    with pytest.raises(PosRefusal, match="Two variants are both S"):
        act(cloud, [{"id": "mug", "name": "Cup"}, {"id": "t", "name": "T", "variants": twins}])
    assert cloud.catalogue.live() == before
    assert published.entries == []


def test_products_created_in_one_save_get_numbers_that_none_of_them_has() -> None:
    cloud = a_cloud(sku="MUG")
    cloud.save_products([{"name": "One", "sku": "10000"}, {"name": "Two"}])
    assert [product.sku for product in cloud.catalogue.live()] == ["MUG", "10000", "10001"]


def test_two_products_swap_their_skus_in_one_save() -> None:
    cloud = a_cloud(sku="MUG")
    cloud.save_product("cup", name="Cup", sku="CUP")
    data = cloud.save_products([{"id": "mug", "sku": "CUP"}, {"id": "cup", "sku": "MUG"}])
    assert [p["product_id"] for p in data["products"]] == ["mug", "cup"]
    assert [cloud.catalogue.get(i).sku for i in ("mug", "cup")] == ["CUP", "MUG"]


def test_the_first_variant_takes_the_stock_from_the_product_and_the_last_gives_it_back() -> None:
    cloud = a_cloud()
    cloud.save_product("mug", variants=[size("S", stock={"o-main": 2})])
    mug = cloud.catalogue.get("mug")
    assert mug.stock == ()
    assert [level.on_hand for level in mug.variants[0].stock] == [2, 0]
    assert [(option.name, option.values) for option in mug.options] == [("Size", ("S",))]
    cloud.save_product("mug", variants=[])
    assert on_hand(cloud.catalogue.get("mug")) == 0


def test_a_variant_keeps_its_id_sku_and_stock_while_others_come_and_go() -> None:
    cloud = a_cloud(variants=[size("S", stock={"o-main": 2}), size("M")])
    small = cloud.catalogue.get("mug").variants[0]
    cloud.save_product("mug", variants=[size("S"), size("L")])
    after = cloud.catalogue.get("mug").variants
    assert after[0] == small
    assert after[1].id == "mug~3"


@pytest.mark.parametrize(
    "variants",
    [[size("S"), size("S")], [{"option_values": []}], [size("S"), {"option_values": [
        {"name": "Hue", "value": "Red"}]}]],
)  # fmt: skip
def test_variants_that_cannot_be_told_apart_are_refused(variants: list[dict[str, Any]]) -> None:
    cloud = a_cloud()
    with pytest.raises(PosRefusal):
        cloud.save_product("mug", variants=variants)
    assert cloud.catalogue.get("mug").variants == ()


def test_a_refused_line_leaves_every_line_of_the_sale_undone() -> None:
    cloud = a_cloud()
    with pytest.raises(PosRefusal):
        cloud.sell([{"product_id": "mug", "quantity": 1}, {"product_id": "gone", "quantity": 1}])
    assert on_hand(cloud.catalogue.get("mug")) == 5


def test_a_unit_of_a_product_with_variants_must_be_named() -> None:
    cloud = a_cloud(variants=[size("S")])
    with pytest.raises(PosRefusal, match="say which one"):
        cloud.sell([{"product_id": "mug", "quantity": 1}])


def test_stock_of_an_untracked_product_does_not_move_but_its_sale_is_told() -> None:
    published = ListPublisher()
    cloud = PosCloud(published)
    cloud.load([ProductInput(id="wrap", name="Wrapping", track_stock=False)])
    cloud.sell([{"product_id": "wrap", "quantity": 1}])
    assert cloud.catalogue.get("wrap").stock == ()
    assert len(published.entries) == 1


def test_goods_not_restocked_do_not_return_to_the_shelf() -> None:
    cloud = a_cloud()
    cloud.refund([{"product_id": "mug", "quantity": 1, "restocked": False}])
    cloud.refund([{"product_id": "mug", "quantity": 1}])
    assert on_hand(cloud.catalogue.get("mug")) == 6


def test_a_layaway_is_committed_and_still_on_hand() -> None:
    cloud = a_cloud()
    cloud.sell([{"product_id": "mug", "quantity": 2}], layaway=True)
    level = cloud.catalogue.get("mug").stock[0]
    assert (level.on_hand, level.committed) == (Decimal(5), Decimal(2))


def test_a_transfer_moves_and_a_count_replaces() -> None:
    cloud = a_cloud()
    cloud.stock_transfer([{"product_id": "mug", "quantity": "1.5"}])
    mug = cloud.catalogue.get("mug")
    assert (on_hand(mug), on_hand(mug, "o-west")) == (Decimal("3.5"), Decimal("1.5"))
    data = cloud.inventory_count([{"product_id": "mug", "counted": 9}])
    assert data["inventory_count"]["lines"][0]["expected"] == "3.5"
    assert on_hand(cloud.catalogue.get("mug")) == 9


def test_a_quantity_finer_than_five_places_is_refused() -> None:
    with pytest.raises(ValidationError):
        a_cloud().sell([{"product_id": "mug", "quantity": "0.000001"}])


def test_many_tills_at_once_lose_no_sale() -> None:
    published = ListPublisher()
    cloud = PosCloud(published)
    cloud.load([ProductInput(id="mug", name="Mug", stock={"o-main": 1000})])
    with ThreadPoolExecutor(8) as tills:
        list(tills.map(lambda _: cloud.sell([{"product_id": "mug", "quantity": 1}]), range(400)))
    assert on_hand(cloud.catalogue.get("mug")) == 600
    told = [entry["detail"]["data"]["products"][0]["version"] for entry in published.entries]
    assert len(set(told)) == 400


def test_an_event_never_goes_out_before_its_change_can_be_read() -> None:
    seen: list[bool] = []

    class Reader:
        def publish(self, entries: list[dict[str, Any]]) -> None:
            for reference in entries[0]["detail"]["data"]["products"]:
                kept = cloud.catalogue.find(reference["product_id"])
                seen.append(kept is not None and kept.version >= reference["version"])

    cloud = PosCloud(Reader())
    cloud.save_product("mug", name="Mug")
    cloud.sell([{"product_id": "mug", "quantity": 1}])
    cloud.delete_product("mug")
    assert seen == [True, True, True]


def test_the_feed_of_changes_is_complete_without_repeats() -> None:
    cloud = PosCloud(ListPublisher())
    cloud.load(demo_products())
    cloud.save_product("p-1001", price="1")
    seen, since, more = [], 0, True
    while more:
        page, more = cloud.catalogue.page(since, 7, include_deleted=True)
        seen += [product.id for product in page]
        since = page[-1].version
    assert len(seen) == len(set(seen)) == 40
    assert seen[-1] == "p-1001"


@given(st.decimals(-(10**9), 10**9, places=5))
def test_quantities_survive_the_wire(quantity: Decimal) -> None:
    text = quantity_text(quantity)
    assert Decimal(text) == quantity
    assert "E" not in text


@given(st.decimals(0, 10**9, places=4))
def test_money_survives_the_wire_with_at_least_two_places(amount: Decimal) -> None:
    text = money_text(amount)
    assert Decimal(text) == amount
    assert len(text.split(".")[1]) >= 2


def test_the_demo_catalogue_is_whole_and_awkward() -> None:
    cloud = PosCloud(ListPublisher())
    cloud.load(demo_products())
    shown = [product_json(product) for product in cloud.catalogue.live()]
    assert len(shown) == 40
    names = [product["name"] for product in shown]
    assert names.count("Wool Throw") == 2
    assert max(len(name) for name in names) > 250
    levels = [level["on_hand"] for product in shown for level in product["stock"]]
    assert {"-3", "47.75", "3000000000"} <= set(levels)
    assert any(not product["track_stock"] for product in shown)
    assert any(product["price"] == "0.00" for product in shown)
    conditions = {product["condition"] for product in shown}
    assert {"", "New", "new", "Used", "refurbished"} == conditions
    assert any(product["mpn"] for product in shown)
    assert any(variant["mpn"] for product in shown for variant in product["variants"])
