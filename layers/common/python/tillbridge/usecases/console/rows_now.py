"""How some rows of a view stand now."""

from collections.abc import Sequence

from tillbridge.domain.ids import StoreId
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.list_products import Shown, product_of, waiting_of


def rows_now(deps: ConsoleDeps, store: StoreId, side: str, ids: Sequence[str]) -> Sequence[Shown]:
    """Return the rows of these ids in their order, with what of them waits, as a list shows them; those that are
    gone are left out."""
    found = deps.views.get(store, side, list(ids))
    waiting = waiting_of(deps, store, found.values())
    return [
        Shown(found[each], waiting.get(product_of(found[each]))) for each in ids if each in found
    ]
