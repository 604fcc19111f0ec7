"""Which versions have an operation."""

ALL = ("2.0", "2026-07", "2026-10")
DATED = ("2026-07", "2026-10")
BEFORE_FAMILIES = ("2.0", "2026-07")
"""2026-10 makes families, by another operation, which the sandbox has not."""
