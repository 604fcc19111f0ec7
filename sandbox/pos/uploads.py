"""A product file that staff upload, read against what the POS already knows."""

from __future__ import annotations

from sandbox.pos.cloud import PosCloud
from sandbox.pos.csv_bytes import decoded
from sandbox.pos.csv_products import read_products
from sandbox.pos.glances import changes_of
from sandbox.pos.loaded import Loaded, leave_out_unpriced


def read_upload(cloud: PosCloud, raw: bytes, file_name: str) -> tuple[Loaded, str]:
    """Return the products of a file, and in words what stands out in it; change nothing.

    Raise UnknownShape for what is no product file, and PosRefusal."""
    content = decoded(raw)
    loaded = read_products(content.text, file_name)
    loaded.complain(file_name, content.notes)
    leave_out_unpriced(loaded, file_name, {product.id for product in cloud.catalogue.live()})
    return loaded, cloud.judge(changes_of(loaded.products, cloud.catalogue.find))
