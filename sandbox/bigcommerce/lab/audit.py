"""Two checks of a store: changes to what BigCommerce owns, and duplicates."""

from typing import Any

from sandbox.bigcommerce.catalog.fields import OWNED_PRODUCT, OWNED_VARIANT
from sandbox.bigcommerce.catalog.product_views import product_views
from sandbox.bigcommerce.state.config import WEB_STAFF
from sandbox.bigcommerce.state.db import Database
from sandbox.bigcommerce.state.store import Store, Touch

SUBRESOURCES = ("modifiers", "custom_fields")
OWNED = frozenset({*OWNED_PRODUCT, *SUBRESOURCES})

State = dict[str, dict[str, Any]]


def owned_state(db: Database) -> State:
    """Return the BigCommerce-owned values of every product ("p12") and variant ("v34")."""
    state: State = {}
    last = 0
    while rows := db.all("SELECT * FROM products WHERE id > ? ORDER BY id LIMIT 5000", (last,)):
        last = rows[-1]["id"]
        for view in product_views(db, rows, ("variants", *SUBRESOURCES)):
            state[f"p{view['id']}"] = {
                "product_id": view["id"],
                **{name: view[name] for name in (*OWNED_PRODUCT, *SUBRESOURCES)},
            }
            for variant in view["variants"]:
                state[f"v{variant['id']}"] = {
                    "product_id": view["id"],
                    "variant_id": variant["id"],
                    "base": view["base_variant_id"] == variant["id"],
                    **{name: variant[name] for name in OWNED_VARIANT},
                }
    return state


def owned_diff(store: Store, agent: str = "") -> dict[str, Any]:
    """Return the owned values that changed since the mark, and the owned fields that others sent.

    A base variant that the first real variant replaced is compared with that variant, by the
    values in force. Deleted products and variants are listed under "gone".
    """
    since, before = store.owned_mark
    after = owned_state(store.db)
    changed: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    for key, old in before.items():
        was, now = old, after.get(key)
        if now is None and old.get("base"):
            was, now = _replacement(before, after, old)
        if now is None:
            gone.append(_place(old))
        else:
            changed += _changes(was, now)
    sent = [
        {**_touch(touch), "fields": fields}
        for touch in store.ledger[since:]
        if touch.agent != WEB_STAFF
        and touch.agent.startswith(agent)
        and (fields := _owned_fields(touch, before))
    ]
    return {"changed": changed, "gone": gone, "sent": sent}


def _replacement(before: State, after: State, base: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """Return a replaced base variant and its replacement, both with the values in force."""
    product_id = base["product_id"]
    real = [
        variant
        for key, variant in after.items()
        if key.startswith("v") and variant["product_id"] == product_id
    ]
    product_before, product_after = before.get(f"p{product_id}"), after.get(f"p{product_id}")
    if not real or product_before is None or product_after is None:
        return base, None
    replacement = min(real, key=lambda variant: int(variant["variant_id"]))
    return _in_force(base, product_before), _in_force(replacement, product_after)


def _in_force(variant: dict[str, Any], product: dict[str, Any]) -> dict[str, Any]:
    return {
        name: product[name] if name in OWNED_VARIANT and value is None else value
        for name, value in variant.items()
    }


def _changes(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {**_place(new), "field": name, "before": value, "after": new[name]}
        for name, value in old.items()
        if name in OWNED and new[name] != value
    ]


def _place(record: dict[str, Any]) -> dict[str, Any]:
    return {"product_id": record["product_id"], "variant_id": record.get("variant_id")}


def _touch(touch: Touch) -> dict[str, Any]:
    return {
        "agent": touch.agent,
        "action": touch.action,
        "product_id": touch.product_id,
        "variant_id": touch.variant_id,
    }


def _owned_fields(touch: Touch, before: State) -> list[str]:
    """Return the owned fields that a write should not have sent.

    Creating a product needs a weight; a first real variant may carry what its base variant had.
    """
    fields = set(touch.sent) & OWNED
    if touch.action == "create" and touch.variant_id is None:
        fields -= {"weight"}
    if touch.action == "create" and touch.variant_id is not None:
        had_base = any(
            record.get("base") and record["product_id"] == touch.product_id
            for record in before.values()
        )
        fields = set() if had_base else fields
    return sorted(fields)


def duplicates(db: Database) -> list[dict[str, Any]]:
    """Return duplicate names, SKUs, images of a product, brands and sibling categories."""
    queries = {
        "name": "SELECT name_key AS what, COUNT(*) AS times FROM products GROUP BY 1 HAVING times > 1",
        "sku": (
            "SELECT LOWER(sku) AS what, COUNT(*) AS times FROM (SELECT sku FROM products WHERE"
            " sku <> '' UNION ALL SELECT sku FROM variants WHERE NOT is_base AND sku <> '')"
            " GROUP BY 1 HAVING times > 1"
        ),
        "image": (
            "SELECT product_id || ' ' || json_extract(body, '$.image_url') AS what,"
            " COUNT(*) AS times FROM images GROUP BY 1 HAVING times > 1"
        ),
        "brand": "SELECT TRIM(name_key) AS what, COUNT(*) AS times FROM brands GROUP BY 1 HAVING times > 1",
        "category": (
            "SELECT tree_id || ' ' || parent_id || ' ' || TRIM(name_key) AS what,"
            " COUNT(*) AS times FROM categories GROUP BY 1 HAVING times > 1"
        ),
    }
    return [
        {"kind": kind, "what": row["what"], "times": row["times"]}
        for kind, sql in queries.items()
        for row in db.all(sql)
    ]
