"""What it takes to read a whole account of X-Series once: calls, processor time and memory, on the simulator in this
process, whose own work at its answers is in the time."""

import resource
import sys
import time
from collections.abc import Iterator

from sandbox.pos.inputs import ProductInput
from tests.lightspeed_lab import Lab, item_pages, level_pages

VARIANTS = 48_000
OF_A_PRODUCT = 4
OUTLETS = 5
AT_ONCE = 500


def main() -> int:
    """Print the figures; the argument is how many variants there are."""
    variants = int(sys.argv[1]) if len(sys.argv) > 1 else VARIANTS
    lab = Lab(outlets=OUTLETS, registers=10)
    for some in _catalogue(lab, variants // OF_A_PRODUCT):
        lab.cloud.load(some)
    lab.asked()
    before = _peak_mb()
    began = time.process_time()
    rows = sum(page.rows for page in item_pages(lab.source()))
    items_s, began = time.process_time() - began, time.process_time()
    levels = sum(page.rows for page in level_pages(lab.source()))
    levels_s = time.process_time() - began
    print(f"{rows:,} rows, {levels:,} levels: {lab.asked()}")
    print(f"rows {items_s:.1f} s, levels {levels_s:.1f} s, {_peak_mb() - before:.0f} MB")
    return 0


def _catalogue(lab: Lab, products: int) -> Iterator[list[ProductInput]]:
    stock = {outlet.id: 3 for outlet in lab.cloud.catalogue.outlets}
    for start in range(0, products, AT_ONCE):
        yield [_product(n, stock) for n in range(start, min(start + AT_ONCE, products))]


def _product(number: int, stock: dict[str, int]) -> ProductInput:
    variants = [
        {
            "id": f"v-{size}",
            "sku": f"S{number}-{size}",
            "price": "9.90",
            "cost": "4.00",
            "option_values": [{"name": "Size", "value": str(size)}],
            "stock": stock,
        }
        for size in range(OF_A_PRODUCT)
    ]
    return ProductInput.model_validate(
        {
            "id": f"p-{number}",
            "name": f"Product {number}",
            "price": "9.90",
            "description_html": f"<p>{'word ' * 60}</p>",
            "brand": f"Brand {number % 50}",
            "vendor": f"Vendor {number % 50}",
            "department": f"Department {number % 50}",
            "variants": variants,
        }
    )


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


if __name__ == "__main__":
    sys.exit(main())
