"""Reading Lightspeed Retail (X-Series), written from the vendor's OpenAPI file alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from cli.verify.model import Json, PosSide
from cli.verify.reading import Reader

API = "/api/2026-07"
ROWS = 200
LEVELS = 5_000
OWN_GOODS = ("vend-discount", "vend-internal-")
"""How the SKUs begin of what the vendor makes for itself: discounts and gift cards, which are no products."""

_CODES = {"EAN": "EAN", "JAN": "EAN", "ISBN": "EAN", "ITF": "GTIN", "UPC": "UPC"}

type _Levels = Mapping[str, Sequence[Json]]


class LightspeedReader(Reader):
    """A reader that knows whether a person chose which price counts: with tax (True), without, or nobody did (None)."""

    with_tax: bool | None = None


def open_lightspeed(pos: PosSide) -> Reader:
    """Return a reader of the account, to use in a `with`."""
    headers = {"Authorization": f"Bearer {pos.token}", "User-Agent": "tillbridge-verify"}
    reader = LightspeedReader("POS", pos.base_url, headers)
    reader.with_tax = pos.with_tax
    return reader


def all_records(reader: Reader) -> dict[str, Json]:
    """Return every product by its id, deleted ones too, in the shape of contracts/pos-api.openapi.yaml."""
    price = _price_of(reader)
    levels = _levels_by_member(reader)
    families: dict[str, list[Json]] = defaultdict(list)
    for row in _rows(reader):
        families[row.get("family_id") or row.get("variant_parent_id") or row["id"]].append(row)
    records = (_record(rows, levels, price) for rows in families.values())
    return {record["id"]: record for record in records}


def records_of(reader: Reader, ids: Iterable[str]) -> dict[str, Json]:
    """Return these products by id, without unknown ones. The vendor reads no batch by ids, so all are read."""
    wanted = set(ids)
    every = all_records(reader) if wanted else {}
    return {each: record for each, record in every.items() if each in wanted}


def _rows(reader: Reader) -> Iterator[Json]:
    after = 0
    while True:
        page = reader.get(f"{API}/products", after=after, page_size=ROWS, deleted="true")
        if not page["data"]:
            return
        yield from (
            row for row in page["data"] if not str(row.get("sku", "")).startswith(OWN_GOODS)
        )
        after = max(int(row["version"]) for row in page["data"])


def _levels_by_member(reader: Reader) -> _Levels:
    found: dict[str, list[Json]] = defaultdict(list)
    after = 0
    while True:
        body = {"after": after, "size": LEVELS, "sort_direction": "asc", "include_deleted": False}
        rows: list[Json] = reader.post(f"{API}/inventory", body)  # a bare list
        if not rows:
            return found
        for row in rows:
            if not row.get("deleted_at"):
                found[row["product_id"]].append(_level(row))
        after = max(int(row["version"]) for row in rows)


def _level(row: Json) -> Json:
    # What the vendor calls a level is what may be sold: nothing is to be taken off.
    units = str(row["current_inventory_level"])
    return {"outlet_id": row["outlet_id"], "on_hand": units, "committed": "0"}


def _price_of(reader: Reader) -> str:
    """Return the key of the price that counts: the retailer's own habit, unless a person chose."""
    with_tax = reader.with_tax if isinstance(reader, LightspeedReader) else None
    if with_tax is None:
        with_tax = not reader.get(f"{API}/retailer")["data"]["tax_exclusive"]
    return "price_including_tax" if with_tax else "price_excluding_tax"


def _record(rows: Sequence[Json], levels: _Levels, price: str) -> Json:
    living = [row for row in rows if not row.get("deleted_at")]
    if not living:
        return {"id": _id_of(rows), "name": rows[0]["name"], "deleted_at": rows[0]["deleted_at"]}
    lead = next((row for row in living if not row.get("variant_parent_id")), living[0])
    sold = sorted((row for row in living if row["variant_options"]), key=lambda row: row["id"])
    goods = sold or [lead]
    values = _values(lead, levels, price)
    if sold:
        # What the first of its variants is called is not what the family is called.
        values |= {"sku": "", "product_number": "", "stock": []}
        del values["barcodes"]
    return {
        **values,
        "id": _id_of(rows),
        "deleted_at": None,
        "name": lead["name"],
        "description_html": lead.get("description") or "",
        "brand": (lead.get("brand") or {}).get("name", ""),
        "active": any(row["is_active"] for row in goods),
        "track_stock": any(row["has_inventory"] and not row["is_composite"] for row in goods),
        "images": [
            {"url": image["url"]}
            for image in lead.get("images") or ()
            if "/images/placeholder/" not in image["url"]
        ],
        "variants": [
            {
                **_values(row, levels, price),
                "option_values": [
                    {"name": each["name"], "value": each["value"]}
                    for each in row["variant_options"]
                ],
            }
            for row in sold
        ],
    }


def _values(row: Json, levels: _Levels, price: str) -> Json:
    """Return what a product and a variant both have. Without the scope for it no row tells a cost: it is left out."""
    values: Json = {
        "id": row["id"],
        "sku": row["sku"],
        "product_number": row.get("supplier_code") or "",
        "price": None if row[price] is None else str(row[price]),
        "barcodes": [
            {"type": _CODES[each["type"].upper()], "code": each["code"]}
            for each in row["product_codes"]
            if each["type"].upper() in _CODES
        ],
        "stock": levels.get(row["id"], []),
    }
    if "supply_price" in row:
        values["cost"] = str(Decimal(row["supply_price"] or 0))
    return values


def _id_of(rows: Sequence[Json]) -> str:
    """Return the id of a family: that of the member that led it first. One that was deleted led before the one that
    leads now."""
    leads = [row for row in rows if not row.get("variant_parent_id")] or rows[:1]
    first = min(leads, key=lambda row: row.get("deleted_at") or "9999")
    return str(first["id"])
