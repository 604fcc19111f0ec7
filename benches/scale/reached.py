"""At how many stores each limit is met, for docs/limits.md: a thousand stores are played, and what
grows with them is carried on. `python -m benches.scale.reached` plays, keeps it, and puts the
table into the page, in a minute."""

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from benches.costs.page import renewed
from benches.scale import assumed as a
from benches.scale.figures import reaches
from benches.scale.mixes import IMPORTS, SATURDAY
from benches.scale.play import Played, play
from benches.scale.shipped import shipped

REACHED = Path(__file__).with_name("reached.json")
PAGE = Path(__file__).parents[2] / "docs" / "limits.md"
STORES, MANY = 1_000, 10_000

ASK = {
    "PushConcurrency": (
        "drains at once",
        "nothing of AWS: raise the parameter; up to 700 fit in the 1,000 functions of an account",
    ),
    "nightly reconcile ÷ night": (
        "comparisons of everything at night",
        "nothing of AWS: raise `MaximumConcurrency` of reconcile, or compare everything less often",
    ),
    "claim-parts functions": (
        "intakes of large events",
        "nothing of AWS: raise `MaximumConcurrency` of claim parts; meanwhile imports wait, sales do not",
    ),
    "functions of the account": (
        "functions at once",
        "*Lambda, Concurrent executions*: 3,000 for 50,000 stores",
    ),
    "hooks a second": (
        "calls of webhooks",
        "nothing of AWS: raise the throttle of `HooksApi`; an account's is 10,000 a second",
    ),
    "hourly reconcile ÷ hour": ("hourly comparisons", "as at night"),
    "write units of a table": (
        "write units of a table",
        "*DynamoDB, Table-level write throughput*; a new table begins with 4,000: set its warm throughput before a sale",
    ),
    "signals on the FIFO queue": (
        "signals on a FIFO queue",
        "*SQS, FIFO high throughput*, by region",
    ),
    "secrets": ("secrets of an account", "a second account"),
    "the sweep's 180 s": ("the sweep's three minutes", "nothing: a second stack"),
    "secrets read a second": ("reads of secrets", "cannot be raised; a second account"),
    "PutEvents": ("events on the bus", "*EventBridge, PutEvents throttle limit*"),
}
"""Each limit in the words of the page, and what to ask for."""


def main() -> int:
    """Play, keep what came of it, and print the table. Return 0."""
    logging.disable()
    found: dict[str, int] = {}
    deployment = shipped()
    for mix in (SATURDAY, IMPORTS):
        run = play(mix, STORES, deployment)
        for name, stores in (*reaches(run), *_further(run)):
            found[name] = min(stores, found.get(name, stores))
    REACHED.write_text(f"{json.dumps(found, indent=2)}\n", encoding="utf-8")
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), [table(found)]), encoding="utf-8")
    print(table(found))
    return 0


def reached() -> dict[str, int]:
    """Return what was played last: the stores at which each limit is met, by its name."""
    return {
        name: int(stores)
        for name, stores in json.loads(REACHED.read_text(encoding="utf-8")).items()
    }


def table(found: Mapping[str, int]) -> str:
    """Return the table of the page in Markdown, the limit that is met first on top."""
    rows = [
        f"| {ASK[name][0]} | {_share(MANY / stores)} | {_stores(stores)} | {ASK[name][1]} |"
        for name, stores in sorted(found.items(), key=lambda each: each[1])
    ]
    head = "| limit | used at 10,000 stores | met at about | what to ask for |"
    return "\n".join([head, "|---" * 4 + "|", *rows])


def _further(run: Played) -> Iterator[tuple[str, int]]:
    meter, stores = run.world.meter, run.world.stores
    signals = meter.signals / run.seconds / stores
    sales = run.mix.sales / 3_600
    yield "secrets read a second", round(a.SECRET_READS_A_S / (a.SECRETS_A_STORE * signals))
    yield "secrets", a.SECRETS_AT_MOST // a.SECRETS_A_STORE
    yield "hooks a second", round(a.HOOKS_A_S / (sales * a.WEB_ORDERS_A_SALE * a.HOOKS_AN_ORDER))


def _share(used: float) -> str:
    return f"{used:.0%}" if used >= 0.01 else f"{used:.1%}"


def _stores(number: int) -> str:
    places = -2 if number < 100_000 else -3
    return f"{round(number, places):,} stores"


if __name__ == "__main__":
    sys.exit(main())
