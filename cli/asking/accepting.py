"""What is told later of drift that a person accepted."""

from collections.abc import Iterable

from cli.asking.bus import person
from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.findings import Difference
from tillbridge.domain.history.drift_lines import found_online
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.usecases.fence import best_effort


def note_accepted(
    target: Target, store: StoreId, product: str, found: Iterable[Difference]
) -> None:
    """Keep a line that differences of a product may stay, as far as that works: they are accepted."""
    line = ProductLine(
        SystemClock().now_ms(),
        PosProductId(product),
        Did.ACCEPTED,
        by=person(),
        fields=found_online(found),
    )
    with best_effort("keeping history", store, product):
        target.history.write(store, [line])
