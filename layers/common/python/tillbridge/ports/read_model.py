"""The read model: what the POS view and the Web view list. Never read for a decision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.view_rows import ViewRow


class ReadModel(Protocol):
    """The read model as everyone who reads a record writes it."""

    def put(self, store: StoreId, rows: Iterable[ViewRow]) -> None:
        """Write rows, those that differ from what is there. The last writer wins: this is only a
        view."""
        ...


class Views(ReadModel, Protocol):
    """The read model as reconcile corrects it and lists read it; `side` is 'pos' or 'web'."""

    def get(self, store: StoreId, side: str, ids: Sequence[str]) -> Mapping[str, ViewRow]:
        """Return the rows of those ids that have one, by id."""
        ...

    def ids(self, store: StoreId, side: str) -> Iterator[str]:
        """Yield the ids of one side, sorted as texts."""
        ...

    def remove(self, store: StoreId, side: str, ids: Iterable[str]) -> None:
        """Delete the rows of products that no longer exist."""
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
        """Return one page of rows by id, and the id after which the next page begins; "" at the
        end."""
        ...
