"""/catalog/products/{product_id}/images."""

import sqlite3

from sandbox.bigcommerce.calls.call import LISTED, SHOWN, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.paging import paged
from sandbox.bigcommerce.catalog.images import (
    create_image,
    image_view,
    image_views,
    update_image,
)
from sandbox.bigcommerce.catalog.lookup import child_row, product_row
from sandbox.bigcommerce.catalog.modified import delete_part


def list_images(call: Call) -> Answer:
    """GET the images of a product: 204 when there are none (products_catalog.v3.yml)."""
    call.only(LISTED)
    views = image_views(call, product_row(call, call.params["product_id"])["id"])
    return paged(call, views) if views else Answer(204)


def post_image(call: Call) -> Answer:
    """POST one image by its address."""
    product_id = product_row(call, call.params["product_id"])["id"]
    image_id = create_image(call, product_id, call.json())
    return found(image_view(child_row(call, "images", product_id, image_id)))


def get_image(call: Call) -> Answer:
    """GET one image."""
    call.only(SHOWN)
    return found(image_view(_row(call)))


def put_image(call: Call) -> Answer:
    """PUT one image."""
    update_image(call, _row(call), call.json())
    return found(image_view(_row(call)))


def remove_image(call: Call) -> Answer:
    """DELETE one image."""
    delete_part(call, "images", _row(call))
    return Answer(204)


def _row(call: Call) -> sqlite3.Row:
    return child_row(call, "images", call.params["product_id"], call.params["image_id"])


SCOPE = "store_v2_products"
LIST = "/catalog/products/{product_id}/images"
ONE = LIST + "/{image_id}"
OPERATIONS = (
    Operation("GET", LIST, SCOPE, list_images),
    Operation("POST", LIST, SCOPE, post_image),
    Operation("GET", ONE, SCOPE, get_image),
    Operation("PUT", ONE, SCOPE, put_image),
    Operation("DELETE", ONE, SCOPE, remove_image),
)
