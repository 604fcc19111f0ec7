"""Whatever revisions come, repeated, old or edited under new line ids, the POS books what they ask."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.pos.cloud import PosCloud
from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.publisher import ListPublisher
from sandbox.pos.refusal import PosRefusal
from sandbox.pos.web_order_book import Booking

PRODUCT, BLUE, GREEN = "p-1001", "p-1001~1", "p-1001~2"
ORDER = "bigcommerce:sandbox1:250"

lines = st.dictionaries(
    st.sampled_from(["1", "2", "3", "4"]),
    st.tuples(st.sampled_from([BLUE, GREEN]), st.integers(0, 4)),
    max_size=4,
)
states = st.sampled_from(["open", "completed"])


def body(revision: int, wanted: dict[str, tuple[str, int]], state: str) -> dict[str, Any]:
    price = {"unit_price_inc_tax": "1.00", "unit_price_ex_tax": "1.00"}
    return {
        "revision": revision,
        "placed_at": "2026-11-21T18:40:12Z",
        "number": "250",
        "channel": {"id": 1},
        "outlet_id": "o-main",
        "state": state,
        "currency": "USD",
        "lines": [
            {"line_id": key, "product_id": PRODUCT, "variant_id": variant, "units": str(units),
             "ordered": "4", **price}
            for key, (variant, units) in wanted.items()
        ],
        "total_inc_tax": "1.00",
    }  # fmt: skip


def free(cloud: PosCloud) -> dict[str, Decimal]:
    return {
        variant.id: level.on_hand - level.committed
        for variant in cloud.catalogue.get(PRODUCT).variants
        for level in variant.stock
        if level.outlet_id == "o-main"
    }


@given(
    st.lists(st.tuples(lines, states, st.integers(0, 2)), min_size=1, max_size=8),
    st.sampled_from(["at_once", "committed", "by_person"]),
)
@settings(max_examples=80)
def test_what_is_free_is_always_less_exactly_what_is_asked(
    steps: list[tuple[dict[str, tuple[str, int]], str, int]], mode: Booking
) -> None:
    cloud = PosCloud(ListPublisher())
    cloud.load(demo_products())
    cloud.set_booking(mode=mode)
    before = free(cloud)
    seen: dict[str, int] = {}
    for revision, (wanted, state, repeats) in enumerate(steps, start=1):
        sent = body(revision, wanted, state)
        told = cloud.put_web_order(ORDER, sent)
        if mode == "by_person":
            cloud.book_web_orders()
            told = cloud.put_web_order(ORDER, sent)
        for _ in range(repeats):
            assert cloud.put_web_order(ORDER, sent) == told
            if revision > 1:
                assert refused(cloud, revision - 1) == "older_revision"
        asked = {variant: Decimal(0) for variant in before}
        for variant, units in wanted.values():
            asked[variant] += units
        assert free(cloud) == {variant: before[variant] - asked[variant] for variant in before}
        for effect in told["effects"]:
            # A version contains an effect, so it never falls, and the product has reached it.
            last = seen.get(effect["variant_id"], 0)
            assert last <= effect["version"] <= cloud.catalogue.get(PRODUCT).version
            seen[effect["variant_id"]] = max(last, effect["version"])


def refused(cloud: PosCloud, revision: int) -> str:
    try:
        cloud.put_web_order(ORDER, body(revision, {}, "open"))
    except PosRefusal as refusal:
        return refusal.code
    return "booked"
