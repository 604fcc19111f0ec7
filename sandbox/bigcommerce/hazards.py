"""Faults that can be switched on by name, one at a time or mixed, each with its own dice."""

import random
import re
from dataclasses import dataclass, field
from typing import Any

# The store's own hazards; what each does is in docs/sandbox-store.md.
NAMES = frozenset(
    {"batch-422", "batch-partial", "brand-race", "concurrency-cap", "foreign-app", "image-fails", "image-slow",
     "include-10-lies", "lost-reply", "new-field", "page-shift", "partial-207", "quota-bare",
     "quota-headers", "reset-mid-body", "scope-missing", "server-error", "slow", "stock-async",
     "stock-races-catalog", "suspended", "token-dead", "trickle", "variants-clobbered", "variants-lag"}
)  # fmt: skip


@dataclass(slots=True)
class Hazard:
    """One fault: when it strikes (probability, next N calls, method, path) and its parameters."""

    name: str
    probability: float = 1.0
    remaining: int | None = None
    method: str | None = None
    path: str | None = None
    agent: str | None = None
    params: dict[str, Any] = field(default_factory=dict)
    struck: int = 0

    def fits(self, method: str, path: str, agent: str) -> bool:
        """Tell whether a call is one that this hazard is meant for."""
        return (
            (self.method is None or method in self.method.split("|"))
            and (self.path is None or re.search(self.path, path) is not None)
            and (self.agent is None or agent.startswith(self.agent))
            and self.remaining != 0
        )


class Hazards:
    """The faults that are switched on."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._dice: dict[str, random.Random] = {}
        self._on: dict[str, Hazard] = {}

    def set(self, hazard: Hazard, seed: int | None = None) -> None:
        """Switch a hazard on; raises ValueError for a name nobody knows."""
        if hazard.name not in NAMES:
            raise ValueError(f"There is no hazard named {hazard.name!r}.")
        # Its own dice: what one hazard rolls never depends on which others are on.
        chosen = self._seed if seed is None else seed
        self._dice[hazard.name] = random.Random(f"{chosen}:{hazard.name}")
        self._on[hazard.name] = hazard

    def clear(self, name: str | None = None) -> None:
        """Switch one hazard off, or all."""
        if name is None:
            self._on.clear()
        else:
            self._on.pop(name, None)

    def listed(self) -> list[Hazard]:
        """Return the hazards that are on."""
        return list(self._on.values())

    def get(self, name: str) -> Hazard | None:
        """Return a hazard that is on, without rolling its dice."""
        return self._on.get(name)

    def strikes(self, name: str, method: str, path: str, agent: str) -> Hazard | None:
        """Roll the dice of a hazard for one call; a strike uses up one of its next-N."""
        hazard = self._on.get(name)
        if hazard is None or not hazard.fits(method, path, agent):
            return None
        if self._dice[name].random() >= hazard.probability:
            return None
        hazard.struck += 1
        if hazard.remaining is not None:
            hazard.remaining -= 1
        return hazard
