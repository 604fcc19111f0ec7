"""The mark of a poke."""

from dataclasses import dataclass

from tillbridge.domain.ids import Rev


@dataclass(frozen=True, slots=True)
class PokeMark:
    """The mark that asks for a poll, and when a webhook last asked for one since a poll was done (epoch ms; 0: none
    did)."""

    rev: Rev
    hooked_ms: int = 0
