"""What the head of a product's page shows where its fields are not read: two requests at most."""

from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import IMPORTING
from tillbridge.domain.view_rows import POS, WEB, ViewRow
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.product_shown import ProductShown


def product_head(
    deps: ConsoleDeps,
    store: StoreId,
    product: PosProductId | None,
    number: StoreProductId | None,
) -> ProductShown | None:
    """Return a product of the POS, or of BigCommerce by its number, by its row alone; None where neither row nor
    link is known. Of a linked number the POS product is named."""
    if product is not None:
        return _of_pos(deps, store, product)
    return _of_web(deps, store, number) if number is not None else None


def _of_pos(deps: ConsoleDeps, store: StoreId, product: PosProductId) -> ProductShown | None:
    row = deps.views.get(store, POS, [product]).get(product)
    if row is not None:
        return ProductShown(product, number_of(row.other), row, None)
    link = deps.links.get(store, [product]).get(product)
    return ProductShown(product, link.id, None, None) if link else None


def _of_web(deps: ConsoleDeps, store: StoreId, number: StoreProductId) -> ProductShown | None:
    row = deps.views.get(store, WEB, [str(number)]).get(str(number))
    if row is not None:
        return ProductShown(linked_to(row), number, None, row)
    holder = deps.links.holders(store, [number]).get(number)
    if holder is None or holder == IMPORTING:
        return None
    return ProductShown(holder, number, None, None)


def number_of(text: str) -> StoreProductId | None:
    """Return the BigCommerce number that a row names; None where it names none."""
    return StoreProductId(int(text)) if text.isascii() and text.isdecimal() else None


def linked_to(row: ViewRow) -> PosProductId | None:
    """Return the POS product that a row of BigCommerce's is linked to."""
    return PosProductId(row.other) if row.side == WEB and row.other else None
