"""One product, as its page shows it."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from tillbridge.console.api import products_shown
from tillbridge.console.api.call import the_call
from tillbridge.console.api.lists import StoreInPath
from tillbridge.console.api.models import products as product_models
from tillbridge.console.api.problem import not_found
from tillbridge.console.call import BadCallError
from tillbridge.console.dispatch import PATTERNS, product_in
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.usecases.console import show_product

ProductInPath = Annotated[str, Path(pattern=f"^{PATTERNS['product']}$")]
"""The id of a POS product, percent-encoded twice: the gateway takes one of them off."""

NumberInPath = Annotated[str, Path(pattern=f"^{PATTERNS['number']}$")]


def product_of(product: str) -> PosProductId:
    """Return the POS product of an address. Raise Refused for what can be none."""
    try:
        return PosProductId(product_in(product))
    except BadCallError:
        raise not_found() from None


def one(store: StoreInPath, product: ProductInPath) -> product_models.Product:
    """Show a product of the POS: both sides of each field, how they stand, and what waits."""
    found = show_product.show_product(the_call().deps, StoreId(store), product_of(product))
    if found is None:
        raise not_found()
    return products_shown.product(found)


def one_of_web(store: StoreInPath, number: NumberInPath) -> product_models.Product:
    """Show a product of BigCommerce by its number: of a linked one both sides."""
    asked = StoreProductId(int(number))
    found = show_product.show_web_product(the_call().deps, StoreId(store), asked)
    if found is None:
        raise not_found()
    return products_shown.product(found)
