"""What there is to see of one product."""

from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.product_shown import ProductShown


def show_product(deps: ConsoleDeps, store: StoreId, product: PosProductId) -> ProductShown | None:
    """Return a product of the POS, None where nothing is known of it. Raise UnknownStore."""
    raise NotImplementedError


def show_web_product(
    deps: ConsoleDeps, store: StoreId, number: StoreProductId
) -> ProductShown | None:
    """Return a product of BigCommerce, None where nothing is known of it; of a linked one both sides. Raise
    UnknownStore."""
    raise NotImplementedError
