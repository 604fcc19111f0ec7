"""The shop of a local world, as it knows itself, whichever POS it has."""

from typing import Any

from cli.verify.model import PosSide
from cli.verify.pos_reader import open_pos
from sandbox.runner import LocalWorld


def shop_records(world: LocalWorld) -> list[dict[str, Any]]:
    """Return every product that is not deleted, by the shop's own ids: a vendor's shop has the contract's wire, too."""
    with open_pos(PosSide(world.pos.base_url, world.pos.token)) as reader:
        return [each for each in reader.all_records().values() if not each.get("deleted_at")]
