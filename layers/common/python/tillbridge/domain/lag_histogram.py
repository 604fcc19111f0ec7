"""How long changes take, as counts in buckets: they can be added up, and fit one small item. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil

BUCKETS = 32
FIRST_MS, STEP = 50.0, 1.5
"""The first bucket ends at 50 ms, each later one at half as much again, the last but one after four hours;
the last takes all the rest."""

ENDS_MS = tuple(FIRST_MS * STEP**number for number in range(BUCKETS))

MOST_PACKED = 800
"""Bytes of the lags of all paths, packed."""

_MOST_COUNT = (1 << 21) - 1
"""Three bytes of seven bits: what a path of one store cannot reach in an hour."""

_MOST_MS = (1 << 35) - 1
"""Five bytes of seven bits: more than a year."""

HOUR_MS = 3_600_000


class LagPath(StrEnum):
    """What a lag is measured from, and until when. `stock`: from an event of the POS that moves stock until
    the stock call was answered. `content`: from a saved or imported product, or a repair, until its content
    was. `asked`: from a person's push. `order_found`: from a web order's placing, which BigCommerce tells in
    whole seconds, until it is in the book. `order_booked`: until the POS answered that it has it.
    `order_settled`: until a look found the levels online as they are to be."""

    STOCK = "stock"
    CONTENT = "content"
    ASKED = "asked"
    ORDER_FOUND = "order_found"
    ORDER_BOOKED = "order_booked"
    ORDER_SETTLED = "order_settled"


_PATHS = tuple(LagPath)
"""A packed path is its place here: new ones are added at the end."""

TO_THE_WEB = (LagPath.STOCK, LagPath.CONTENT, LagPath.ASKED)
"""What goes from the POS to BigCommerce."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of lags by bucket, and the longest of them (ms)."""

    counts: tuple[int, ...] = (0,) * BUCKETS
    max_ms: int = 0

    @property
    def count(self) -> int:
        """Return how many lags there are."""
        return sum(self.counts)

    def plus(self, other: "Histogram") -> "Histogram":
        """Return both together."""
        counts = tuple(a + b for a, b in zip(self.counts, other.counts, strict=True))
        return Histogram(counts, max(self.max_ms, other.max_ms))

    def at(self, share: float) -> float:
        """Return the lag (ms) at the percentile `share`, above 0 and up to 1; 0 without any. It lies in
        the same bucket as the true one, so it is wrong by less than the bucket's width."""
        rank = max(1, ceil(share * self.count))
        below = 0
        for number, count in enumerate(self.counts):
            if count and below + count >= rank:
                begins = ENDS_MS[number - 1] if number else 0.0
                last = below + count == self.count
                ends = float(self.max_ms) if last else ENDS_MS[number]
                return begins + (ends - begins) * (rank - below) / count
            below += count
        return 0.0


type Lags = Mapping[LagPath, Histogram]
"""Lags by path; a path without any is left out."""


def histogram_of(lags_ms: Iterable[int]) -> Histogram:
    """Return the histogram of lags (ms); one below 0, by clocks that differ, counts as 0."""
    counts, longest = [0] * BUCKETS, 0
    for lag in lags_ms:
        counts[bucket_of(lag)] += 1
        longest = max(longest, lag)
    return Histogram(tuple(counts), longest)


def bucket_of(lag_ms: int) -> int:
    """Return the bucket of a lag (ms)."""
    return next((n for n, end in enumerate(ENDS_MS) if lag_ms <= end), BUCKETS - 1)


def merged(*some: Lags) -> dict[LagPath, Histogram]:
    """Return all lags together."""
    found: dict[LagPath, Histogram] = {}
    for lags in some:
        for path, histogram in lags.items():
            found[path] = found.get(path, Histogram()).plus(histogram)
    return found


@dataclass(frozen=True, slots=True)
class HourLags:
    """The lags of one hour of a store. `hour`: hours since the epoch (UTC); 0: of none."""

    hour: int = 0
    lags: Lags = field(default_factory=dict)

    def after(self, now_ms: int, lags: Lags) -> tuple["HourLags | None", "HourLags"]:
        """Return the hour that is over, if there was any, and the running one with these lags. It never
        goes back, though the clocks of two functions differ: so no hour is over twice."""
        hour = max(self.hour, now_ms // HOUR_MS)
        if not self.hour and not lags:
            return None, self
        if hour == self.hour or not self.lags:
            return None, HourLags(hour, merged(self.lags, lags))
        return self, HourLags(hour, lags)


def by_hour(some: Iterable[HourLags]) -> list[HourLags]:
    """Return one an hour that has any lags, oldest first."""
    found: dict[int, HourLags] = {}
    for each in some:
        there = found.get(each.hour, HourLags())
        found[each.hour] = HourLags(each.hour, merged(there.lags, each.lags))
    return [found[hour] for hour in sorted(found) if found[hour].lags]


def packed(lags: Lags) -> bytes:
    """Return lags in at most MOST_PACKED bytes: of each path its number, its longest, a mask of the buckets
    that are not empty, and their counts. More than two million in one bucket are told as two million."""
    found = bytearray()
    for path, histogram in lags.items():
        mask = sum(1 << number for number, count in enumerate(histogram.counts) if count)
        found.append(_PATHS.index(path))
        found += _written(min(histogram.max_ms, _MOST_MS)) + mask.to_bytes(4)
        for count in filter(None, histogram.counts):
            found += _written(min(count, _MOST_COUNT))
    return bytes(found)


def unpacked(text: bytes) -> dict[LagPath, Histogram]:
    """Return the lags that `packed` made. Raise IndexError for bytes that cannot be them."""
    found: dict[LagPath, Histogram] = {}
    at = 0
    while at < len(text):
        path = _PATHS[text[at]]
        longest, at = _read(text, at + 1)
        mask, at = int.from_bytes(text[at : at + 4]), at + 4
        counts = [0] * BUCKETS
        for number in range(BUCKETS):
            if mask >> number & 1:
                counts[number], at = _read(text, at)
        found[path] = Histogram(tuple(counts), longest)
    return found


def _written(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def _read(text: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = text[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return number, at
