"""The read model: what the POS view and the Web view list. Never read for a decision."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.view_rows import ViewRow

type RowKey = tuple[str, str]
"""The side of a row, 'pos' or 'web', and the id of its product."""


class ReadModel(Protocol):
    """The read model as everyone who reads a record writes it."""

    def put(self, store: StoreId, rows: Iterable[ViewRow]) -> None:
        """Write rows, those that differ from what is there. The last writer wins: this is only a
        view."""
        ...

    def revise(
        self,
        store: StoreId,
        asked: Collection[RowKey],
        compose: Callable[[Mapping[RowKey, ViewRow]], Iterable[ViewRow]],
    ) -> None:
        """Read the rows asked for, have new ones composed of those that are there, and write the new ones that
        differ; each is one of those asked for."""
        ...


class Views(ReadModel, Protocol):
    """The read model as reconcile corrects it and lists read it; `side` is 'pos' or 'web'."""

    def get(self, store: StoreId, side: str, ids: Sequence[str]) -> Mapping[str, ViewRow]:
        """Return the rows of those ids that have one, by id; what can be no id of a product has none."""
        ...

    def ids(self, store: StoreId, side: str) -> Iterator[str]:
        """Yield the ids of one side, sorted as texts."""
        ...

    def every(self, store: StoreId, side: str) -> Iterator[ViewRow]:
        """Yield the rows of one side by id, those of deleted products too."""
        ...

    def remove(self, store: StoreId, side: str, ids: Iterable[str]) -> None:
        """Delete the rows of products that no longer exist."""
        ...
