"""Reads the POS API (contracts/pos-api.openapi.yaml)."""

from collections.abc import Iterable
from itertools import batched

from cli.verify.model import Json, PosSide
from cli.verify.reading import Reader

PAGE = 500
BATCH = 100


def open_pos(pos: PosSide) -> Reader:
    """A reader of the POS; close it."""
    return Reader("POS", pos.base_url, {"Authorization": f"Bearer {pos.token}"})


def all_records(reader: Reader) -> dict[str, Json]:
    """Every product by id, deleted ones too, each as its newest version."""
    records: dict[str, Json] = {}
    since, more = 0, True
    while more:
        page = reader.get("/v1/products", since_version=since, limit=PAGE, include_deleted="true")
        records |= {record["id"]: record for record in page["data"]}
        # A page without progress ends the walk, or a POS that errs would be read for ever.
        more = bool(page["has_more"]) and int(page["next_version"]) > since
        since = int(page["next_version"])
    return records


def records_of(reader: Reader, ids: Iterable[str]) -> dict[str, Json]:
    """The newest records of these products; unknown ones are left out."""
    records: dict[str, Json] = {}
    for part in batched(ids, BATCH, strict=False):
        answer = reader.post("/v1/products:batchGet", {"ids": list(part)})
        records |= {record["id"]: record for record in answer["data"]}
    return records
