"""Images of a product; fetching each from its address during the call is simulated."""

import json
import re
import sqlite3
from typing import Any
from urllib.parse import urlsplit

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import refuse
from sandbox.bigcommerce.calls.field import SORT_ORDER, Field
from sandbox.bigcommerce.calls.validate import clean, own_id, records
from sandbox.bigcommerce.catalog.lookup import child_row
from sandbox.bigcommerce.catalog.modified import note_part

FIELDS: dict[str, Field] = {
    "image_url": Field("string", "", 0),
    "is_thumbnail": Field("boolean", False),
    "sort_order": SORT_ORDER,
    "description": Field("string", "", 0, 255),
}
MOST_IMAGES = 1000
UNREACHABLE = re.compile(r"broken|404", re.IGNORECASE)
TOO_BIG = re.compile(r"too-?big|9mb", re.IGNORECASE)
# BMP, GIF, JPEG, PNG, WBMP, XBM and WEBP are accepted; a name without an ending may be any.
NOT_AN_IMAGE = re.compile(
    r"\.(html?|pdf|txt|svg|mp4|mov|webm|tiff?|avif|hei[cf]|ico|psd|eps|ai|zip|docx?|json|xml)$",
    re.IGNORECASE,
)


def fetch(call: Call, url: str) -> None:
    """Pretend to fetch an image.

    Raises Refusal 422 for an address that is not one of an image, 400 for one that fails.
    """
    parts = urlsplit(url)
    if len(url) > 255 or re.search(r"\s", url) or parts.scheme not in ("http", "https"):
        raise refuse(422, "The field 'image_url' is invalid.", {"image_url": "is invalid"})
    host = parts.hostname or ""
    if "." not in host and host != "localhost":
        raise refuse(422, "The field 'image_url' is invalid.", {"image_url": "is invalid"})
    if TOO_BIG.search(parts.path):
        raise refuse(422, "The image is larger than 8 MB", code=10001)
    if NOT_AN_IMAGE.search(parts.path):
        raise refuse(
            422, "The file is not an image of a supported type", {"image_url": "is invalid"}
        )
    failing = call.strikes("image-fails", url)
    if failing or host.endswith(".invalid") or UNREACHABLE.search(parts.path):
        raise refuse(
            400, "The image could not be downloaded", {"image_url": "could not be fetched"}
        )


def image_view(row: sqlite3.Row) -> dict[str, Any]:
    """Return an image as answers show it, with the addresses of its sizes."""
    cdn = f"https://cdn.sandbox.invalid/products/{row['product_id']}/images/{row['id']}"
    body = json.loads(row["body"])
    return {
        "id": row["id"],
        "product_id": row["product_id"],
        **body,
        "url_zoom": f"{cdn}/zoom.jpg",
        "url_standard": f"{cdn}/standard.jpg",
        "url_thumbnail": f"{cdn}/thumbnail.jpg",
        "url_tiny": f"{cdn}/tiny.jpg",
    }


def image_views(call: Call, product_id: int) -> list[dict[str, Any]]:
    """Return the images of a product as answers show them."""
    rows = call.store.db.all("SELECT * FROM images WHERE product_id=? ORDER BY id", (product_id,))
    return [image_view(row) for row in rows]


def create_image(call: Call, product_id: int, item: Any) -> int:
    """Add an image to a product; return its id. Raises Refusal 400 or 422."""
    image_id = _add(call, product_id, item)
    note_part(call, product_id, "images")
    return image_id


def update_image(call: Call, row: sqlite3.Row, item: Any) -> None:
    """Change an image. Raises Refusal 400 or 422."""
    _change(call, row, item)
    note_part(call, row["product_id"], "images")


def put_images(call: Call, product_id: int, items: Any) -> None:
    """Add the images sent inside a product; change those that have an id.

    An image sent again without its id is added a second time. Raises Refusal 400, 404 or 422.
    """
    for item in records("images", items):
        image_id = own_id(item)
        if image_id is not None:
            _change(call, child_row(call, "images", product_id, image_id), item)
        else:
            _add(call, product_id, item)


def _add(call: Call, product_id: int, item: Any) -> int:
    values = clean(FIELDS, item)
    if not values.get("image_url"):
        raise refuse(422, "image_url must be present if uploading by url")
    db = call.store.db
    count = db.value("SELECT COUNT(*) FROM images WHERE product_id=?", product_id)
    if count >= MOST_IMAGES:
        raise refuse(422, f"A product may have at most {MOST_IMAGES} images")
    fetch(call, values["image_url"])
    body = {key: field.default for key, field in FIELDS.items()}
    body.update({"sort_order": count, "is_thumbnail": count == 0}, date_modified=call.store.now())
    body.update(values)
    image_id = db.run(
        "INSERT INTO images(product_id, body) VALUES (?,?)",
        product_id,
        json.dumps(body, ensure_ascii=False),
    )
    if body["is_thumbnail"]:
        _only_thumbnail(call, product_id, image_id)
    return image_id


def _change(call: Call, row: sqlite3.Row, item: Any) -> None:
    values = clean(FIELDS, item)
    if "image_url" in values:
        fetch(call, values["image_url"])
    body = {**json.loads(row["body"]), **values, "date_modified": call.store.now()}
    call.store.db.run(
        "UPDATE images SET body=? WHERE id=?", json.dumps(body, ensure_ascii=False), row["id"]
    )
    if values.get("is_thumbnail"):
        _only_thumbnail(call, row["product_id"], row["id"])


def _only_thumbnail(call: Call, product_id: int, image_id: int) -> None:
    call.store.db.run(
        "UPDATE images SET body=json_set(body, '$.is_thumbnail', json('false'))"
        " WHERE product_id=? AND id<>?",
        product_id,
        image_id,
    )
