"""The rows of a release: one or a few of each kind, so that each attribute is in one.

They are what the contract suites had the writers write. `make released` collects those of the release that comes;
every run of these suites compares what is written with them, so that no shape changes unnoticed."""

import base64
import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.released.kinds import is_read, kind_of, shape_of
from tillbridge.adapters.dynamodb.attributes import Item, from_item

HERE = Path(__file__).parent
COLLECT = "TILLBRIDGE_COLLECT_ROWS"
"""Set by `make released`: rows are collected, and compared with nothing."""

_MOST_BYTES = 3_000
"""Longer rows are kept only where nothing shorter shows the same."""

type Rows = Mapping[str, list[Item]]
"""Rows by kind."""


def coming() -> str:
    """Return the number of the release that comes, as pyproject.toml has it."""
    text = (HERE.parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def releases() -> list[str]:
    """Return the releases whose rows are kept."""
    return sorted(each.parent.name for each in HERE.glob("*/rows.json"))


@cache
def rows_of(release: str) -> Rows:
    """Return the rows of a release."""
    text = (HERE / release / "rows.json").read_text(encoding="utf-8")
    found: Rows = json.loads(text, object_hook=_bytes)
    return found


def shapes(rows: Iterable[Item]) -> set[tuple[str, str]]:
    """Return the attributes of rows with their types."""
    return {each for row in rows for each in shape_of(row)}


def seen(table: str, items: Iterable[Item]) -> list[str]:
    """Return what rows that were just written have and the coming release's rows do not: kinds, attributes and types.
    What no reader reads was damaged by a test, and is none of a writer's."""
    if COLLECT in os.environ:
        _collect(table, items)
        return []
    return list(_news(table, items))


def _news(table: str, items: Iterable[Item]) -> Iterator[str]:
    known = rows_of(coming())
    for item in items:
        kind = kind_of(table, item)
        if kind is None:
            yield f"{table}: {item['pk']['S']} / {item['sk']['S']} is of no kind"
            continue
        news = shape_of(item) - shapes(known.get(kind.name, ()))
        if news and is_read(kind, item):
            yield f"{kind.name}: {sorted(news)}"


def _collect(table: str, items: Iterable[Item]) -> None:
    place = HERE / coming() / "rows.json"
    rows: dict[str, list[Item]] = dict(rows_of(coming())) if place.exists() else {}
    before = {name: len(some) for name, some in rows.items()}
    for item in sorted(items, key=lambda each: len(str(each))):
        kind = kind_of(table, item)
        if kind is None or not is_read(kind, item):
            continue
        there = rows.setdefault(kind.name, [])
        if kind.read is from_item:
            item = {  # noqa: PLW2901 - its beginning shows the same
                n: {"B": v["B"][:100]} if "B" in v else v for n, v in item.items()
            }
        if shape_of(item) - shapes(there) and (not there or len(str(item)) < _MOST_BYTES):
            there.append(item)
    if before != {name: len(some) for name, some in rows.items()}:
        place.parent.mkdir(exist_ok=True)
        text = json.dumps(rows, indent=1, sort_keys=True, default=_text, ensure_ascii=False)
        place.write_text(f"{text}\n", encoding="utf-8")
        rows_of.cache_clear()


def _text(value: Any) -> Any:
    return {"base64": base64.b64encode(bytes(value)).decode()}


def _bytes(value: dict[str, Any]) -> Any:
    return base64.b64decode(value["base64"]) if set(value) == {"base64"} else value
