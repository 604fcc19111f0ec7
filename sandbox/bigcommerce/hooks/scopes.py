"""The scopes of events that hooks may subscribe to, and the scope of the token each needs."""

from fnmatch import fnmatchcase

ORDERS, PRODUCTS = "store_v2_orders_read_only", "store_v2_products"
SCOPES: dict[str, str] = {
    **dict.fromkeys(
        (
            "store/order/created",
            "store/order/updated",
            "store/order/archived",
            "store/order/statusUpdated",
            "store/order/refund/created",
            "store/order/*",
        ),
        ORDERS,
    ),
    **dict.fromkeys(
        (
            f"store/{kind}/{what}"
            for kind in ("product", "sku")
            for what in (
                "created",
                "updated",
                "deleted",
                "inventory/updated",
                "inventory/order/updated",
                "*",
            )
        ),
        PRODUCTS,
    ),
}


def tells(subscribed: str, scope: str) -> bool:
    """Return whether a hook with this scope tells of an event with that one."""
    return fnmatchcase(scope, subscribed)
