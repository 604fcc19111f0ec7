"""A small shop whose two sides agree, each side written down by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

from cli.verify.model import Json, PosSide, StoreSide, Verdict
from cli.verify.owned import Snapshot
from cli.verify.verify import verify
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import WEB_STAFF
from sandbox.pos.server import PosServer

MUG, SHIRT, BAG, OLD = "p-mug", "p-shirt", "p-bag", "p-old"


def _chosen(size: str) -> list[Json]:
    return [{"name": "Size", "value": size}]


def fill_pos(pos: PosServer) -> None:
    """Put four products in the POS: a mug, a shirt in two sizes, untracked gift bags, a deleted
    lamp."""
    cloud = pos.cloud
    cloud.save_product(
        MUG,
        name="Salt &amp; Pepper Mug ",
        sku="MUG1",
        description_html="<p>Holds <b>350</b> ml.</p>",
        price="9.50",
        cost="4.10",
        brand="Clay Yard",
        mpn=" CY-350 ",
        bin_picking_number="B-04",
        condition="used",
        type="Digital",
        barcodes=[
            {"type": "UPC", "code": "036000291452"},
            {"type": "EAN", "code": "5012345678900"},
        ],
        images=[{"url": "https://pictures.example/mug.jpg"}],
        stock={"o-main": "5.5", "o-west": "3"},
    )
    cloud.save_product(
        SHIRT,
        name="Shirt",
        sku="SHIRT",
        description_html="",
        price="20.00",
        cost="8.00",
        variants=[
            {"id": "v-s", "sku": "SHIRT-S", "option_values": _chosen("S"), "stock": {"o-main": 2},
             "barcodes": [{"type": "GTIN", "code": "4006381333931"}], "mpn": "SH-S"},
            {"id": "v-l", "sku": "SHIRT-L", "option_values": _chosen("L"), "stock": {"o-main": 7},
             "price": "22.00", "cost": "9.00"},
        ],
    )  # fmt: skip
    cloud.save_product(BAG, name="Gift bag", sku="BAG", price="0.10", track_stock=False)
    cloud.save_product(OLD, name="Lamp", sku="LAMP", price="30.00", stock={"o-main": 1})
    cloud.delete_product(OLD)


STORE_PRODUCTS: list[Json] = [
    {
        "name": "Salt & Pepper Mug", "type": "digital", "weight": 0, "sku": "MUG1",
        "description": "<p>Holds <b>350</b> ml.</p>", "price": 9.5, "cost_price": 4.1,
        "brand_name": "CLAY YARD", "upc": "036000291452", "gtin": "5012345678900",
        "mpn": "CY-350", "bin_picking_number": "B-04", "condition": "Used",
        "is_visible": True, "inventory_tracking": "product", "inventory_level": 8,
        "images": [{"image_url": "https://pictures.example/mug.jpg"}],
    },
    {
        "name": "Shirt", "type": "physical", "weight": 0, "sku": "SHIRT", "description": "",
        "price": 20, "cost_price": 8, "is_visible": True, "inventory_tracking": "variant",
        "variants": [
            {"sku": "SHIRT-S", "inventory_level": 2, "gtin": "4006381333931", "mpn": "SH-S",
             "option_values": [{"option_display_name": "Size", "label": "S"}]},
            {"sku": "SHIRT-L", "inventory_level": 7, "price": 22, "cost_price": 9,
             "option_values": [{"option_display_name": "Size", "label": "L"}]},
        ],
    },
    {
        "name": "Gift bag", "type": "physical", "weight": 0, "sku": "BAG", "price": 0.1,
        "is_visible": True, "inventory_tracking": "none",
    },
    {
        "name": "Lamp, as the web staff calls it", "type": "physical", "weight": 0, "sku": "LAMP",
        "price": 31, "is_visible": False, "inventory_tracking": "product", "inventory_level": 1,
    },
]  # fmt: skip


@dataclass(slots=True)
class Shop:
    """Both sides, the links between them, and ways to change the store."""

    pos: PosServer
    store: StoreServer
    hands: requests.Session
    links: list[Json]
    ids: dict[str, int]
    variants: dict[str, int]

    def change(self, method: str, path: str, body: Any = None) -> Any:
        """Change the store as its own people do; placeholders such as {mug} and {s} are ids."""
        base = f"{self.store.api_url}/stores/{self.store.store_hash}"
        answer = self.hands.request(
            method, f"{base}/v3{path.format(**self.ids, **self.variants)}", json=body, timeout=5
        )
        answer.raise_for_status()
        return answer.json().get("data") if answer.content else None

    def set_level(self, level: int, **identity: int) -> None:
        """Set a stock level through the Inventory API."""
        item = {"location_id": 1, "quantity": level, **identity}
        body = {"reason": "a test", "items": [item]}
        self.change("PUT", "/inventory/adjustments/absolute", body)

    def link(self, pos_id: str) -> Json:
        """Return the link of a POS product, to be changed in place."""
        return next(link for link in self.links if link["pos_id"] == pos_id)

    @property
    def pos_side(self) -> PosSide:
        return PosSide(self.pos.base_url, self.pos.token)

    @property
    def store_side(self) -> StoreSide:
        return StoreSide(self.store.api_url, self.store.store_hash, self.store.token)

    def verdict(
        self, settings: Json | None = None, before: Snapshot | None = None, settle: float = 0
    ) -> Verdict:
        """Return verify's verdict of this moment."""
        return verify(
            self.pos_side,
            self.store_side,
            self.links,
            settings or {},
            before=before,
            settle_seconds=settle,
        )


def open_shop(pos: PosServer, store: StoreServer, hands: requests.Session) -> Shop:
    """Fill both servers and link what belongs together."""
    fill_pos(pos)
    numbers = store.control.seed(products=STORE_PRODUCTS)
    hands.headers.update({"X-Auth-Token": store.token, "User-Agent": WEB_STAFF})
    mug, shirt, bag, lamp = numbers
    shop = Shop(pos, store, hands, [], {"mug": mug, "shirt": shirt, "bag": bag, "lamp": lamp}, {})
    small, large = shop.change("GET", "/catalog/products/{shirt}/variants")
    shop.variants = {"s": small["id"], "l": large["id"]}
    pairs = dict(zip((MUG, SHIRT, BAG, OLD), numbers, strict=True))
    shop.links = [
        {
            "pos_id": pos_id,
            "bc_id": number,
            "status": "linked",
            "variants": {"v-s": small["id"], "v-l": large["id"]} if pos_id == SHIRT else {},
        }
        for pos_id, number in pairs.items()
    ]
    return shop
