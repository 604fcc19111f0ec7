"""What a store and a deployment cost in a month: the tables of docs/costs.md. `--idle`: the deployment without
stores alone. `count`: counts anew first, on tables of the local AWS, in half a minute. `write`: puts the tables into the
page."""

import logging
import sys
from pathlib import Path

from benches.costs import page
from benches.costs.counted import counted
from benches.costs.month import shipped
from benches.helpers.prices import AS_OF, REGION

PAGE = Path(__file__).parents[2] / "docs" / "costs.md"


def main() -> int:
    """Print the tables. Return 0."""
    template = shipped()
    if sys.argv[1:] == ["--idle"]:
        print(f"{page.idle(template)}\n\nPrices of {REGION}, {AS_OF}; free tiers are left out.")
        return 0
    if sys.argv[1:] == ["count"]:
        _count()
    tables = page.tables(counted(), template)
    if sys.argv[1:] == ["write"]:
        PAGE.write_text(page.renewed(PAGE.read_text(encoding="utf-8"), tables), encoding="utf-8")
    print(*tables, sep="\n\n")
    return 0


def _count() -> None:
    from benches.costs.count import count  # noqa: PLC0415 - starts an AWS, which the tables need not

    logging.disable()
    count()


if __name__ == "__main__":
    sys.exit(main())
