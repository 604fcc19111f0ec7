"""One product of a deployment, from its tables."""

from dataclasses import dataclass

from cli.cannot_run import CannotRun
from cli.deployment.target import Target
from cli.deployment.why import kept_of
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.products_kept import DynamoProductsKept, Tables
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.ports.clock import Clock
from tillbridge.ports.history import History
from tillbridge.ports.open_lines import OpenLines
from tillbridge.ports.products_kept import ProductsKept
from tillbridge.ports.stores import Stores
from tillbridge.usecases.console.product_shown import ProductShown
from tillbridge.usecases.console.show_product import show_product, show_web_product


@dataclass(frozen=True, slots=True)
class ProductTables:
    """What it takes to show a product."""

    stores: Stores
    products: ProductsKept
    history: History
    open_lines: OpenLines
    clock: Clock


def product_named(target: Target, store: StoreId, what: str) -> ProductShown:
    """Return the product that `what` names, as `kept_of` finds it. Raise CannotRun when there is none, or are
    several."""
    kept, tables = kept_of(target, store, what), product_tables(target)
    if kept.id:
        found = show_product(tables, store, PosProductId(kept.id))
    else:
        found = show_web_product(tables, store, kept.number) if kept.number else None
    if found is None:
        raise CannotRun(
            f"Of '{what}' only its history is left. `tillbridge why {what}` shows what happened."
        )
    return found


def product_tables(target: Target) -> ProductTables:
    """Return where a deployment keeps what it knows of products."""
    names = target.outputs
    tables = Tables(
        names["links_table"],
        names["pending_table"],
        names["stores_table"],
        names["read_model_table"],
    )
    return ProductTables(
        target.stores,
        DynamoProductsKept(target.client("dynamodb"), tables),
        target.history,
        target.order_book,
        SystemClock(),
    )
