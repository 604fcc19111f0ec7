"""The POS's products as its own API has them, in plain JSON."""

from typing import Any

from cli.deployment.connections import connection_of
from cli.deployment.target import Target
from cli.sides.compare import pos_side
from cli.verify.pos_reader import open_pos
from tillbridge.domain.ids import StoreId


def pos_products(target: Target, store: StoreId) -> list[dict[str, Any]]:
    """Return every product that is not deleted, by the version in which it was first read. Raise
    ReadFailedError."""
    with open_pos(pos_side(target, connection_of(target, store).pos_account)) as reader:
        return [each for each in reader.all_records().values() if not each.get("deleted_at")]
