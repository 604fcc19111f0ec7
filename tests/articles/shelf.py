"""What the shop of the article tests sells."""

from typing import Any

type Json = dict[str, Any]

PRODUCT_A, LAMP, SHIRT, ROPE = "p-product-a", "p-lamp", "p-shirt", "p-rope"


def product_a(**changes: Any) -> Json:
    """Return the article's Product A, which has no description in the POS."""
    return {
        "id": PRODUCT_A,
        "name": "Product A",
        "sku": "PRODUCT-A",
        "description_html": "",
        "price": "12.00",
        "stock": {"o-main": "5"},
        **changes,
    }


def lamp(**changes: Any) -> Json:
    """Return a simple product with every field filled in."""
    return {
        "id": LAMP,
        "name": "Storm Lantern",
        "sku": "LANTERN-1",
        "product_number": "0417",
        "description_html": "<p>Burns all night in a gale.</p>",
        "department": "Chandlery",
        "vendor": "Pier & Sons",
        "brand": "Pier & Sons",
        "price": "39.90",
        "cost": "18.00",
        "barcodes": [
            {"type": "UPC", "code": "036000291452"},
            {"type": "EAN", "code": "4006381333931"},
        ],
        "weight": "1.2",
        "images": [{"url": "https://pictures.example/lantern.jpg"}],
        "stock": {"o-main": "7", "o-west": "2"},
        **changes,
    }


def shirt(**changes: Any) -> Json:
    """Return a product in two sizes."""
    return {
        "id": SHIRT,
        "name": "Fisherman's Shirt",
        "sku": "SHIRT",
        "price": "25.00",
        "cost": "9.00",
        "brand": "Harbour Wear",
        "variants": [a_size("S", stock={"o-main": 4}), a_size("M", stock={"o-main": 6})],
        **changes,
    }


def a_size(size: str, **changes: Any) -> Json:
    """Return one size of the shirt."""
    return {
        "id": f"v-shirt-{size.lower()}",
        "sku": f"SHIRT-{size}",
        "option_values": [{"name": "Size", "value": size}],
        **changes,
    }


def rope(**changes: Any) -> Json:
    """Return a product that is sold by the metre."""
    return {
        "id": ROPE,
        "name": "Rope, per metre",
        "sku": "ROPE-M",
        "price": "1.15",
        "stock": {"o-main": "80.5"},
        **changes,
    }


def everything() -> list[Json]:
    """Return every product of the shelf."""
    return [product_a(), lamp(), shirt(), rope()]
