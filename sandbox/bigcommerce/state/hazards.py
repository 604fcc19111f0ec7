"""Faults that can be switched on by name, one at a time or mixed, each with its own dice."""

import random
import re
from dataclasses import dataclass, field
from typing import Any

# The store's own hazards and the parameters each reads; what they do is in docs/sandbox-store.md.
PARAMETERS: dict[str, frozenset[str]] = {
    "applied-late": frozenset({"seconds", "how"}),
    "batch-422": frozenset(),
    "batch-ignores": frozenset({"fields"}),
    "batch-partial": frozenset(),
    "brand-race": frozenset({"ms"}),
    "concurrency-cap": frozenset({"most"}),
    "description-rewritten": frozenset(),
    "foreign-app": frozenset({"share"}),
    "image-fails": frozenset(),
    "image-slow": frozenset({"seconds"}),
    "include-10-lies": frozenset(),
    "lines-missing": frozenset(),
    "lost-reply": frozenset({"how"}),
    "modified-unmoved": frozenset(),
    "new-field": frozenset(),
    "orders-capped": frozenset({"most"}),
    "orders-late": frozenset({"ms"}),
    "page-shift": frozenset({"by"}),
    "partial-207": frozenset({"part"}),
    "quota-bare": frozenset(),
    "quota-headers": frozenset(),
    "reset-mid-body": frozenset(),
    "restocked-twice": frozenset(),
    "scope-missing": frozenset({"scope"}),
    "server-error": frozenset({"status"}),
    "settings-by-channel": frozenset(),
    "slow": frozenset({"seconds"}),
    "stock-async": frozenset({"ms"}),
    "stock-moved-by-others": frozenset({"by"}),
    "stock-not-taken": frozenset(),
    "stock-races-catalog": frozenset(),
    "suspended": frozenset(),
    "token-dead": frozenset(),
    "trickle": frozenset({"seconds"}),
    "v2-experience": frozenset(),
    "variants-clobbered": frozenset(),
    "variants-lag": frozenset(),
}


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
        """Return whether this hazard may strike a call."""
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
        """Switch a hazard on. Raises ValueError for an unknown name or parameter."""
        if hazard.name not in PARAMETERS:
            raise ValueError(f"There is no hazard named {hazard.name!r}.")
        unknown = hazard.params.keys() - PARAMETERS[hazard.name]
        if unknown:
            raise ValueError(f"The hazard {hazard.name!r} reads no {', '.join(sorted(unknown))}.")
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
        """Roll the dice of a hazard for one call; return it if it strikes, else None.

        A strike reduces `remaining` by one.
        """
        hazard = self._on.get(name)
        if hazard is None or not hazard.fits(method, path, agent):
            return None
        if self._dice[name].random() >= hazard.probability:
            return None
        hazard.struck += 1
        if hazard.remaining is not None:
            hazard.remaining -= 1
        return hazard
