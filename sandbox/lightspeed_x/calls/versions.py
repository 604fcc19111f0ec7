"""Which versions have an operation."""

from sandbox.lightspeed_x.state.account import UNDATED

DATED = ("2026-07", "2026-10")
ALL = (*UNDATED, *DATED)
BEFORE_FAMILIES = (*UNDATED, "2026-07")
"""2026-10 makes families, by another operation, which the sandbox has not."""
WITH_CHANGES = ("2.1", *DATED)
"""2.0 changes no product."""
