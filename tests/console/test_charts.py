"""The geometry of the charts: every value inside, the peak where it is, and no line where nothing was."""

from hypothesis import given
from hypothesis import strategies as st

from tillbridge.console.charts import HEAD, HIGH, STEP, bars_of, line_of

HOURS = st.lists(st.one_of(st.just(0.0), st.floats(0.001, 90_000)), min_size=24, max_size=24)


def test_nothing_has_no_chart() -> None:
    assert line_of([0.0] * 24) is None
    assert line_of([]) is None
    assert bars_of([0] * 24) is None


def test_a_line_breaks_where_nothing_was_and_one_hour_alone_is_seen() -> None:
    line = line_of([4.0, 8.0, 0.0, 10.0] + [0.0] * 20)
    assert line is not None
    assert line.top == 10
    assert [run.line for run in line.runs] == ["5,57.6 15,19.2", "32.5,0.0 37.5,0.0"]
    assert line.runs[0].area == "5,96 5,57.6 15,19.2 15,96"


def test_the_peak_has_its_words_inside_the_chart() -> None:
    for at, anchor in ((0, "start"), (12, "middle"), (23, "end")):
        hours = [1.0] * 24
        hours[at] = 9.0
        line = line_of(hours)
        assert line is not None
        assert (line.peak.anchor, line.peak.x) == (anchor, round(100 * (at + 0.5) / 24, 1))


def test_bars_are_as_high_as_their_counts_and_the_last_is_still_running() -> None:
    found = bars_of([0] * 21 + [50, 1_000_000, 500_000])
    assert found is not None
    bars, peak = found
    assert [(bar.x, bar.high, bar.now) for bar in bars] == [
        (211, 2.0, False),
        (221, 96.0, False),
        (231, 48.0, True),
    ]
    assert peak.y == HEAD - 5


@given(HOURS)
def test_no_value_leaves_the_chart(hours: list[float]) -> None:
    line = line_of(hours)
    if line is None:
        return
    assert line.top >= max(hours)
    for run in line.runs:
        for point in run.line.split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= STEP * 24
            assert 0 <= y <= HIGH
    assert 0 <= line.peak.y <= HEAD + HIGH
