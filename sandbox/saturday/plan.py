"""What happens on a Saturday and when: the same seed plans the same day. Times are seconds from opening."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What happens at one moment. `visit`: a shopper looks, pays or gives up; `flash`: one who came for
    the offer of the day. `sale`, `return`: at a till. `clerk`: a whole shelf is sold, with what the web was
    promised. `job`: the web staff ship, cancel, refund, edit or archive an order. `pending`: an order that
    nobody has paid yet. Then what goes wrong: hooks `off` and `on` again, a slice `killed`."""

    VISIT = "visit"
    FLASH = "flash"
    SALE = "sale"
    RETURN = "return"
    CLERK = "clerk"
    DELIVERY = "delivery"
    JOB = "job"
    PENDING = "pending"
    OFF = "off"
    ON = "on"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class Size:
    """How large a Saturday is. `visit_s`, `sale_s`: how long a shopper and a till take from one to the
    next, on average. `off_s`: how long the hooks are off."""

    products: int = 400
    shoppers: int = 40
    tills: int = 3
    seconds: float = 1_800
    visit_s: float = 240
    sale_s: float = 20
    off_s: float = 600


SMALL = Size(products=12, shoppers=12, tills=2, seconds=600, visit_s=90, sale_s=30, off_s=200)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing at its time; `seed` decides which product, order or job it is."""

    at_s: float
    what: What
    seed: int


def plan(seed: int, size: Size) -> list[Moment]:
    """Return the day's moments in their order."""
    dice = random.Random(f"saturday {seed}")
    found = [Moment(at, what, dice.getrandbits(32)) for at, what in _all(dice, size)]
    return sorted(found, key=lambda moment: moment.at_s)


def _all(dice: random.Random, size: Size) -> Iterator[tuple[float, What]]:
    day = size.seconds
    for _ in range(size.shoppers):
        yield from _often(dice, What.VISIT, size.visit_s, 0, day)
    for _ in range(size.tills):
        yield from _often(dice, What.SALE, size.sale_s, 0, day)
    yield from _often(dice, What.RETURN, day / 6, 0, day)
    yield from _often(dice, What.JOB, day / 24, day * 0.05, day)
    yield from _often(dice, What.PENDING, day / 4, 0, day)
    yield from _often(dice, What.FLASH, 2.0, day * 0.5, day * 0.6)
    yield from _often(dice, What.CLERK, day / 4, day * 0.2, day)
    yield day * 0.4, What.DELIVERY
    yield from ((day * share, What.KILLED) for share in (0.3, 0.55))
    yield day * 0.15, What.OFF
    yield day * 0.15 + size.off_s, What.ON


def _often(
    dice: random.Random, what: What, each_s: float, begins: float, ends: float
) -> Iterator[tuple[float, What]]:
    at = begins + dice.expovariate(1 / each_s)
    while at < ends:
        yield at, what
        at += dice.expovariate(1 / each_s)
