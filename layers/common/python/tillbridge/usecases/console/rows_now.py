"""How some rows of a view stand now, and the request to compare both sides."""

from collections.abc import Sequence
from uuid import uuid4

from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import PRODUCT_LANES
from tillbridge.domain.people import Person
from tillbridge.domain.view_rows import POS
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.list_products import Shown, Waiting


def rows_now(deps: ConsoleDeps, store: StoreId, side: str, ids: Sequence[str]) -> Sequence[Shown]:
    """Return the rows of these ids in their order, with what of them waits; those that are gone are left out."""
    found = deps.views.get(store, side, list(ids))
    products = [row.id if side == POS else row.other for row in found.values()]
    waits: dict[str, Waiting] = {}
    for row in deps.pending.of_lanes(store, PRODUCT_LANES, [each for each in products if each]):
        first = waits.get(row.product)
        if first is None or row.queued_ms < first.since_ms:
            waits[row.product] = Waiting(row.lane, row.queued_ms)
    return [
        Shown(found[each], waits.get(each if side == POS else found[each].other))
        for each in ids
        if each in found
    ]


def ask_compare(deps: ConsoleDeps, person: Person, store: StoreId, *, full: bool) -> None:
    """Ask for a comparison of what changed on both sides, or of everything. May raise RetryLater."""
    deps.requests.compare(store, uuid4().hex, person.name, full=full)
