"""An X-Series account with a lamp and a shirt in two sizes."""

import pytest

from tests.lightspeed_lab import Lab


@pytest.fixture
def lab() -> Lab:
    made = Lab()
    made.cloud.save_product(
        "p-lamp",
        name="Lamp",
        sku="LAMP",
        price="19.99",
        cost="7.10",
        description_html="<p>Bright</p>",
        department="Lamps",
        vendor="Peak",
        brand="Oak",
        barcodes=[{"type": "UPC", "code": "036000291452"}],
        stock={"o-main": "5"},
    )
    sizes = [
        {
            "id": f"v-{size}",
            "sku": f"SHIRT-{size}",
            "price": "20.00",
            "stock": {"o-main": "3"},
            "option_values": [{"name": "Size", "value": size}],
        }
        for size in ("S", "M")
    ]
    made.cloud.save_product("p-shirt", name="Shirt", price="20.00", variants=sizes)
    made.account.calls.clear()
    return made
