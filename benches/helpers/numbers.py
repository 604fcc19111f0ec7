"""What is said of many measured numbers."""

from collections.abc import Sequence


def p95(numbers: Sequence[float]) -> float:
    """Return the number that 95 of a hundred do not exceed."""
    return sorted(numbers)[int(0.95 * (len(numbers) - 1))]
