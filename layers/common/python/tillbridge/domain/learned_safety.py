"""A safety stock that is learned from how a variant sells and how fast levels follow. Pure.

Neither the till nor BigCommerce asks us before it sells, so the last unit can be sold on both sides
within the lag between them. What one side may sell while the other does not know is Poisson distributed,
with the rate of sales times the lag."""

from dataclasses import dataclass
from math import exp

MOST = 3
"""Units kept back at most, unless the setting says otherwise."""

MAY_FAIL = 0.01
"""How likely more units may be sold within the lag than are kept back."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a variant sells, in units a second on each side, and how late each side learns of it, in
    seconds at the 95th percentile: `till_lag_s` from a sale at the till to the level online, `web_lag_s`
    from a web order to its booking in the POS."""

    web_rate: float
    till_rate: float
    till_lag_s: float
    web_lag_s: float


def learned_safety(pace: Pace, on_hand: int, most: int = MOST) -> int:
    """Return the smallest number of units s for which more than s are sold within the lag at most once
    in a hundred times; at most `most`, never more than half of what is on hand, 0 where nothing
    sells."""
    expected = max(pace.web_rate * pace.till_lag_s, pace.till_rate * pace.web_lag_s)
    return max(0, min(_smallest(expected, most), most, on_hand // 2))


def next_safety(now: int, learned: int) -> int:
    """Return tonight's safety stock: one step towards what was learned, so that one odd day changes
    little."""
    return now + (learned > now) - (learned < now)


def _smallest(expected: float, most: int) -> int:
    chance = exp(-expected)
    at_most = chance
    units = 0
    while units < most and 1 - at_most > MAY_FAIL:
        units += 1
        chance *= expected / units
        at_most += chance
    return units
