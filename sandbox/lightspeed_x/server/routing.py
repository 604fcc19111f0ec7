"""Every route of the API, with the scope that its token needs."""

import re
from dataclasses import dataclass

from sandbox.lightspeed_x.calls.call import Operation
from sandbox.lightspeed_x.calls.paging import PAGED
from sandbox.lightspeed_x.catalog import categories, changing, creating, naming, reading, shop
from sandbox.lightspeed_x.hooks import subscribing as hooks
from sandbox.lightspeed_x.stock import reading as stock

DATED = ("2026-07", "2026-10")
LOOK_UPS = frozenset({"sku", "name", "family_name", "includes[]", "include_images"})
CATEGORY_QUERY = frozenset({"parent", "include", "page_size", "after"})

OPERATIONS = (
    Operation("GET", "/products", "products:read", reading.list_products, PAGED | LOOK_UPS),
    Operation("GET", "/products/{product_id}", "products:read", reading.get_product),
    Operation("POST", "/products", "products:write", creating.post_product,
              wires=("2.0", "2026-07")),
    Operation("PUT", "/products/{product_id}", "products:write", changing.put_product, wires=DATED),
    Operation("GET", "/brands", "products:read", naming.list_brands, PAGED),
    Operation("POST", "/brands", "products:write", naming.post_brand),
    Operation("GET", "/suppliers", "suppliers:read", naming.list_suppliers, PAGED),
    Operation("POST", "/suppliers", "suppliers:write", naming.post_supplier),
    Operation("GET", "/variant_attributes", "products:read", naming.list_attributes,
              frozenset({"deleted"})),
    Operation("POST", "/variant_attributes", "products:write", naming.post_attribute),
    Operation("GET", "/product_types", "products:read", naming.list_types, PAGED),
    Operation("GET", "/product_categories", "products:read", categories.list_categories,
              CATEGORY_QUERY),
    Operation("POST", "/product_categories/bulk", "products:write", categories.post_categories),
    Operation("GET", "/outlets", "outlets:read", shop.list_outlets, PAGED),
    Operation("GET", "/registers", "registers:read", shop.list_registers, PAGED),
    Operation("GET", "/retailer", "retailer:read", shop.get_retailer),
    Operation("GET", "/inventory", "inventory:read", stock.get_inventory,
              frozenset({"after", "before", "page_size"}), ("2.0",)),
    Operation("POST", "/inventory", "inventory:read", stock.post_inventory, wires=DATED),
    Operation("POST", "/inventory_levels", "inventory:read", stock.post_levels, wires=DATED),
    Operation("GET", "/webhooks", "webhooks", hooks.list_hooks, wires=DATED),
    Operation("POST", "/webhooks", "webhooks", hooks.post_hook, wires=DATED),
    Operation("GET", "/webhooks/{webhook_id}", "webhooks", hooks.get_hook, wires=DATED),
    Operation("PUT", "/webhooks/{webhook_id}", "webhooks", hooks.put_hook, wires=DATED),
    Operation("DELETE", "/webhooks/{webhook_id}", "webhooks", hooks.delete_hook, wires=DATED),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """The route of a path: its operations by method, and the parameters in the path."""

    template: str
    operations: dict[str, Operation]
    params: dict[str, str]


def match(wire: str, path: str) -> Match | None:
    """Return the route of a path below the version, or None if this version has none."""
    for template, pattern in _PATTERNS:
        hit = pattern.fullmatch(path)
        found = {
            each.method: each
            for each in OPERATIONS
            if each.template == template and wire in each.wires
        }
        if hit and found:
            return Match(template, found, hit.groupdict())
    return None


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template))


# Fixed paths go before those with parameters.
_PATTERNS = [
    (template, _pattern(template))
    for template in sorted({each.template for each in OPERATIONS}, key=lambda name: "{" in name)
]
