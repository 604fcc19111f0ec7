"""Lags in buckets can be added up in any order, and tell percentiles as well as a bucket can."""

from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from tillbridge.domain.lag_histogram import (
    BUCKETS,
    ENDS_MS,
    HOUR_MS,
    MOST_PACKED,
    Histogram,
    HourLags,
    LagPath,
    Lags,
    bucket_of,
    histogram_of,
    merged,
    packed,
    unpacked,
)

LAGS_MS = st.lists(st.integers(0, 40_000_000) | st.integers(0, 5_000), max_size=60)
HISTOGRAMS = LAGS_MS.map(histogram_of).filter(lambda each: each.count)
SOME: st.SearchStrategy[Lags] = st.dictionaries(st.sampled_from(LagPath), HISTOGRAMS)


@given(SOME, SOME, SOME)
def test_lags_are_added_up_in_any_order(one: Lags, two: Lags, three: Lags) -> None:
    assert merged(one, two) == merged(two, one)
    assert merged(merged(one, two), three) == merged(one, merged(two, three))
    assert merged(one, {}) == dict(one)


@given(LAGS_MS, LAGS_MS)
def test_two_histograms_together_are_that_of_all_lags(one: list[int], two: list[int]) -> None:
    assert histogram_of(one).plus(histogram_of(two)) == histogram_of([*one, *two])


@given(LAGS_MS.filter(bool), st.sampled_from([0.01, 0.5, 0.95, 0.99, 1.0]))
def test_a_percentile_is_in_the_bucket_of_the_true_one(lags: list[int], share: float) -> None:
    truth = sorted(lags)[max(1, ceil(share * len(lags))) - 1]
    told = histogram_of(lags).at(share)

    number = bucket_of(truth)
    begins = ENDS_MS[number - 1] if number else 0.0
    ends = ENDS_MS[number] if number < BUCKETS - 1 else max(lags)
    assert begins <= told <= ends
    assert abs(told - truth) <= ends - begins


@given(LAGS_MS.filter(bool))
def test_the_longest_is_exact(lags: list[int]) -> None:
    assert histogram_of(lags).max_ms == max(lags) == histogram_of(lags).at(1.0)


def test_without_a_lag_every_percentile_is_0() -> None:
    assert Histogram().at(0.95) == 0.0


def test_a_lag_below_0_by_clocks_that_differ_counts_as_0() -> None:
    assert histogram_of([-5_000]) == histogram_of([0])


@given(SOME)
def test_what_was_packed_comes_back(lags: Lags) -> None:
    assert unpacked(packed(lags)) == dict(lags)


def test_the_fullest_hour_fits_its_row() -> None:
    full = Histogram((10**12,) * BUCKETS, 10**15)
    assert len(packed(dict.fromkeys(LagPath, full))) <= MOST_PACKED


@given(st.lists(st.tuples(st.integers(-3_000, 5_000_000), SOME), max_size=12))
def test_each_lag_is_in_one_hour_whatever_the_clocks_say(slices: list[tuple[int, Lags]]) -> None:
    running, over, now = HourLags(), [], 500_000 * HOUR_MS
    for passed_ms, lags in slices:
        now += passed_ms
        done, running = running.after(now, lags)
        over += [done] if done else []

    hours = [each.hour for each in over]
    assert hours == sorted(set(hours)), "no hour is put down twice"
    assert merged(*(each.lags for each in [*over, running])) == merged(
        *(some for _, some in slices)
    )
