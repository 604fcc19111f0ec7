"""A family as bytes that fit an item, and back: compressed JSON, with decimals as texts, in which blanks are left out.

Descriptions stand in a list of their own, which rows point to: a vendor repeats a family's in each row, and what
compresses sees repeats within 32 kB alone."""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tillbridge.domain.families.family import Family, LevelKey
from tillbridge.domain.families.parts import ItemPart, LevelPart, MemberFields, Named
from tillbridge.domain.ids import MemberId, PosProductId
from tillbridge.domain.product import Barcodes

ROOM = 390_000
"""Bytes of a body. DynamoDB takes 409,600 of an item, its keys and the names of its attributes included."""

TOO_LARGE = "it is too large"

_CUT = -1
"""The version of a row of which only the bones are kept: any row of the vendor takes its place."""

_LONGEST_TEXT = 100_000_000
"""Bytes of an unpacked body: no more is unpacked of what is stored."""

_TEXTS = ("name", "sku", "product_number", "unreadable")
_NUMBERS = ("price", "cost", "weight")
_NAMED = ("department", "vendor", "brand")
_TRUE = ("track_stock", "active")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def packed(family: Family, room: int = ROOM) -> tuple[bytes, Family]:
    """Return a family in at most `room` bytes, and as it will be read again.

    One that is too large keeps its members and levels, or at least its members; its rows say that it is `TOO_LARGE` until
    all of them were read anew and fit. Of one of tens of thousands of members nothing is kept."""
    body = _bytes(family)
    if len(body) <= room:
        return body, family
    bones = replace(family, items={n: _bones(part) for n, part in family.items.items()})
    for kept in (bones, replace(bones, levels={})):
        body = _bytes(kept)
        if len(body) <= room:
            return body, kept
    return _bytes(Family(family.id)), Family(family.id)


def unpacked(product: PosProductId, body: bytes) -> Family:
    """Return the family that was packed. Raise ValueError, KeyError, TypeError, ArithmeticError or zlib.error for what none
    was."""
    text = zlib.decompressobj().decompress(body, _LONGEST_TEXT).decode(errors="surrogatepass")
    read = json.loads(text)
    texts = read.get("texts", ())
    items = {MemberId(id_): _item(MemberId(id_), row, texts) for id_, row in read["items"].items()}
    levels = {
        (part.member, part.outlet): part
        for id_, rows in read.get("levels", {}).items()
        for part in (_level(MemberId(id_), row) for row in rows)
    }
    return Family(product, items, levels)


def _bones(part: ItemPart) -> ItemPart:
    if part.deleted:
        return part
    fields = part.fields
    kept = MemberFields(
        name=fields.name,
        track_stock=fields.track_stock,
        active=fields.active,
        options=fields.options,
        unreadable=TOO_LARGE,
    )
    return replace(part, version=_CUT, fields=kept)


def _bytes(family: Family) -> bytes:
    texts: dict[str, int] = {}
    value = {
        "items": {id_: _row(part, texts) for id_, part in family.items.items()},
        "levels": _levels(family.levels),
        "texts": list(texts),
    }
    return zlib.compress(_ENCODER.encode(value).encode(errors="surrogatepass"))


def _row(part: ItemPart, texts: dict[str, int]) -> dict[str, Any]:
    """Return a row, and add its description to the texts."""
    fields = part.fields
    row: dict[str, Any] = {"version": part.version}
    row |= {n: True for n in ("deleted", "untouched") if getattr(part, n)}
    row |= {n: text for n in _TEXTS if (text := getattr(fields, n))}
    row |= {n: str(number) for n in _NUMBERS if (number := getattr(fields, n)) is not None}
    row |= {n: [of.id, of.name] for n in _NAMED if (of := getattr(fields, n)) is not None}
    row |= {n: False for n in _TRUE if not getattr(fields, n)}
    if part.parent is not None:
        row["parent"] = part.parent
    if fields.description:
        row["description"] = texts.setdefault(fields.description, len(texts))
    lists = {
        "barcodes": [fields.barcodes.upc, fields.barcodes.gtin],
        "images": fields.images,
        "options": fields.options,
        "unknown": sorted(fields.unknown),
    }
    return row | {n: some for n, some in lists.items() if any(some)}


def _item(member: MemberId, row: Mapping[str, Any], texts: Sequence[str]) -> ItemPart:
    values: dict[str, Any] = {n: str(row[n]) for n in _TEXTS if n in row}
    values |= {n: Decimal(row[n]) for n in _NUMBERS if n in row}
    values |= {n: Named(*row[n]) for n in _NAMED if n in row}
    values |= {n: bool(row[n]) for n in _TRUE if n in row}
    fields = MemberFields(
        **values,
        description=texts[row["description"]] if "description" in row else "",
        barcodes=Barcodes(*row.get("barcodes", ())),
        images=tuple(row.get("images", ())),
        options=tuple((name, value) for name, value in row.get("options", ())),
        unknown=frozenset(row.get("unknown", ())),
    )
    deleted, untouched = bool(row.get("deleted")), bool(row.get("untouched"))
    return ItemPart(member, int(row["version"]), row.get("parent"), deleted, fields, untouched)


def _levels(levels: Mapping[LevelKey, LevelPart]) -> Mapping[str, Iterable[list[Any]]]:
    rows: dict[str, list[list[Any]]] = {}
    for level in levels.values():
        row = [level.outlet, level.version, str(level.on_hand)]
        rows.setdefault(level.member, []).append([*row, True] if level.deleted else row)
    return rows


def _level(member: MemberId, row: list[Any]) -> LevelPart:
    outlet, version, on_hand, *more = row
    return LevelPart(member, outlet, int(version), Decimal(on_hand), deleted=bool(more[:1]))
