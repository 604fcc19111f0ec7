"""The rows of one kind in the order of their versions, with those that are not committed yet."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from sandbox.lightspeed_x.state.rows import LevelRow, ProductRow


class Table[Row: (ProductRow, LevelRow)]:
    """Each row at its newest version. The caller holds the catalogue's lock.

    `holding`: what is put has its version, and shows only when it is committed. `written` counts what was put.
    """

    def __init__(self, told: Callable[[Row], None]) -> None:
        self._rows: dict[str, Row] = {}
        self._late: list[Row] = []
        self._told: Callable[[Row], None] = told
        self._ordered: list[Row] | None = None
        """The rows in the order of their versions; None when it is to be made anew."""
        self.holding = False
        self.written = 0

    def put(self, row: Row) -> None:
        """Store a row, or hold it back."""
        self.written += 1
        if self.holding:
            self._late.append(row)
            return
        self._show(row)

    def _show(self, row: Row) -> None:
        # Re-inserted at every change, so that the dict's own order is mostly that of versions.
        self._rows.pop(row.id, None)
        self._rows[row.id] = row
        self._ordered = None
        self._told(row)

    def commit(self) -> int:
        """Show what was held back, unless something newer of it shows; return how many rows."""
        self.holding = False
        late, self._late = self._late, []
        for row in late:
            shown = self._rows.get(row.id)
            if shown is None or shown.version < row.version:
                self._show(row)
        return len(late)

    def find(self, row_id: str) -> Row | None:
        """Return a row, or None."""
        return self._rows.get(row_id)

    def drop(self, row_id: str) -> None:
        """Forget a row."""
        self._rows.pop(row_id, None)
        self._ordered = None

    def every(self) -> Sequence[Row]:
        """Return the rows in the order of their versions."""
        if self._ordered is None:
            self._ordered = sorted(self._rows.values(), key=_version)
        return self._ordered

    def between(
        self, after: int, before: int | None, most: int, fits: Callable[[Row], bool]
    ) -> list[Row]:
        """Return at most `most` rows that fit, above `after` and below `before`, ascending."""
        return list(islice(self._between(after, before, fits), most))

    def _between(
        self, after: int, before: int | None, fits: Callable[[Row], bool]
    ) -> Iterator[Row]:
        ordered = self.every()
        for place in range(bisect_right(ordered, after, key=_version), len(ordered)):
            row = ordered[place]
            if (before is None or row.version < before) and fits(row):
                yield row

    def renumber(self, next_version: Callable[[], int]) -> None:
        """Give every row another version, in the order that they have."""
        rows = self.every()
        self._rows = {row.id: replace(row, version=next_version()) for row in rows}
        self._ordered = None


def _version(row: ProductRow | LevelRow) -> int:
    return row.version
