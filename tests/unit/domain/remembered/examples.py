"""Products, links and words that several tests of this folder use."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import content_differs
from tillbridge.domain.errors import Problem
from tillbridge.domain.fields import PLAIN_OF_PRODUCTS
from tillbridge.domain.ids import PosVariantId, StoreProductId, StoreVariantId
from tillbridge.domain.link import Link
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct, WebVariant

SETTINGS = Settings()
A, B = "https://pos.example/a.jpg", "https://pos.example/b.jpg"
SMALL, LARGE = PosVariantId("v-jumper-s"), PosVariantId("v-jumper-l")
TAKEN = Problem("name_taken", "Another product has this name.", "name", 812)


def online(**known: Any) -> WebProduct:
    """Return a lantern as BigCommerce has it."""
    default = WebProduct(
        StoreProductId(101),
        "Storm Lantern",
        "STORM-LANTERN",
        description="<p>Burns all night in a gale.</p>",
        price=Decimal("39.9"),
        cost=Decimal(18),
        brand="Pier & Sons",
        brand_id=4,
        upc="",
        gtin="",
        tracking="product",
        visible=True,
        type="physical",
        images=(),
    )
    plain: dict[str, Any] = dict.fromkeys(PLAIN_OF_PRODUCTS, "")
    return replace(default, **plain | known)


def sizes(*names: str) -> tuple[WebVariant, ...]:
    return tuple(
        WebVariant(StoreVariantId(900 + place), f"JUMPER-{name}", (("Size", name),))
        for place, name in enumerate(names)
    )


def says_all(link: Link, record: Product) -> bool:
    """Return whether the link says that everything of the record's content is online."""
    return link.visible is record.visible and not content_differs(record, link, SETTINGS)
