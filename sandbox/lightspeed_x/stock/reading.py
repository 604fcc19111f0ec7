"""Reads of inventory (facts 4 and 5)."""

from typing import Any, Literal

from pydantic import Field

from sandbox.lightspeed_x.calls.bodies import Shape, body_of
from sandbox.lightspeed_x.calls.call import Answer, Call
from sandbox.lightspeed_x.calls.paging import capped, page_of, page_size
from sandbox.lightspeed_x.calls.refusal import invalid
from sandbox.lightspeed_x.state.rows import LevelRow
from sandbox.lightspeed_x.wire.level_json import inventory_20_json, inventory_json, level_json


class InventoryAsked(Shape):
    """The body of `POST /inventory`."""

    after: int = Field(default=0, ge=0)
    before: int | None = None
    size: int = Field(default=1000, ge=1)
    sort_direction: Literal["asc", "desc"] = "desc"
    include_deleted: bool = False
    product_id: str | None = None
    variants: bool = False


class LevelsAsked(Shape):
    """The body of `POST /inventory_levels`."""

    product_ids: list[str] | None = Field(default=None, max_length=1000)
    root_product_ids: list[str] | None = Field(default=None, max_length=1000)
    location_ids: list[str] | None = Field(default=None, max_length=1000)
    include_inactive: bool = False
    include_composites: bool = False
    offset: int = Field(default=0, ge=0)
    size: int = Field(default=100, ge=1, le=10_000)
    sort_direction: Literal["asc", "desc"] = "desc"


MOST_ROWS = 5000


def post_inventory(call: Call) -> Answer:
    """List records as a bare array, the newest first unless `asc` is asked for."""
    asked = body_of(call, InventoryAsked)
    products = call.account.book.products
    wanted = {asked.product_id}
    if asked.variants:
        wanted |= {row.id for row in products.every() if row.root_id == asked.product_id}

    def fits(row: LevelRow) -> bool:
        return (asked.include_deleted or row.deleted_at is None) and (
            asked.product_id is None or row.product_id in wanted
        )

    rows = call.account.book.levels.between(asked.after, asked.before, 10**9, fits)
    if asked.sort_direction == "desc":
        rows.reverse()
    shown, nulls = rows[: capped(call, min(asked.size, MOST_ROWS))], call.account.hazards.plan.nulls
    return Answer([inventory_json(row, nulls=nulls) for row in shown])


def get_inventory(call: Call) -> Answer:
    """List records ascending, wrapped, as 2.0 does."""
    rows = call.account.book.levels.between(
        call.whole("after", 0) or 0,
        call.whole("before"),
        page_size(call, MOST_ROWS),
        lambda row: row.deleted_at is None,
    )
    data = [inventory_20_json(row) for row in rows]
    return Answer(page_of(call, data, [row.version for row in rows]))


def post_levels(call: Call) -> Answer:
    """List levels of products, without versions; inactive products only if asked for."""
    asked = body_of(call, LevelsAsked)
    if asked.product_ids is not None and asked.root_product_ids is not None:
        raise invalid("product_ids and root_product_ids exclude each other.")
    shown: list[dict[str, Any]] = []
    for row in call.account.book.levels.every():
        product = call.account.book.products.find(row.product_id)
        if product is None or row.deleted_at is not None:
            continue
        if not product.record.active and not asked.include_inactive:
            continue
        if (
            _among(row.product_id, asked.product_ids)
            and _among(product.root_id, asked.root_product_ids)
            and _among(row.outlet_id, asked.location_ids)
        ):
            shown.append(level_json(row, product, call.scopes))
    shown.sort(
        key=lambda each: each["current_inventory_level"], reverse=asked.sort_direction == "desc"
    )
    return Answer(shown[asked.offset : asked.offset + asked.size])


def _among(value: str, wanted: list[str] | None) -> bool:
    return wanted is None or value in wanted
