"""Who may spend how much of the calls that a vendor's POS allows our app in a window of time."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType


class Spender(StrEnum):
    """What calls are made for. `poll`: the poll of each minute, two calls when nothing changed. `poke`: a poll
    that somebody asked for. `walk`: a whole walk. `import`: creating products."""

    POLL = "poll"
    POKE = "poke"
    WALK = "walk"
    IMPORT = "import"


REST: Mapping[Spender, Decimal] = MappingProxyType(
    {
        Spender.POLL: Decimal(0),
        Spender.POKE: Decimal("0.4"),
        Spender.WALK: Decimal("0.5"),
        Spender.IMPORT: Decimal("0.4"),
    }
)
"""The share of the window's calls that each leaves to the others. So the poll of each minute, by which all else is
found, has always room."""
