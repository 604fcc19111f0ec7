"""What is said of many measured numbers."""

from collections.abc import Sequence
from math import ceil


def p95(numbers: Sequence[float]) -> float:
    """Return the least of the numbers that 95 of a hundred do not exceed. Raise IndexError when there is
    none."""
    return sorted(numbers)[ceil(len(numbers) * 95 / 100) - 1]
