"""Storefront addresses of products: made from the name or chosen, unique in the store."""

import re
from typing import Any

from sandbox.bigcommerce.calls.errors import invalid_fields, refuse
from sandbox.bigcommerce.state.db import Database

NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


def automatic_url(db: Database, product_id: int, name: str) -> dict[str, Any]:
    """Return a free address made from the name."""
    slug = NOT_IN_SLUG.sub("-", name.lower()).strip("-")[:200] or "product"
    path = f"/{slug}/"
    holder = db.value("SELECT id FROM products WHERE url_key=?", path)
    if holder is not None and holder != product_id:
        path = f"/{slug}-{product_id}/"
    return {"url": path, "is_customized": False}


def chosen_url(db: Database, product_id: int, custom_url: dict[str, Any]) -> dict[str, Any]:
    """Return the address that a product asks for. Raises Refusal 422, or 409 if another has it."""
    path = custom_url.get("url")
    if not isinstance(path, str) or not 1 <= len(path) <= 255:
        raise invalid_fields({"custom_url": "custom_url must have a url of 1 to 255 characters"})
    holder = db.value("SELECT id FROM products WHERE url_key=?", path.lower())
    if holder is not None and holder != product_id:
        raise refuse(409, "The product custom_url is a duplicate", {"custom_url": "is a duplicate"})
    return {"url": path, "is_customized": bool(custom_url.get("is_customized", True))}
