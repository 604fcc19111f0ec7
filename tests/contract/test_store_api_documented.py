"""What the client sends is what BigCommerce documents, call by call."""

from decimal import Decimal
from pathlib import Path

from sandbox.bigcommerce.server.server import StoreServer
from tests.beside import Beside
from tests.contract.bigcommerce_openapi import validate_traffic
from tests.contract.store_worlds import client_of
from tillbridge.ports.store_api import StockItem, StoreApi

IMAGE = {"image_url": "https://shop.example/1.jpg", "sort_order": 0, "is_thumbnail": True}


def use_everything(store: StoreApi) -> None:
    """Call every method of the port, as push does."""
    store.ping()
    store.highest_id()
    categories = store.create_categories(1, ["Seats"])
    store.categories(1)
    chair = store.create(
        {
            "name": "Armchair",
            "type": "physical",
            "weight": Decimal("12.5"),
            "price": Decimal("99.90"),
            "cost_price": Decimal(40),
            "sku": "CHAIR",
            "description": "",
            "brand_name": "Oak",
            "upc": "036000291452",
            "gtin": "",
            "inventory_tracking": "product",
            "is_visible": True,
            "categories": list(categories.values()),
            "images": [IMAGE],
        }
    )
    option_values = [{"option_display_name": "Size", "label": "S"}]
    stool = store.create(
        {
            "name": "Stool",
            "type": "physical",
            "weight": 0,
            "price": 1,
            "inventory_tracking": "variant",
            "variants": [{"sku": "S-S", "price": None, "option_values": option_values}],
        }
    )
    store.assign_channel([chair.id, stool.id], 1)
    store.update_products([{"id": chair.id, "price": Decimal("89.90"), "brand_id": 0, "upc": ""}])
    store.update_variants([{"id": stool.variants[0].id, "price": None, "cost_price": Decimal(2)}])
    store.set_stock([StockItem(1, 5, product=chair.id)])
    store.set_stock([StockItem(1, 5, variant=stool.variants[0].id)])
    (size,) = store.options(stool.id)
    medium = store.add_option_value(stool.id, size.id, "M")
    value = {"option_id": size.id, "id": medium}
    (second,) = store.update_variants(
        [{"product_id": stool.id, "sku": "S-M", "price": 3, "option_values": [value]}]
    )
    store.variants(stool.id)
    store.delete_variant(stool.id, second.id)
    colour = store.create_option(chair.id, "Colour", ["Red", "Blue"])
    store.delete_option(chair.id, colour.id)
    image = store.add_image(chair.id, IMAGE | {"sort_order": 1, "is_thumbnail": False})
    store.images(chair.id)
    store.delete_image(chair.id, image)
    store.find(chair.id)
    store.find_by_name("Armchair")
    store.find_by_sku("S-S")
    assert len(list(store.walk())) == 2


def test_every_call_is_as_bigcommerce_documents_it(tmp_path: Path, beside: Beside) -> None:
    documents = beside("spec", "bigcommerce")
    record = tmp_path / "traffic.jsonl"
    with StoreServer(quota="none", record=record) as server:
        use_everything(client_of(server))
    problems = [
        f"{problem.operation}: {problem.part}: {problem.message}"
        for problem in validate_traffic(record, documents)
    ]
    assert problems == []
    assert len(record.read_text(encoding="utf-8").splitlines()) > 20


def test_the_ledger_counts_exactly_what_the_store_counted() -> None:
    with StoreServer(quota="none") as server:
        store = client_of(server)
        use_everything(store)
        counted = server.control.counts("tillbridge")["calls"]
    assert counted == dict(store.record.calls)
