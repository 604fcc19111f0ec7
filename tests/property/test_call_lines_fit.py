"""A call line fits its bytes, and loses nothing but what it counts or cuts."""

from hypothesis import given
from hypothesis import strategies as st

from tillbridge.domain.call_made import LONGEST_SAID, CallMade
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.history.call_line import MOST_CALLS, MOST_FOR, CallLine, MadeFor, ToldCall
from tillbridge.domain.history.call_packing import LEAST_BYTES, MOST_BYTES, line_of, text_of
from tillbridge.domain.ids import PosProductId

NOW_MS = 1_795_262_400_123

_names = st.sampled_from([
    "GET /v2/orders",
    "PUT /catalog/products",
    "POST /catalog/products/{product_id}/options/{option_id}/values",
    "DELETE /catalog/products/{product_id}/options/{option_id}/values/{value_id}/and/more",
])  # fmt: skip
_texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=LONGEST_ID)
_numbers = st.integers(0, 2**53)
_reasons = st.builds(
    MadeFor,
    st.builds(PosProductId, _texts),
    st.sampled_from(["stock", "content", "bulk"]),
) | st.builds(
    MadeFor, st.builds(PosProductId, _texts), st.just("asked"), _texts, _texts, st.integers(1, 99)
)
_calls = st.builds(
    CallMade,
    _names,
    st.integers(NOW_MS, NOW_MS + 60_000),
    st.lists(_numbers, max_size=3).map(tuple),
    st.sampled_from([0, 200, 204, 422, 503]),
    st.integers(0, 30_000),
    st.integers(-1, 20_000),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST_SAID),
)
_told = st.builds(
    ToldCall, _calls, st.lists(_reasons, max_size=MOST_FOR).map(tuple), st.integers(0, 1_980)
)
_lines = st.builds(
    CallLine,
    st.just(NOW_MS),
    st.just("a1b2c3d4"),
    st.integers(NOW_MS - 60_000, NOW_MS),
    st.integers(NOW_MS, NOW_MS + 60_000),
    st.lists(_told, max_size=MOST_CALLS).map(tuple),
)


@given(_lines, st.integers(0, MOST_BYTES))
def test_a_line_fits_and_every_call_is_on_it_with_all_products_counted(
    line: CallLine, room: int
) -> None:
    text = text_of(line, room)

    assert len(text.encode()) <= max(room, LEAST_BYTES)
    read = line_of(line.at_ms, line.token, text, {})
    assert (read.begun_ms, read.ended_ms) == (line.begun_ms, line.ended_ms)
    assert len(read.calls) == len(line.calls)
    for there, told in zip(read.calls, line.calls, strict=True):
        assert there.more + len(there.made_for) == told.more + len(told.made_for)
        assert there.made_for == told.made_for[: len(there.made_for)]
        assert told.call.said.startswith(there.call.said)
        assert there.call.ids in (told.call.ids, ())
        assert (there.call.name, there.call.at_ms) == (told.call.name, told.call.at_ms)
        assert (there.call.status, there.call.ms) == (told.call.status, told.call.ms)
        assert there.call.left == told.call.left


@given(_lines.filter(lambda line: len(line.calls) <= 1))
def test_a_line_of_one_call_loses_nothing_while_it_has_room(line: CallLine) -> None:
    assert line_of(line.at_ms, line.token, text_of(line, 100_000), {}) == line
