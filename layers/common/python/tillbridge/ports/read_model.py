"""The read model: what the POS view and the Web view list. Never read for a decision."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.details.detail import Detail
from tillbridge.domain.ids import StoreId
from tillbridge.domain.view_rows import ViewRow

type RowKey = tuple[str, str]
"""The side of a row, 'pos' or 'web', and the id of its product."""


@dataclass(frozen=True, slots=True)
class Details:
    """The details of rows that are written. `compose` is given the key of each row that is composed and its
    stored detail, where that is one of those it `needs`, and returns the detail as it is to be; None: as it is."""

    compose: Callable[[RowKey, Detail | None], Detail | None]
    needs: Collection[RowKey] = ()


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
        details: Details | None = None,
    ) -> None:
        """Read the rows asked for, have new ones composed of those that are there, and write the new ones that
        differ; each is one of those asked for. Of `details`, those are written whose digest is not the one that
        their row had (`ViewRow.detail`, which nobody else sets), before the row."""
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
        """Delete the rows of products that no longer exist, and their details."""
        ...

    def details(self, store: StoreId, asked: Collection[RowKey]) -> Mapping[RowKey, Detail]:
        """Return the details of these products that have one which can be read."""
        ...
