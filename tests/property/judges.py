"""Four judges of whether two values are the same: drift, held values, the first push and verify.

Each pair of values is planted as the POS and as BigCommerce write it, and read by the real readers.
An undo asks for held values, so it is judged with them. Verify has its own mapping and its own
rules."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cli.verify.product import differences as verified
from cli.verify.store_reader import Online
from tillbridge.adapters.bigcommerce.selections import WHOLE
from tillbridge.adapters.bigcommerce.wire_product import read_product
from tillbridge.adapters.pos_cloud.wire import ProductRecord as PosRecord
from tillbridge.domain.connection import Settings
from tillbridge.domain.drift import differences
from tillbridge.domain.fields import FIELDS, PLAIN_OF_PRODUCTS, PLAIN_OF_VARIANTS
from tillbridge.domain.first_push import first_push
from tillbridge.domain.held import held
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.existing import linked_by_hand
from tillbridge.domain.web_product import WebProduct

type Json = dict[str, Any]

SETTINGS = Settings()
BRAND = 5
VARIANT = "v-1"
IN_POS = {"description": "description_html", "cost_price": "cost", "visibility": "active"}
ONLINE = {"visibility": "is_visible", "tracking": "inventory_tracking"}
WORDS = {"cost_price": "cost"}
"""Drift's word for a field, where it is not verify's."""
LABELS = {wire: entry.label for wire, entry in FIELDS.items()}
"""The first push's words."""


def in_pos(of_variant: bool, field: str, value: Any) -> Json:
    """Return a POS record with one value planted, on the product or on its only variant."""
    variant = {
        "id": VARIANT,
        "sku": "MUG-S",
        "price": None,
        "cost": None,
        "barcodes": [],
        "option_values": [{"name": "Size", "value": "S"}],
        "stock": [],
    }
    record = {
        "id": "p-1",
        "version": 3,
        "deleted_at": None,
        "name": "Mug",
        "sku": "MUG",
        "description_html": "",
        "brand": "",
        "price": "9.5",
        "cost": "4",
        "barcodes": [],
        "track_stock": False,
        "stock": [],
        "images": [],
        "variants": [variant] if of_variant else [],
        "active": True,
    }
    record |= dict.fromkeys(PLAIN_OF_PRODUCTS, "")
    variant |= dict.fromkeys(PLAIN_OF_VARIANTS, "")
    planted = variant if of_variant else record
    if field in ("upc", "gtin"):
        planted["barcodes"] = [{"type": field.upper(), "code": value}]
    else:
        planted[IN_POS.get(field, field)] = value
    return record


def online(of_variant: bool, field: str, value: Any) -> Json:
    """Return BigCommerce's record with one value planted."""
    variant = {
        "id": 71,
        "sku": "MUG-S",
        "price": None,
        "cost_price": None,
        "upc": "",
        "gtin": "",
        "inventory_level": 0,
        "option_values": [{"option_display_name": "Size", "label": "S"}],
    }
    product = {
        "id": 7,
        "name": "Mug",
        "sku": "MUG",
        "description": "",
        "brand_id": 0,
        "price": 9.5,
        "cost_price": 4,
        "upc": "",
        "gtin": "",
        "is_visible": True,
        "inventory_tracking": "none",
        "inventory_level": 0,
        "categories": [],
        "type": "physical",
        "images": [],
        "channels": [1],
        "variants": [variant] if of_variant else [],
    }
    product |= {name: (*FIELDS[name].choices, "")[0] for name in PLAIN_OF_PRODUCTS}
    variant |= dict.fromkeys(PLAIN_OF_VARIANTS, "")
    planted = variant if of_variant else product
    if field == "brand":
        planted["brand_id"] = BRAND if value else 0
    else:
        planted[ONLINE.get(field, field)] = value
    return product


def judge_drift(record: Product, web: WebProduct, field: str) -> bool:
    found = differences(record, linked_by_hand(record, web), web, SETTINGS)
    return WORDS.get(field, field) in {each.field for each in found}


def judge_held(record: Product, web: WebProduct, field: str) -> bool:
    bare = Link(record.id, LinkStatus.LINKED, id=web.id, visible=web.visible is True)
    keys = {key.rpartition(".")[2] for key in held(web, record, bare)}
    return bool(keys & ({"brand_name", "brand_id"} if field == "brand" else {field}))


def judge_first_push(record: Product, web: WebProduct, field: str) -> bool:
    effects = first_push(record, web, SETTINGS)
    return LABELS.get(field, field) in {effect.field for effect in effects}


JUDGES: tuple[Callable[[Product, WebProduct, str], bool], ...] = (
    judge_drift,
    judge_held,
    judge_first_push,
)


def verdicts(field: str, pos: Any, web: Any, *, of_variant: bool = False) -> dict[str, bool]:
    """Return, for each of the four, whether the two values differ. A first push replaces nothing
    where BigCommerce is blank, and an import holds no SKU that the store lacks: these have no
    verdict then."""
    ours, theirs = in_pos(of_variant, field, pos), online(of_variant, field, web)
    record = PosRecord.model_validate(ours).as_domain()
    shown = read_product(theirs).as_read(WHOLE)
    shown = replace(shown, brand=web if field == "brand" else "")
    said = {judge.__name__: judge(record, shown, field) for judge in JUDGES}
    if not web:
        del said["judge_first_push"]
        if field == "sku":
            del said["judge_held"]
    link = {"pos_id": "p-1", "bc_id": 7, "variants": {VARIANT: 71} if of_variant else {}}
    store = Online(products={7: theirs}, brands={BRAND: web} if field == "brand" else {})
    said["verify"] = field in {each.field for each in verified(link, ours, theirs, store, {})}
    return said
