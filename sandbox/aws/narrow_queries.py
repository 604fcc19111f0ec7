"""Queries that look at the rows they name, as DynamoDB's do. ministack sorts a whole partition and tests each
of its rows for every query: with 10,000 rows waiting, each look of a drain took it half a second, in which it
answered nobody else."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice, takewhile
from types import ModuleType
from typing import Any

from sortedcontainers import SortedDict

type Rows = Mapping[str, Any]

FEW_ROWS = 100
"""Partitions of fewer rows are left to ministack."""

A_PAGE_BYTES = 1_048_576
"""What DynamoDB reads for one page of an answer."""

_KEY = re.compile(
    r"\s*(?P<pk>\w+)\s*=\s*(?P<is>:\w+)\s*"
    r"(?:AND\s+(?:"
    r"begins_with\s*\(\s*(?P<begins_sk>\w+)\s*,\s*(?P<begins>:\w+)\s*\)"
    r"|(?P<between_sk>\w+)\s+BETWEEN\s+(?P<low>:\w+)\s+AND\s+(?P<high>:\w+)"
    r"|(?P<than_sk>\w+)\s*(?P<than>[<>]=?)\s*(?P<bound>:\w+)"
    r")\s*)?",
    re.IGNORECASE,
)


def narrow_queries(dynamodb: ModuleType) -> None:
    """Make ministack answer a query of a table, or of a part of one partition, from the rows that its page
    may hold. What it then does with them, and every other query, stays its own."""
    whole = dynamodb._query  # noqa: SLF001 - ministack has no other way in

    def query(data: dict[str, Any]) -> Any:
        found = _named_rows(dynamodb, data)
        if found is None:
            return whole(data)
        table, partition, rows = found
        everything = table["items"]
        with dynamodb._lock:  # noqa: SLF001 - it keeps out what deletes expired rows in a thread of its own
            table["items"] = {partition: rows}
            try:
                return whole(data)
            finally:
                table["items"] = everything

    dynamodb._query = query  # type: ignore[attr-defined]  # noqa: SLF001 - ministack's own


def _named_rows(
    dynamodb: ModuleType, data: Mapping[str, Any]
) -> tuple[dict[str, Any], str, Rows] | None:
    """Return the table, the partition and the rows of it that one page of an answer may hold; None for a
    query that is left to ministack as it is."""
    table = dynamodb._tables.get(data.get("TableName"))  # noqa: SLF001 - as above
    match = _KEY.fullmatch(data.get("KeyConditionExpression") or "")
    if not table or match is None or data.get("IndexName"):
        return None
    values = data.get("ExpressionAttributeValues") or {}
    texts = {name: (values.get(name) or {}).get("S") for name in values}
    of_sort_key = match["begins_sk"] or match["between_sk"] or match["than_sk"]
    named = [match[each] for each in ("is", "begins", "low", "high", "bound") if match[each]]
    start = (data.get("ExclusiveStartKey") or {}).get(table.get("sk_name"), {"S": None}).get("S")
    if (
        match["pk"] != table["pk_name"]
        or (of_sort_key and of_sort_key != table.get("sk_name"))
        or any(not isinstance(texts.get(name), str) for name in named)
        or (data.get("ExclusiveStartKey") and start is None)
    ):
        return None
    partition = str(texts[match["is"]])
    rows = _in_order(table, partition)
    if rows is None:
        return None
    forward = data.get("ScanIndexForward", True)
    inside = _range(rows, match, texts, start, forward=forward)
    return table, partition, {key: rows[key] for key in _page(dynamodb, rows, inside, data)}


def _in_order(table: dict[str, Any], partition: str) -> SortedDict | None:
    """Return a partition with many rows, kept in the order of its sort keys from now on; None for others."""
    rows = table["items"].get(partition)
    if not table.get("sk_name") or rows is None or len(rows) < FEW_ROWS:
        return None
    if not isinstance(rows, SortedDict):
        if not all(isinstance(key, str) for key in rows):
            return None
        rows = table["items"][partition] = SortedDict(rows)
    return rows


def _range(
    rows: SortedDict,
    match: re.Match[str],
    texts: Mapping[str, Any],
    start: str | None,
    *,
    forward: bool,
) -> Iterator[str]:
    """Yield the sort keys that a condition names, from behind `start` on."""
    low, high, closed = None, None, (True, True)
    begins = texts[match["begins"]] if match["begins"] else ""
    if match["begins"]:
        low, high = begins, _behind(begins)
        closed = (True, False)
    elif match["low"]:
        low, high = texts[match["low"]], texts[match["high"]]
    elif match["bound"]:
        bound, equal = texts[match["bound"]], match["than"].endswith("=")
        low, high = (bound, None) if match["than"].startswith(">") else (None, bound)
        closed = (equal, equal)
    if start is not None and forward and (low is None or start >= low):
        low, closed = start, (False, closed[1])
    elif start is not None and not forward and (high is None or start <= high):
        high, closed = start, (closed[0], False)
    keys = rows.irange(low, high, inclusive=closed, reverse=not forward)
    return takewhile(lambda key: key.startswith(begins), keys)


def _behind(begins: str) -> str | None:
    """Return the smallest text behind all that begin so; None where none is."""
    kept = begins.rstrip("\U0010ffff")
    return kept[:-1] + chr(ord(kept[-1]) + 1) if kept else None


def _page(
    dynamodb: ModuleType, rows: SortedDict, keys: Iterator[str], data: Mapping[str, Any]
) -> Iterator[str]:
    """Yield the keys of a page: at most `Limit`, and one row more than a page's bytes."""
    limit, read = data.get("Limit"), 0
    for key in islice(keys, int(limit)) if limit else keys:
        yield key
        read += dynamodb._item_size_bytes(rows[key])  # noqa: SLF001 - ministack's measure
        if read > A_PAGE_BYTES:
            return
