"""The views are best effort: they show what was read, and no decision is made from them. A run of
reconcile puts right what they miss."""

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.read_model import ReadModel
from tillbridge.usecases.bisect import halved
from tillbridge.usecases.fence import Fault, is_fault, note

log = logging.getLogger(__name__)


class Listed(Protocol):
    """What a row of a view is made of: a record of the POS, or a product of the store."""

    @property
    def id(self) -> object:
        """Its id on its side."""
        ...


def put_views[T: Listed](
    views: ReadModel, store: StoreId, shown: Iterable[T], row_of: Callable[[T], ViewRow]
) -> None:
    """List what was read, all of it that can be listed. Log that the table is busy; note a fault on
    the product that it comes from."""

    def put(some: Sequence[T]) -> None:
        views.put(store, [row_of(each) for each in some])

    def guilty(each: T, error: Exception) -> None:
        note(Fault(error, "listing", store, str(each.id)))

    try:
        halved(list(shown), put, guilty, is_fault)
    except RetryLater as trouble:
        log.warning("views are not refreshed", extra={"store_id": store, "why": str(trouble)})
