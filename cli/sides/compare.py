"""Verify, run on one connected store.

Verify is written from the articles alone and shares no type with tillbridge, so it gets links and
settings as plain values."""

from typing import Any

from cli.deployment.connections import connection_of
from cli.deployment.links import every_link
from cli.deployment.secrets import pos_token, store_token
from cli.deployment.target import Target
from cli.sides.kept_orders import orders_side
from cli.verify.model import PosSide, StoreSide, Verdict
from cli.verify.owned import Snapshot
from cli.verify.verify import verify as compare
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import StoreId
from tillbridge.domain.link import Link
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_habits import PriceHabit, chosen_prices


def compare_sides(
    target: Target, store: StoreId, before: Snapshot | None = None, *, at_rest: bool = False
) -> Verdict:
    """Compare both sides of a connected store.

    `before` is an earlier snapshot of the values that belong to BigCommerce. `at_rest`: nothing is under
    way, so an order has no time left in which it need not be read or booked yet."""
    connection = connection_of(target, store)
    return compare(
        pos_side(target, connection.pos_account),
        StoreSide(
            connection.api_url,
            connection.store_hash,
            store_token(target, store),
            connection.location_id,
        ),
        [link_row(link) for link in every_link(target, store).values()],
        settings_row(connection.settings),
        before=before,
        orders=orders_side(target, connection, at_rest=at_rest),
    )


def pos_side(target: Target, account: PosAccount) -> PosSide:
    """Return the POS of an account as verify reads it."""
    chosen = chosen_prices(account.facts)
    with_tax = None if chosen is None else chosen is PriceHabit.INCL
    return PosSide(account.address, pos_token(target, account.key), account.kind.value, with_tax)


def link_row(link: Link) -> dict[str, Any]:
    """Return a link as plain values."""
    return {
        "pos_id": link.product,
        "bc_id": link.id,
        "status": link.status.value,
        "variants": {pos: variant.id for pos, variant in link.variants.items()},
        "code": link.problem.code if link.problem else "",
        "words": link.problem.words if link.problem else "",
        "notes": [*link.notes, *link.odd_counts],
        "came_with_sku": link.came_with_sku,
        "held": list(link.held),
    }


def settings_row(settings: Settings) -> dict[str, Any]:
    """Return, as plain values, the settings that decide what must be online."""
    return {
        "outlets": sorted(settings.outlets),
        "safety_stock": settings.safety_stock,
        "learned_safety": _learned(settings),
        "fields": {field.value: mode.value for field, mode in settings.fields.modes.items()},
    }


def _learned(settings: Settings) -> dict[str, dict[str, int]] | None:
    """Return the units that the store's row says are kept, by product and variant ('' without one)."""
    learned = settings.learned_safety
    if learned is None:
        return None
    found: dict[str, dict[str, int]] = {}
    for product, variant in learned.kept:
        found.setdefault(product, {})[variant or ""] = learned.of(product, variant)
    return found
