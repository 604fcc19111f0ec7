"""The store's quota: a fixed window shared by all clients, a foreign app among them."""

import random
import time
from collections import Counter

from sandbox.bigcommerce.state.config import QUOTAS


class Quota:
    """The calls spent in a window, and refusals by client. Not thread-safe: one loop uses it."""

    def __init__(self, name: str, window_ms: float, seed: int = 1) -> None:
        self.limit = QUOTAS[name]
        self.window_ms = window_ms
        self.used = 0
        self.foreign_share = 0.0
        self.refused: Counter[str] = Counter()
        self._random = random.Random(seed)
        self._started = time.monotonic()
        self._foreign_due = 0.0
        self._foreign_at = self._started

    def take(self, agent: str) -> bool:
        """Spend one call of the window and return True.

        If none is left, count the refusal against the agent and return False.
        """
        self._turn()
        self._foreign()
        if self.used >= self.limit:
            self.refused[agent] += 1
            return False
        self.used += 1
        return True

    def headers(self) -> dict[str, str]:
        """Return the four headers of every answer."""
        return {
            "X-Rate-Limit-Requests-Left": str(max(0, self.limit - self.used)),
            "X-Rate-Limit-Requests-Quota": str(self.limit),
            "X-Rate-Limit-Time-Reset-Ms": str(self.reset_ms()),
            "X-Rate-Limit-Time-Window-Ms": str(int(self.window_ms)),
        }

    def reset_ms(self) -> int:
        """Return the milliseconds until the window turns, rounded up; of a window that nobody has called in
        too."""
        elapsed = (time.monotonic() - self._started) * 1000
        return max(1, int(self.window_ms - elapsed % self.window_ms) + 1)

    def _turn(self) -> None:
        now = time.monotonic()
        elapsed = (now - self._started) * 1000
        if elapsed >= self.window_ms:
            # Windows follow one another on a fixed grid, as the reset header promises.
            self._started += (elapsed // self.window_ms) * self.window_ms / 1000
            self.used = 0

    def _foreign(self) -> None:
        """Spend what another app would have spent since the last call: its share, unevenly."""
        now = time.monotonic()
        gone_ms, self._foreign_at = (now - self._foreign_at) * 1000, now
        if not self.foreign_share:
            return
        rate = self.limit * self.foreign_share / self.window_ms
        # After an idle time the other app has spent at most its share of this window.
        self._foreign_due += min(gone_ms, self.window_ms) * rate * self._random.uniform(0, 2)
        wanted = int(self._foreign_due)
        self._foreign_due -= wanted
        taken = min(wanted, self.limit - self.used)
        self.used += taken
        self.refused["foreign-app"] += wanted - taken
