"""Write calls made, against the least that the API allows, computed from the store before and
after.

All events are queued while the store is paused. The stores of the variants', stock and mixed stories push
content only when it changed: the least counts what really differs, and literal content, the default
that the articles ask for, also writes what does not differ."""

import logging
import random
import sys
import time
from collections.abc import Callable
from itertools import batched
from typing import Any, NamedTuple

from tests.harness import House
from tests.knife.least import least_calls
from tests.knife.shop import fill
from tillbridge.domain.connection import PushContent, Settings

WRITES = ("POST", "PUT", "DELETE")
SLACK = 0.02

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
    sizes each."""

    name: str
    story: Story
    simple: int
    sized: int
    mode: PushContent
    sizes_each: int = 3


STORIES = [
    Play("1,000 changed products", changed_products, 1_000, 0, PushContent.LITERAL),
    Play(
        "1,000 products of 100 variants", changed_variants, 0, 1_000, PushContent.WHEN_CHANGED, 100
    ),
    Play("10,000 stock changes", stock_changes, 10_000, 0, PushContent.WHEN_CHANGED),
    Play("10,000 events on 1,000 SKUs", burst, 1_000, 0, PushContent.WHEN_CHANGED),
    Play("a mixed day", mixed_day, 2_000, 300, PushContent.WHEN_CHANGED),
    Play("a mixed day, literal", mixed_day, 2_000, 300, PushContent.LITERAL),
]


def measure(play: Play) -> bool:
    """Play one story and print its figures. Return whether they are within the limit."""
    started = time.monotonic()
    with House(settings=Settings(push_content=play.mode)) as house:
        ids = fill(house, play.simple, play.sized, play.sizes_each)
        house.control.reset_counts()
        before = house.control.snapshot()
        play.story(house, ids, random.Random(7))
        house.settle(2_000)
        after = house.control.snapshot()
        calls = house.calls()
        writes = {call: n for call, n in calls.items() if call.startswith(WRITES)}
        made, least = sum(writes.values()), least_calls(before, after)
        events = len(house.events)
        refused = house.control.counts()["refused_429"]
        in_step = house.verdict().ok
    ratio = made / least
    allowed = made <= least + max(1, SLACK * least) or play.name.endswith("literal")
    print(
        f"{play.name:30} {play.mode.value:13} events {events:6}  writes {made:5}  least {least:5}  ratio {ratio:.3f}"
        f"  own 429 {sum(refused.values())}  in step {in_step}  {time.monotonic() - started:.0f} s"
    )
    print(f"{'':30} {dict(sorted(writes.items()))}")
    return allowed and in_step


def main() -> int:
    """Play every story. Return 0 when each is within one call or 2 % of the least."""
    logging.disable()
    chosen = [s for s in STORIES if len(sys.argv) < 2 or sys.argv[1] in s.name]
    results = [measure(play) for play in chosen]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
