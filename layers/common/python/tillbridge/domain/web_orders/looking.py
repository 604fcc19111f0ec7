"""What follows when a level online was looked at, and when a level is written at all.

Too much on sale is lowered at once. Too little may be the effect of an order that nobody has read yet:
raised at once, its units would be offered again. So it is raised after a second look only, with the
orders read in between. This holds for every way in which BigCommerce may take off stock, or put it
back, so none of them has to be known."""

from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.looks import confirmed

ORDERS_FRESH_MS = 2_000
"""How old the view of the orders may be when stock is written."""


AFTER_WRITE_MS = 10_000
"""When a level is looked at that was written while the web sold."""


class AfterLook(StrEnum):
    """`lower` and `raise`: write the level now. `done`: it is right. `look_again`: half a minute after
    the first look."""

    LOWER = "lower"
    DONE = "done"
    LOOK_AGAIN = "look_again"
    RAISE = "raise"


@dataclass(frozen=True, slots=True)
class LowLook:
    """The first look that found a level too low: when (epoch ms), and the POS's version then."""

    at_ms: int
    version: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A look: the level online, the level that there should be by the POS's record of `version`, when
    (epoch ms), and when the orders were last read to their end (epoch ms)."""

    online: int
    level: int
    version: int
    at_ms: int
    orders_read_ms: int


def after_look(look: Looked, first: LowLook | None) -> AfterLook:
    """Return what follows a look; `first` is an earlier one that found the level too low."""
    if look.online > look.level:
        return AfterLook.LOWER
    if look.online == look.level:
        return AfterLook.DONE
    if first is None or first.version != look.version:
        return AfterLook.LOOK_AGAIN
    read_between = look.orders_read_ms > first.at_ms
    sure = read_between and confirmed(first.at_ms, look.at_ms)
    return AfterLook.RAISE if sure else AfterLook.LOOK_AGAIN


def expected_online(believed: int | None, taken: int) -> int | None:
    """Return the level to expect online: what was last written or seen there, less the units of orders
    found since for which BigCommerce takes off stock when they are placed. None when nothing is
    known."""
    return None if believed is None else max(0, believed - taken)


def must_write(level: int, expected: int | None, *, force: bool = False) -> bool:
    """Return whether a level is written. One that is expected to be there already is not: each write
    of a level is a moment in which an order that nobody has read can be undone. `force`: somebody
    asked."""
    return force or level != expected


def orders_are_fresh(read_ms: int, now_ms: int) -> bool:
    """Return whether stock may be written on a view of the orders that was read at `read_ms`."""
    return now_ms - read_ms <= ORDERS_FRESH_MS
