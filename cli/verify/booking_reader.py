"""Reading what the POS has booked of web orders (contracts/pos-api.openapi.yaml, its optional part)."""

from decimal import Decimal

from cli.verify.model import Json
from cli.verify.order_model import Effect, Listed
from cli.verify.reading import Reader

PAGE = 500


def listed_since(reader: Reader, store_hash: str, since: int) -> tuple[list[Listed], int]:
    """Return what the POS has booked of this store's orders after a version of its own, oldest first, and
    the version that it ended at."""
    begins = f"bigcommerce:{store_hash}:"
    found: list[Listed] = []
    more = True
    while more:
        page = reader.get("/v1/web-orders", since_version=since, limit=PAGE)
        for each in page["data"]:
            order = str(each["external_id"]).removeprefix(begins)
            if each["external_id"].startswith(begins) and order.isascii() and order.isdigit():
                found.append(_listed(int(order), each))
        more = bool(page["has_more"]) and int(page["next_version"]) > since
        since = max(since, int(page["next_version"]))
    return found, since


def _listed(order: int, told: Json) -> Listed:
    return Listed(
        order,
        str(told["external_id"]),
        int(told["revision"]),
        told["state"] == "booked",
        tuple(map(_effect, told["effects"])),
    )


def _effect(told: Json) -> Effect:
    variant = told.get("variant_id")
    return Effect(
        str(told["product_id"]),
        None if variant is None else str(variant),
        int(told["version"]),
        int(Decimal(told["units"])),
    )
