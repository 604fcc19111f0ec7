"""Verify's second writing of what an order owes agrees with push's: else one of them is wrong."""

from hypothesis import given
from hypothesis import strategies as st

from cli.verify.order_model import Shown, ShownLine
from cli.verify.owed import Owed
from cli.verify.owed import owed as by_verify
from tillbridge.domain.ids import StoreProductId, WebLineId, WebOrderId
from tillbridge.domain.web_orders.owed import Counts
from tillbridge.domain.web_orders.owed import owed as by_push
from tillbridge.domain.web_orders.shown import WebLine, WebOrder

DAY_MS = 24 * 60 * 60 * 1_000
UNITS = st.integers(0, 4)
AGES = st.sampled_from([0, 1_000, DAY_MS - 1, DAY_MS, DAY_MS + 1])
SOURCES = st.sampled_from(["", "POS", " POS 2", "POS-1", "POSTERS", "pos", "Posh", "eBay", "POSé"])


@given(
    status=st.integers(0, 16),
    age_ms=AGES,
    source=SOURCES,
    quantity=UNITS,
    shipped=UNITS,
    refunded=UNITS,
    physical=st.booleans(),
    product=st.sampled_from([0, 7]),
)
def test_both_writings_agree(
    *,
    status: int,
    age_ms: int,
    source: str,
    quantity: int,
    shipped: int,
    refunded: int,
    physical: bool,
    product: int,
) -> None:
    now = 10 * DAY_MS
    line = WebLine(
        WebLineId(1), StoreProductId(product) if product else None, quantity,
        shipped=shipped, refunded=refunded, physical=physical,
    )  # fmt: skip
    placed = now - age_ms
    ours = by_push(
        WebOrder(WebOrderId(1), status, placed, placed, (line,), external_source=source), line, now
    )
    its = ShownLine(1, product, 0, quantity, shipped, refunded, physical)
    order = Shown(1, status, placed, placed, (its,), source)
    assert by_verify(order, its, now) == Owed(ours.units, ours.counts is not Counts.HELD)
