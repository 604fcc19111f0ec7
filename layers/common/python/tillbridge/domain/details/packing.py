"""A detail as bytes that fit a small item, whatever its texts are; and back."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tillbridge.domain.details.detail import DESCRIPTION, Detail, shortened

_LENGTHS = (
    (2_000, 300, True),
    (1_000, 300, True),
    (250, 150, True),
    (0, 60, False),
    (0, 12, False),
)
"""What is kept when there is no room for more: characters of a description, of another value; the images."""

_LONGEST_TEXT = 1_000_000
"""Bytes of an unpacked detail: no more is unpacked of what is stored."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""Made once: to make one takes longer than to write a small detail."""


def packed(detail: Detail, room: int) -> bytes:
    """Return a detail in at most `room` bytes: 300 are enough for any. Variants go first, from the last; then
    the ends of its texts."""
    body = _bytes(detail)
    if len(body) <= room:
        return body
    for short in _shorter(detail):
        if len(_bytes(_first(short, 0))) <= room:
            most = _most(short, room)
            return _bytes(_first(short, most))
    return _bytes(Detail(detail.side, detail.id, {}, (), _all(detail), detail.seen_ms, cut=True))


def unpacked(side: str, id_: str, body: bytes) -> Detail:
    """Return the detail that was packed. Raise ValueError, KeyError, TypeError or zlib.error for what none was."""
    text = zlib.decompressobj().decompress(body, _LONGEST_TEXT).decode(errors="surrogatepass")
    read = json.loads(text)
    variants = tuple(dict(each) for each in read["variants"])
    values = dict(read["values"])
    return Detail(
        side, id_, values, variants, int(read["left"]), int(read["seen"]), bool(read["cut"])
    )


def _bytes(detail: Detail) -> bytes:
    text = _ENCODER.encode(
        {
            "values": detail.values,
            "variants": detail.variants,
            "left": detail.left,
            "seen": detail.seen_ms,
            "cut": detail.cut,
        }
    )
    return zlib.compress(text.encode(errors="surrogatepass"))


def _shorter(detail: Detail) -> Iterator[Detail]:
    for described, longest, images in _LENGTHS:
        values = {n: _cut(n, v, described, longest) for n, v in detail.values.items()}
        if not images:
            values.pop("images", None)
        variants = tuple(
            {n: _cut(n, v, 0, longest) for n, v in each.items()} for each in detail.variants
        )
        yield replace(detail, values=values, variants=variants, cut=True)


def _cut(name: str, value: Any, described: int, longest: int) -> Any:
    if name == "id":
        return value
    if name == DESCRIPTION:
        return {**value, "text": value["text"][:described]}
    match value:
        case str():
            return (
                value
                if value.endswith("…") and len(value) <= longest
                else shortened(value, longest)
            )
        case list():
            return [_cut("", each, 0, longest) for each in value]
        case Mapping():
            return {inner: _cut("", each, 0, longest) for inner, each in value.items()}
        case _:
            return value


def _most(detail: Detail, room: int) -> int:
    """Return how many of the first variants fit."""
    fits, over = 0, len(detail.variants) + 1
    while over - fits > 1:
        middle = (fits + over) // 2
        if len(_bytes(_first(detail, middle))) <= room:
            fits = middle
        else:
            over = middle
    return fits


def _first(detail: Detail, count: int) -> Detail:
    kept = detail.variants[:count]
    return replace(detail, variants=kept, left=_all(detail) - len(kept))


def _all(detail: Detail) -> int:
    return len(detail.variants) + detail.left
