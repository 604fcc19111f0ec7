"""/products, the names that products bear, and the shop itself."""

from sandbox.lightspeed_x.calls.call import Operation
from sandbox.lightspeed_x.calls.paging import PAGED
from sandbox.lightspeed_x.calls.versions import BEFORE_FAMILIES, WITH_CHANGES
from sandbox.lightspeed_x.catalog import (
    categories,
    changing,
    creating,
    deleting,
    naming,
    one_name,
    reading,
    shop,
)

LOOK_UPS = frozenset({"sku", "name", "family_name", "includes[]", "include_images"})
CATEGORY_QUERY = frozenset({"parent", "include", "page_size", "after"})
ATTRIBUTE_QUERY = frozenset({"deleted"})

# Method, path, scope, handler, query, versions.
OPERATIONS = (
    Operation("GET", "/products", "products:read", reading.list_products, PAGED | LOOK_UPS),
    Operation("GET", "/products/{product_id}", "products:read", reading.get_product),
    Operation("POST", "/products", "products:write", creating.post_product, wires=BEFORE_FAMILIES),
    Operation("PUT", "/products/{product_id}", "products:write", changing.put_product, wires=WITH_CHANGES),
    Operation("DELETE", "/products/{product_id}", "products:write", deleting.delete_member),
    Operation("DELETE", "/products/{product_id}/all", "products:write", deleting.delete_family),
    Operation("GET", "/brands", "products:read", naming.list_brands, PAGED),
    Operation("POST", "/brands", "products:write", naming.post_brand),
    Operation("GET", "/brands/{brand_id}", "products:read", one_name.get_brand),
    Operation("PUT", "/brands/{brand_id}", "products:write", one_name.put_brand),
    Operation("DELETE", "/brands/{brand_id}", "products:write", one_name.delete_brand),
    Operation("GET", "/suppliers", "suppliers:read", naming.list_suppliers, PAGED),
    Operation("POST", "/suppliers", "suppliers:write", naming.post_supplier),
    Operation("GET", "/suppliers/{supplier_id}", "suppliers:read", one_name.get_supplier),
    Operation("PUT", "/suppliers/{supplier_id}", "suppliers:write", one_name.put_supplier),
    Operation("DELETE", "/suppliers/{supplier_id}", "suppliers:write", one_name.delete_supplier),
    Operation("GET", "/variant_attributes", "products:read", naming.list_attributes, ATTRIBUTE_QUERY),
    Operation("POST", "/variant_attributes", "products:write", naming.post_attribute),
    Operation("GET", "/product_types", "products:read", naming.list_types, PAGED),
    Operation("GET", "/product_categories", "products:read", categories.list_categories, CATEGORY_QUERY),
    Operation("POST", "/product_categories/bulk", "products:write", categories.post_categories),
    Operation("GET", "/outlets", "outlets:read", shop.list_outlets, PAGED),
    Operation("GET", "/registers", "registers:read", shop.list_registers, PAGED),
    Operation("GET", "/retailer", "retailer:read", shop.get_retailer),
)  # fmt: skip
