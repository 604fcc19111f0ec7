"""The calls that are left to our app: 300 for each register and 50 more in a fixed window of five minutes, for each
retailer and app. Every answer says the limit and what is left of it; none says when the window ends."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from tillbridge.adapters.borders.waits import whole
from tillbridge.domain.spending import REST, Spender

WINDOW_MS = 5 * 60_000


@dataclass(frozen=True, slots=True)
class Window:
    """What is known of the window under way; it ends five minutes after `seen_ms` (epoch ms), when its first answer
    was read, at the latest."""

    limit: int
    left: int
    seen_ms: int

    @property
    def share(self) -> Decimal:
        """Return the share of its calls that is left, 0 to 1."""
        return Decimal(min(self.left, self.limit)) / self.limit


def calls_of(registers: int) -> int:
    """Return the calls of a window of a retailer with so many registers."""
    return 300 * registers + 50


def after(known: Window | None, headers: Mapping[str, str], now_ms: int) -> Window | None:
    """Return what is known after an answer with these headers. Where they say nothing, a call less is left."""
    limit, left = (
        whole(headers.get("X-RateLimit-Limit")),
        whole(headers.get("X-RateLimit-Remaining")),
    )
    if not limit or left is None:
        return known and replace(known, left=max(0, known.left - 1))
    if known is None or left > known.left or now_ms - known.seen_ms >= WINDOW_MS:
        return Window(limit, left, now_ms)
    return Window(limit, left, known.seen_ms)


def wait_for(known: Window | None, spender: Spender, now_ms: int) -> float:
    """Return the seconds until this spender may call again, 0 when it may at once."""
    if known is None or now_ms - known.seen_ms >= WINDOW_MS:
        return 0.0
    if known.left - 1 >= REST[spender] * known.limit:
        return 0.0
    return (known.seen_ms + WINDOW_MS - now_ms) / 1_000
