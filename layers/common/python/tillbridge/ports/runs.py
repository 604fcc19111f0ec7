"""Runs of reconcile, what they found, what was accepted, and where the next one begins."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.findings import Finding
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Cursors, Run

type Place = tuple[str, str]
"""(POS product id, `Difference.place`): where drift was accepted."""


class Runs(Protocol):
    """Kept per store; runs and findings are forgotten after 30 days."""

    def find(self, store: StoreId, run: str) -> Run | None:
        """Return a run, or None when there is none with this id."""
        ...

    def under_way(self, store: StoreId) -> Run | None:
        """Return the run that has not ended, or None."""
        ...

    def save(self, store: StoreId, run: Run) -> None:
        """Write a run over its former state. One that has not ended becomes the one under way."""
        ...

    def note_begun(self, store: StoreId, at_ms: int) -> None:
        """Note in the list of stores that the first run of a store began (`StoreEntry.compared_ms`);
        one that is noted there already stays."""
        ...

    def note_ended(self, store: StoreId, run: Run) -> None:
        """Note in the list of stores that a run of the store came to its end, and what it found."""
        ...

    def add_page(self, store: StoreId, run: str, page: int, findings: Sequence[Finding]) -> None:
        """Keep a page of findings; writing a page again replaces it."""
        ...

    def page(self, store: StoreId, run: str, page: int) -> Sequence[Finding]:
        """Return a page of findings; empty when there is none."""
        ...

    def recent(self, store: StoreId, limit: int) -> Sequence[Run]:
        """Return up to `limit` of the newest runs, newest first."""
        ...

    def cursors(self, store: StoreId) -> Cursors:
        """Return where the next incremental run begins."""
        ...

    def save_cursors(self, store: StoreId, cursors: Cursors) -> None:
        """Write where the next incremental run begins."""
        ...

    def accepted(self, store: StoreId, now_ms: int = 0) -> Mapping[Place, str]:
        """Return the accepted drift: the digest of both values, by place; without what ended by then (epoch ms)."""
        ...

    def accepted_of(self, store: StoreId, product: str) -> Mapping[str, Accepted]:
        """Return what people accepted of a product, by `Difference.place`, also what has ended."""
        ...

    def accept(self, store: StoreId, product: str, said: Mapping[str, Accepted]) -> None:
        """Accept drift of a product, by `Difference.place`. This replaces what was accepted at the same places."""
        ...

    def forget(self, store: StoreId, product: str, places: Sequence[str]) -> None:
        """Forget what was accepted of a product at these places (`Difference.place`)."""
        ...

    def findings(self, store: StoreId, run: Run) -> Iterator[Finding]:
        """Yield every finding of a run, in the order in which they were found."""
        ...
