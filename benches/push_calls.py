"""Write calls made, against the least that the API allows, computed from the store before and
after.

All events are queued while the store is paused. Where a store pushes content only when it changed, the
least counts what really differs. Where it pushes literally, as the articles ask and the default is, a
product that any trigger named goes with all its content: the least counts it whole."""

import logging
import random
import sys
import time
from collections.abc import Callable
from itertools import batched
from typing import Any, NamedTuple

from benches.helpers.counted_clock import CountedClock
from benches.helpers.least import least_calls
from benches.helpers.results import Figure, finish
from tests.harness import House
from tests.knife.shop import fill
from tillbridge.domain.connection import PushContent, Settings

WRITES = ("POST", "PUT", "DELETE")
FIRST_LEVELS = 1
"""Stock goes before content, and the first levels of new products after it: in a call of their own
(docs/adr/0004-what-creates-leave-behind.md)."""

type Story = Callable[[House, list[str], random.Random], None]


def changed_products(house: House, ids: list[str], dice: random.Random) -> None:
    """Change the cost of every product."""
    house.pos.save_products([{"id": p, "price": str(dice.randint(20, 90))} for p in ids])
    if len(ids) > 200:
        assert house.events[-1]["detail"]["data"]["dataref"]


def changed_variants(house: House, ids: list[str], dice: random.Random) -> None:
    """Change the price of every variant, a hundred products an event."""
    for some in batched(ids, 100, strict=False):
        house.pos.save_products([_repriced(house, product, dice) for product in some])


def _repriced(house: House, product: str, dice: random.Random) -> dict[str, Any]:
    variants = [
        {"id": v.id, "sku": v.sku, "price": str(dice.randint(61, 99)),
         "option_values": [{"name": n, "value": x} for n, x in v.option_values]}
        for v in house.pos.catalogue.get(product).variants
    ]  # fmt: skip
    return {"id": product, "variants": variants}


def stock_changes(house: House, ids: list[str], dice: random.Random) -> None:
    """Count every product anew, a hundred an event."""
    for start in range(0, len(ids), 100):
        some = ids[start : start + 100]
        house.pos.inventory_count(
            [{"product_id": p, "counted": str(dice.randint(100, 900))} for p in some]
        )


def burst(house: House, ids: list[str], _: random.Random) -> None:
    """Sell a thousand products ten times each."""
    for number in range(10_000):
        house.pos.sell([{"product_id": ids[number % len(ids)], "quantity": "1"}])


def mixed_day(house: House, ids: list[str], dice: random.Random) -> None:
    """Play sales, refunds, new prices of products and sizes, a count, and sixty new products."""
    simple = [p for p in ids if p.startswith("p-")]
    sized = [p for p in ids if p.startswith("j-")]
    for _ in range(2_000):
        house.pos.sell([_line(house, dice.choice(ids), dice) for _ in range(dice.randint(1, 3))])
    for _ in range(100):
        house.pos.refund([_line(house, dice.choice(ids), dice)])
    for product in dice.sample(simple, 900):
        house.pos.save_product(product, price=str(dice.randint(20, 90)))
    for product in dice.sample(sized, 100):
        house.pos.save_products([_repriced(house, product, dice)])
    counted = dice.sample(simple, 200)
    house.pos.inventory_count([{"product_id": p, "counted": "55"} for p in counted])
    new = [f"new-{n}" for n in range(60)]
    for product in new:
        house.pos.save_product(
            product, name=f"Novelty {product}", sku=product, price="5", stock={"o-main": "4"}
        )
    house.push(*new)


def _line(house: House, product: str, dice: random.Random) -> dict[str, str]:
    variants = house.pos.catalogue.get(product).variants
    unit = {"variant_id": dice.choice(variants).id} if variants else {}
    return {"product_id": product, "quantity": "1", **unit}


class Play(NamedTuple):
    """A story, and the shop that it is played in: how many simple products, products with sizes, and
    sizes each. `most` is calls ÷ least; `more`, calls beside that which the order of lanes costs."""

    name: str
    story: Story
    simple: int
    sized: int
    mode: PushContent
    sizes_each: int = 3
    most: float = 1.0
    more: int = 0
    short: bool = True


STORIES = [
    Play("1,000 changed products", changed_products, 1_000, 0, PushContent.LITERAL),
    Play(
        "1,000 products of 100 variants",
        changed_variants,
        0,
        1_000,
        PushContent.WHEN_CHANGED,
        100,
        short=False,
    ),
    Play("10,000 stock changes", stock_changes, 10_000, 0, PushContent.WHEN_CHANGED, short=False),
    Play("10,000 events on 1,000 SKUs", burst, 1_000, 0, PushContent.WHEN_CHANGED),
    Play("a mixed day", mixed_day, 2_000, 300, PushContent.WHEN_CHANGED, more=FIRST_LEVELS),
    Play("a mixed day, literal", mixed_day, 2_000, 300, PushContent.LITERAL, most=1.05),
]


def measure(play: Play) -> list[Figure]:
    """Play one story, print its calls, and return its figures."""
    started = time.monotonic()
    with House(settings=Settings(push_content=play.mode), clock=CountedClock()) as house:
        ids = fill(house, play.simple, play.sized, play.sizes_each)
        house.control.reset_counts()
        before, versions = house.control.snapshot(), _versions(house, ids)
        play.story(house, ids, random.Random(7))
        house.settle(2_000)
        after = house.control.snapshot()
        writes = {call: n for call, n in house.calls().items() if call.startswith(WRITES)}
        pushed = set[int]()
        if play.mode is PushContent.LITERAL:
            now = _versions(house, ids)
            pushed = {house.link(p).id or 0 for p in ids if now[p] != versions[p]}
        made, least = sum(writes.values()), least_calls(before, after, pushed)
        events = len(house.events)
        refused = sum(house.control.counts()["refused_429"].values())
        behind = 0 if house.verdict().ok else 1
    print(
        f"{play.name} ({play.mode.value}): {events:,} events, {made:,} write calls, {least:,} at least, "
        f"{time.monotonic() - started:.0f} s\n  {dict(sorted(writes.items()))}"
    )
    most = (least * play.most + play.more) / least
    return [
        Figure(f"{play.name}: write calls ÷ least", made / least, most),
        Figure(f"{play.name}: own 429, or a side that is behind", refused + behind, 0),
    ]


def _versions(house: House, ids: list[str]) -> dict[str, int]:
    return {product: house.pos.catalogue.get(product).version for product in ids}


def main() -> int:
    """Play the stories that the argument names (`short`: those of seconds). Return 0 when each is within
    its limit."""
    logging.disable()
    chosen = sys.argv[1] if len(sys.argv) > 1 else ""
    plays = [p for p in STORIES if (p.short if chosen == "short" else chosen in p.name)]
    figures = [figure for play in plays for figure in measure(play)]
    return finish("push_calls", figures, whole=not chosen)


if __name__ == "__main__":
    sys.exit(main())
