"""The read model: what the POS view and the Web view list. Never read for a decision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.view_rows import ViewRow


class ReadModel(Protocol):
    """Written by whoever reads a record."""

    def put(self, store: StoreId, rows: Iterable[ViewRow]) -> None:
        """Writes rows; the last writer wins, it is only a view."""
        ...


class Views(ReadModel, Protocol):
    """The read model as reconcile keeps it true, and as lists read it."""

    def get(self, store: StoreId, side: str, ids: Sequence[str]) -> Mapping[str, ViewRow]:
        """The rows there are, by id."""
        ...

    def ids(self, store: StoreId, side: str) -> Iterator[str]:
        """The ids of one side, in their order as texts."""
        ...

    def remove(self, store: StoreId, side: str, ids: Iterable[str]) -> None:
        """Forgets products that are no more."""
        ...

    def rows(
        self,
        store: StoreId,
        side: str,
        *,
        name_prefix: str = "",
        after: str = "",
        limit: int = 50,
    ) -> tuple[list[ViewRow], str]:
        """One page by id, and the id to ask on after; "" at the end."""
        ...
