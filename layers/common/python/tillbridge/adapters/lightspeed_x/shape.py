"""Whether X-Series still answers as the version that we ask for: one that has expired is served by the oldest living
one, without a word, and fields would seem blank that only have another name."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from tillbridge.adapters.lightspeed_x.errors import expired
from tillbridge.domain.errors import PosDown

PRODUCT_KEYS = (
    "id",
    "version",
    "name",
    "sku",
    "has_inventory",
    "price_including_tax",
    "price_excluding_tax",
    "variant_options",
)
LEVEL_KEYS = ("product_id", "outlet_id", "version", "current_inventory_level")
"""Keys that every living record has by the vendor's file, blank or not."""

A_FEW = 3
"""So many records may be odd by themselves: a page of fewer says nothing of the whole API."""


def products_in(path: str, body: Any) -> list[Any]:
    """Return the records of a page that has a frame. Raise NeedsAttention when it is none of this version's, and
    PosDown when it is no page at all."""
    if isinstance(body, list):
        raise expired(path, "its list has no frame")
    found = body.get("data") if isinstance(body, dict) else None
    if isinstance(body, dict) and "data" in body and found is None:
        return []  # as X-Series' file has other lists of nothing
    if not isinstance(found, list):
        raise PosDown(f"The POS's answer has no list of records ({path}).")
    return found


def levels_in(path: str, body: Any) -> list[Any]:
    """Return the records of a page of stock, which has no frame since 2026-07; null is a page of nothing. Raise as
    `products_in`."""
    if body is None:
        return []
    if isinstance(body, dict) and isinstance(body.get("data"), list):
        raise expired(path, "its list of stock has a frame")
    if not isinstance(body, list):
        raise PosDown(f"The POS's answer has no list of records ({path}).")
    return body


def look(path: str, rows: Sequence[Any], keys: Sequence[str], least: int = A_FEW) -> None:
    """Raise NeedsAttention when no living record of the page, of at least so many, has one of these keys."""
    living = [row for row in rows if isinstance(row, dict) and row.get("deleted_at") is None]
    lacking = [key for key in keys if not any(key in row for row in living)]
    if len(living) >= least and lacking:
        raise expired(path, f"no record of {path} has {' or '.join(lacking[:3])}")


def look_at_order(path: str, rows: Sequence[Any], versions: Sequence[int]) -> None:
    """Raise NeedsAttention when a page is not by ascending version, or none of its versions can be read: the cursor
    would leave rows out, or stay for ever. A few odd versions are those of single records."""
    if len(rows) >= A_FEW and not versions:
        raise expired(path, f"no version of {path} can be read")
    pairs = list(pairwise(versions))
    falling = sum(one > two for one, two in pairs)
    if falling * 2 > len(pairs) and len(versions) >= A_FEW:
        raise expired(path, f"{path} lists the newest first")
