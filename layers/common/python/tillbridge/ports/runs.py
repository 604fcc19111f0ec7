"""Runs of reconcile, what they found, what was accepted, and where the next one begins."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from tillbridge.domain.findings import Finding
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Cursors, Run

type Place = tuple[str, str]
"""(POS product id, `Difference.place`): where drift was accepted."""


class Runs(Protocol):
    """Kept per store; runs and findings are forgotten after 30 days."""

    def find(self, store: StoreId, run: str) -> Run | None:
        """A run, or None when there is none of this id."""
        ...

    def under_way(self, store: StoreId) -> Run | None:
        """The run that has not ended, if any."""
        ...

    def save(self, store: StoreId, run: Run) -> None:
        """Writes a run over what was known of it; one that has not ended is the one under way."""
        ...

    def add_page(self, store: StoreId, run: str, page: int, findings: Sequence[Finding]) -> None:
        """Keeps a page of findings; writing a page again replaces it."""
        ...

    def page(self, store: StoreId, run: str, page: int) -> Sequence[Finding]:
        """A page of findings; empty when there is none."""
        ...

    def recent(self, store: StoreId, limit: int) -> Sequence[Run]:
        """The newest runs, newest first."""
        ...

    def cursors(self, store: StoreId) -> Cursors:
        """Where the next incremental run begins."""
        ...

    def save_cursors(self, store: StoreId, cursors: Cursors) -> None:
        """Moves on where the next incremental run begins."""
        ...

    def accepted(self, store: StoreId) -> Mapping[Place, str]:
        """Accepted drift: the digest of both values, by place."""
        ...

    def accept(self, store: StoreId, product: str, digests: Mapping[str, str]) -> None:
        """Accepts drift of a product: digest of both values by place, over what was accepted."""
        ...

    def forget(self, store: StoreId, product: str, places: Sequence[str]) -> None:
        """What was accepted of a product at these places counts no more."""
        ...

    def findings(self, store: StoreId, run: Run) -> Iterator[Finding]:
        """Every finding of a run, in the order they were found."""
        ...
