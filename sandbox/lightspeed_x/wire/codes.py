"""The codes of a product: its SKU as a custom code, then its barcodes by the vendor's types."""

from sandbox.lightspeed_x.state.ids import made_id
from sandbox.lightspeed_x.state.rows import ProductRow
from sandbox.lightspeed_x.wire.json_text import Json

_GTIN_LENGTHS = {8: "EAN", 12: "UPC", 13: "EAN", 14: "ITF"}
TYPES = ("CUSTOM", "EAN", "ISBN", "ITF", "JAN", "UPC")


def codes_json(row: ProductRow) -> list[Json]:
    """Return the codes of a member. Types are in lower case, as in the vendor's own sample and
    against its own enum (fact 15)."""
    return [
        {"id": made_id("code", row.id, kind, code), "type": kind.lower(), "code": code}
        for kind, code in codes_of(row)
    ]


def codes_of(row: ProductRow) -> list[tuple[str, str]]:
    """Return type and code of every code of a member, its SKU first."""
    barcodes = row.variant.barcodes if row.variant else row.record.barcodes
    return [("CUSTOM", row.sku), *((code_type(x.type, x.code), x.code) for x in barcodes)]


def code_type(kind: str, code: str) -> str:
    """Return the vendor's type for a barcode; it has none that is GTIN for all lengths."""
    return _GTIN_LENGTHS.get(len(code), "CUSTOM") if kind == "GTIN" else kind
