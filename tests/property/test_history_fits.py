"""Whatever happened to a product: its line is one write unit, and says what was done."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tillbridge.domain.history.fields_sent import sent
from tillbridge.domain.history.packing import LEAST_BYTES, MOST_BYTES, line_of, text_of
from tillbridge.domain.history.product_line import (
    Because,
    Did,
    EventSeen,
    FieldSent,
    HolderLevel,
    OrderUnits,
    ProductLine,
)
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreProductId, WebOrderId

TEXTS = st.text(max_size=255)
TIMES = st.integers(0, 10**14)
VARIANTS = st.none() | TEXTS.map(PosVariantId)
COUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=3).map(Decimal)
EVENTS = st.builds(EventSeen, TEXTS, TEXTS, TIMES, TIMES, st.integers(0, 2**63 - 1), TEXTS)
LINES = st.builds(
    ProductLine,
    at_ms=TIMES,
    product=TEXTS.map(PosProductId),
    did=st.sampled_from(Did),
    version=st.integers(-1, 10**21),
    begun_ms=TIMES,
    because=st.none() | st.builds(Because, EVENTS, EVENTS, st.integers(1, 10**6)),
    by=TEXTS,
    job=TEXTS,
    lane=st.sampled_from(["stock", "content"]),
    holders=st.lists(
        st.builds(
            HolderLevel, VARIANTS, COUNTS, COUNTS, st.integers(0, 10**9), st.integers(0, 10**9)
        ),
        max_size=30,
    ).map(tuple),
    online=st.none() | st.integers(0, 10**9),
    order=st.none()
    | st.builds(
        OrderUnits, st.integers(1, 10**9).map(WebOrderId), VARIANTS, st.integers(0, 99), TIMES
    ),
    fields=st.dictionaries(
        st.text(max_size=40), st.builds(FieldSent, TEXTS, st.text(max_size=16)), max_size=30
    ),
    words=st.text(max_size=3_000),
    code=st.text(max_size=40),
    call=st.text(max_size=40),
    web=st.none() | st.integers(1, 2**53).map(StoreProductId),
)


@given(LINES, st.integers(0, MOST_BYTES))
def test_a_line_fits_and_says_what_was_done(line: ProductLine, room: int) -> None:
    text = text_of(line, room)
    kept = line_of(line.at_ms, line.product, text)

    assert len(text.encode()) <= max(room, LEAST_BYTES)
    assert (kept.did, kept.version) == (line.did, line.version)


@given(LINES)
def test_a_line_that_has_room_is_kept_whole(line: ProductLine) -> None:
    same = line if line.because is None or line.because.events > 1 else None
    if same is not None:
        assert line_of(line.at_ms, line.product, text_of(line, 10**6)) == line


def test_of_a_product_of_600_variants_what_finds_no_room_is_counted() -> None:
    fields = {f"v-{n}.price": FieldSent("12.5", "12345678") for n in range(2_400)}
    holders = tuple(
        HolderLevel(PosVariantId(f"v-{n}"), Decimal(3), Decimal(0), 0, 3) for n in range(600)
    )
    line = ProductLine(1, PosProductId("p-1"), Did.CREATED, fields=fields, holders=holders)

    kept = line_of(1, PosProductId("p-1"), text_of(line))

    assert kept.holders
    assert len(kept.fields) + len(kept.holders) + kept.more == 3_000


def test_what_a_product_has_is_kept_rather_than_what_its_variants_have() -> None:
    own = {"name": sent("Stoneware Mug"), "price": sent("14.5"), "upc": sent("")}
    of_variants = {
        f"v-1001-{n}.{name}": sent(name) for n in range(4) for name in ("sku", "price", "upc")
    }
    fields = {**own, **of_variants, "description": sent("Holds tea. " * 20)}
    line = ProductLine(1, PosProductId("p-1"), Did.CREATED, fields=fields)

    kept = line_of(1, PosProductId("p-1"), text_of(line, 500))

    assert {name: kept.fields[name] for name in own} == own
    assert kept.fields["description"] == replace(fields["description"], value="")
    assert 0 < sum("." in name for name in kept.fields) < len(of_variants)
    assert len(kept.fields) + kept.more == len(fields)


def test_a_blank_is_kept_in_few_bytes_and_comes_back_blank() -> None:
    line = ProductLine(1, PosProductId("p-1"), Did.CREATED, fields={"upc": sent("")})
    assert '"upc":0' in text_of(line)
    assert line_of(1, PosProductId("p-1"), text_of(line)) == line
