"""What an import writes into the history: a line for each product that came in, or could not."""

from collections.abc import Iterable, Iterator

from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId
from tillbridge.ports.imports import Outcome


def import_lines(
    outcomes: Iterable[Outcome], at_ms: int, *, job: str, by: str
) -> Iterator[ProductLine]:
    """Yield the lines of outcomes that came about at `at_ms` (epoch ms). What was linked before has none,
    and what is being linked gets its line by that."""
    for outcome in outcomes:
        imported = outcome.kind == "imported"
        if outcome.web and (imported or outcome.left_out):
            # Of an offer the POS product is another one, which the words name.
            of_pos = "" if outcome.kind == "offered" else outcome.product
            yield ProductLine(
                at_ms,
                PosProductId(of_pos),
                Did.IMPORTED if imported else Did.LEFT_OUT,
                by=by,
                job=job,
                code="" if imported else outcome.kind,
                words="" if imported else outcome.words,
                web=outcome.web,
            )
