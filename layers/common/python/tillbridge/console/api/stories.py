"""What happened to one product, and why a field of it has its value."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from tillbridge.console.api import shown_story
from tillbridge.console.api.call import connected, the_call
from tillbridge.console.api.lists import Cursor, Limit, StoreInPath
from tillbridge.console.api.models import stories as story_models
from tillbridge.console.api.problem import Refused, not_found
from tillbridge.console.api.products import NumberInPath, ProductInPath, product_of
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.why.names import OURS, THEIRS, named
from tillbridge.usecases.console import product_head, product_history
from tillbridge.usecases.console import why as reasons


def history(
    store: StoreInPath, product: ProductInPath, after: Cursor = "", limit: Limit = 50
) -> story_models.History:
    """Tell what happened to a product of the POS in the last 90 days, newest first."""
    return _history(connected(store), product_of(product), None, after, limit)


def web_history(
    store: StoreInPath, number: NumberInPath, after: Cursor = "", limit: Limit = 50
) -> story_models.History:
    """Tell what happened to a product of BigCommerce: of a linked one, what happened to its POS product."""
    return _history(connected(store), None, StoreProductId(int(number)), after, limit)


def why(
    store: StoreInPath,
    product: ProductInPath,
    field: Annotated[str, Query(min_length=1, max_length=64)],
    variant: Annotated[str, Query(max_length=255)] = "",
    further: Annotated[bool, Query()] = False,
) -> story_models.Why:
    """Tell why a field of a product, or of its variant, has its value online."""
    asked = named(field)
    if len(asked) != 1:
        known = ", ".join(each.label for each in asked or (*OURS, *THEIRS))
        raise Refused(422, "unknown_field", f"Name one field of these: {known}.")
    deps = the_call().deps
    found = reasons.why(
        deps,
        StoreId(store),
        product_of(product),
        None,
        asked[0],
        variant=variant,
        further=further,
    )
    if found is None:
        raise not_found()
    return shown_story.why(found)


def _history(
    store: StoreId,
    product: PosProductId | None,
    number: StoreProductId | None,
    after: str,
    limit: int,
) -> story_models.History:
    deps = the_call().deps
    head = product_head.product_head(deps, store, product, number)
    of, its_number = (head.product, head.number) if head else (product, number)
    page = product_history.product_history(deps, store, of, its_number, after=after, limit=limit)
    if head is None and not page.lines:
        raise not_found()
    return shown_story.history(page, deps.clock.now_ms())
