"""Families and the state of polls as items of the mirror's table, and back."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter

from tillbridge.adapters.dynamodb.attributes import Item, is_newer, refuse_newer
from tillbridge.adapters.dynamodb.keys import sort_part
from tillbridge.adapters.pos_mirror import keys
from tillbridge.adapters.pos_mirror.packing import TOO_LARGE, packed, unpacked
from tillbridge.domain.families.as_product import as_product, leader
from tillbridge.domain.families.family import Family
from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.names import name_key
from tillbridge.domain.polling import PollState, Told
from tillbridge.domain.product import Product

NEWER = "Tillbridge's copy of it was saved by a newer Tillbridge, which must be deployed again"
DAMAGED = "Tillbridge's copy of it cannot be read"

log = logging.getLogger(__name__)


def family_values(kept: KeptFamily, version: int) -> tuple[Mapping[str, Any], bool]:
    """Return the attributes of a family of this minted version, and whether they hold less than all of it, because it
    is too large; those that are None are to be absent. Only a family with a living member is found by its name."""
    body, family = packed(kept.family)
    lost = TOO_LARGE if kept.family.items and not family.items else ""
    lead, told = leader(kept.family), kept.told
    values = {
        "version": version,
        "body": body,
        "told": f"{'items ' * told.items}{'levels' * told.levels}".strip() or None,
        "name": (lead and name_in_index(lead.fields.name)) or None,
        "unreadable": kept.unreadable or lost or None,
    }
    return values, family is not kept.family


def name_in_index(name: str) -> str:
    """Return a product's name as the index by name has it: names that look the same are one. Blank for none."""
    return sort_part(name_key(name))


def kept_of(item: Item) -> KeptFamily:
    """Return the family of an item. One that cannot be read says so in words, and is logged."""
    product, version = keys.product_of(item["sk"]["S"]), version_of(item)
    if is_newer(item):
        return KeptFamily(Family(product), version, unreadable=NEWER)
    try:
        family = unpacked(product, item["body"]["B"])
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with one row
        row = f"{item['pk']['S']} / {item['sk']['S']}"
        log.warning("a family cannot be read", extra={"row": row, "why": repr(problem)})
        return KeptFamily(Family(product), version, unreadable=DAMAGED)
    words = item.get("unreadable", {"S": ""})["S"]
    return KeptFamily(family, version, told_of(item), unreadable=words)


def product_of(kept: KeptFamily, state: PollState) -> Product:
    """Return the product of a family as it is kept, without the stock of the account's closed outlets."""
    if kept.unreadable and not kept.family.items:
        return Product(kept.family.id, kept.version, "", unreadable=kept.unreadable)
    return as_product(
        kept.family, kept.version, kept.unreadable, state.closed, any_open=state.is_open
    )


def version_of(item: Item) -> int:
    """Return the minted version of an item."""
    return int(item["version"]["N"])


def told_of(item: Item) -> Told:
    """Return what the newest version of an item tells."""
    words = item.get("told", {"S": ""})["S"].split()
    return Told(items="items" in words, levels="levels" in words)


def state_values(state: PollState) -> Mapping[str, Any]:
    """Return the attributes of an account's state, with a new token."""
    text = _states().dump_json(state, exclude={"rev"}).decode()
    return {"rev": uuid4().hex, "state": text}


def state_of(item: Item) -> PollState:
    """Return the state that an item holds. What nobody can read is logged, and is a new account's: it is polled from its
    beginning. Raise SavedByNewer."""
    refuse_newer(item)
    rev = item["rev"]["S"]
    try:
        kept = _states().validate_json(item["state"]["S"])
    except Exception:  # whatever is wrong with it, one walk through the POS mends it
        log.exception("the state of polls cannot be read", extra={"account": item["pk"]["S"]})
        kept = PollState()
    return replace(kept, rev=rev)


@cache
def _states() -> TypeAdapter[PollState]:
    return TypeAdapter(PollState)
