"""A whole walk of a large vendor's shop into the mirror, on real tables of the local AWS: 48,000 variants at 5 outlets, in
pages of 200 rows of the catalogue and of 5,000 levels; then the same walk again, in which nothing changed. Processor time of
a page, and the peak of this process, which holds what the function holds. Usage: mirror_walk.py [VARIANTS]"""

import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import batched
from pathlib import Path
from random import Random
from statistics import mean
from typing import TYPE_CHECKING

from benches.helpers.results import Figure, finish
from sandbox.aws.package import load_template
from sandbox.aws.server import start_aws
from tillbridge.adapters.aws import CONFIG
from tillbridge.adapters.dynamodb.counters import DynamoCounters
from tillbridge.adapters.dynamodb.keys import version_counter
from tillbridge.adapters.pos_mirror.table import DynamoPosMirror
from tillbridge.domain.families.parts import ItemPart, LevelPart, MemberFields, Named, Part
from tillbridge.domain.families.placing import asked_of, in_portions, placed, with_placed
from tillbridge.domain.ids import MemberId, PosAccountKey
from tillbridge.domain.polling import Told
from tillbridge.domain.product import Barcodes

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ACCOUNT = PosAccountKey("lightspeed-bench")
VARIANTS = 48_000
OF_A_FAMILY, OUTLETS = 20, 5
ITEMS, LEVELS, PORTION = 200, 5_000, 100
"""Rows of a page of the catalogue, of one of levels, and families that are joined at a time."""

_SCATTERED = 104_729
"""A prime: its multiples reach every level once, in no order that a family has."""

MOST_MB = 40
"""That a walk may need beyond what the process had before, whatever the size of the shop."""

MOST_MS = {"rows": 120.0, "levels": 6_500.0, "rows again": 90.0, "levels again": 4_500.0}
"""Processor time of a page: half as much again as was measured, or a little more, for machines differ. The function
has less than a third of a processor, so that a page of levels is a quarter of a minute there."""


@dataclass
class Walk:
    """A walk, and what each of its pages took (processor time, s)."""

    mirror: DynamoPosMirror
    took: dict[str, list[float]] = field(default_factory=dict)

    def take(self, kind: str, pages: Iterable[Sequence[Part]]) -> None:
        """Join these pages as a poll does."""
        for page in pages:
            began = time.process_time()
            placement = placed(page, self.mirror.families_of(ACCOUNT, asked_of(page)))
            assert not placement.unplaced
            for portion in in_portions(placement, PORTION):
                there = self.mirror.read(ACCOUNT, portion.families)
                changed = with_placed(there, portion)
                self.mirror.put(ACCOUNT, [replace(each, told=Told(items=True)) for each in changed])
            self.took.setdefault(kind, []).append(time.process_time() - began)


def rows(variants: int) -> Iterator[ItemPart]:
    """Yield the rows of the catalogue, families in the order in which they were made, with members of later edits
    scattered among them."""
    dice = Random(1)
    for n in range(variants):
        family = n // OF_A_FAMILY if dice.random() < 0.9 else dice.randrange(n // OF_A_FAMILY + 1)
        first = n % OF_A_FAMILY == 0
        fields = MemberFields(
            name=f"Storm Jacket {n // OF_A_FAMILY if first else family}",
            sku=f"SKU-{n:06d}",
            product_number=f"N-{n:06d}",
            description="<p>" + f"Made for rain, number {n // OF_A_FAMILY}. " * 12 + "</p>",
            department=Named(f"{n % 40:036d}", "Outerwear"),
            vendor=Named(f"{n % 90:036d}", "Pier & Sons"),
            brand=Named(f"{n % 70:036d}", "Pier"),
            price=Decimal("39.90"),
            cost=Decimal("18.00000"),
            barcodes=Barcodes(f"{n:012d}", ""),
            options=(("Colour", f"colour {n}"), ("Size", f"{n % 30}")),
        )
        root = n - n % OF_A_FAMILY if first else family * OF_A_FAMILY
        yield ItemPart(_member(n), n + 1, None if first else _member(root), fields=fields)


def levels(variants: int) -> Iterator[LevelPart]:
    """Yield the rows of stock, in the order of sales: any."""
    count = variants * OUTLETS
    for version in range(count):
        n, outlet = divmod(version * _SCATTERED % count, OUTLETS)
        yield LevelPart(_member(n), f"{outlet:036d}", version + 1, Decimal(n % 17))


def _member(n: int) -> MemberId:
    return MemberId(f"0adfd74a-{n:04x}-11ef-a000-{n * 7_919:012x}")


def main() -> int:
    """Walk twice. Return 0 when every page kept its bounds."""
    variants = int(sys.argv[1]) if sys.argv[1:] else VARIANTS
    with start_aws() as aws:
        client = aws.session().client("dynamodb", endpoint_url=aws.endpoint_url, config=CONFIG)
        walk = Walk(_mirror(client))
        before = _peak_mb()
        began = time.monotonic()
        for again in ("", " again"):
            walk.take(f"rows{again}", batched(rows(variants), ITEMS, strict=False))
            held = _peak_mb()
            walk.take(f"levels{again}", batched(levels(variants), LEVELS, strict=False))
            print(
                f"walk{again}: {time.monotonic() - began:.0f} s, peak {_peak_mb()} MB ({held} before its levels)"
            )
        count = sum(1 for _ in walk.mirror.families(ACCOUNT))
        peak = _peak_mb() - before
        client.close()
    print(f"{variants:,} variants in {count:,} families")
    figures = [
        Figure(
            f"a page of {kind}, mean of {len(took)}",
            round(mean(took) * 1_000, 1),
            MOST_MS[kind],
            "ms",
        )
        for kind, took in walk.took.items()
    ]
    figures.append(Figure("memory that a walk needs", peak, MOST_MB, "MB"))
    return finish("mirror_walk", figures, whole=variants == VARIANTS)


def _mirror(client: "DynamoDBClient") -> DynamoPosMirror:
    resources = load_template(Path(__file__).parents[1] / "template.yaml")["Resources"]
    wanted = ("AttributeDefinitions", "BillingMode", "KeySchema", "LocalSecondaryIndexes")
    for table in ("PosMirrorTable", "CountersTable"):
        properties = resources[table]["Properties"]
        definition = {name: properties[name] for name in wanted if name in properties}
        client.create_table(TableName=table, **definition)
    versions = DynamoCounters(client, "CountersTable", version_counter, first=1)
    return DynamoPosMirror(client, "PosMirrorTable", versions)


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024


if __name__ == "__main__":
    sys.exit(main())
