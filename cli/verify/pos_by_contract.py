"""Reading a POS that keeps contracts/pos-api.openapi.yaml."""

from collections.abc import Iterable
from itertools import batched

from cli.verify.model import Json, PosSide
from cli.verify.reading import Reader

PAGE = 500
BATCH = 100


def open_contract(pos: PosSide) -> Reader:
    """Return a reader of the POS, to use in a `with`."""
    return Reader("POS", pos.base_url, {"Authorization": f"Bearer {pos.token}"})


def all_records(reader: Reader) -> dict[str, Json]:
    """Return the newest version of every product, by id, deleted ones too."""
    records: dict[str, Json] = {}
    since, more = 0, True
    while more:
        page = reader.get("/v1/products", since_version=since, limit=PAGE, include_deleted="true")
        records |= {record["id"]: record for record in page["data"]}
        # A page without progress ends the loop, or a faulty POS would be read for ever.
        more = bool(page["has_more"]) and int(page["next_version"]) > since
        since = int(page["next_version"])
    return records


def records_of(reader: Reader, ids: Iterable[str]) -> dict[str, Json]:
    """Return the newest records of these products, by id, without unknown ones."""
    records: dict[str, Json] = {}
    for part in batched(ids, BATCH, strict=False):
        answer = reader.post("/v1/products:batchGet", {"ids": list(part)})
        records |= {record["id"]: record for record in answer["data"]}
    return records
