"""The result of `tillbridge demo --import`: the figures, and the promises that did not hold."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from cli.asking.imports import ImportRun
from cli.shapes.sides import DemoImport
from cli.verify.model import Verdict

GENERATED = re.compile(r"[0-9A-Z]+")


@dataclass(slots=True)
class ImportOutcome:
    """The figures of the demo; `broken` names the promises that did not hold. `echoes`: products pushed after the import
    because the POS told of what it had just been given."""

    seeded: int
    run: ImportRun
    departments: list[str]
    skus: list[str]
    changed_online: list[str]
    lost_held: list[str]
    verdict: Verdict
    dead_letters: int
    own_429: int
    reads: Mapping[str, int]
    writes_of_import: int
    edited: int
    echoes: int
    seconds: float = 0.0
    skipped: list[str] = field(default_factory=list)

    @property
    def broken(self) -> list[str]:
        """The promises that did not hold, in words."""
        twice = [sku for sku, count in Counter(self.skus).items() if count > 1]
        doubled = [n for n, c in Counter(d.casefold() for d in self.departments).items() if c > 1]
        kinds = Counter(each.kind for each in self.run.outcomes)
        checks = {
            "Every product was imported, or says why not": kinds["failed"] == 0
            and len(self.run.outcomes) == self.seeded,
            "Generated SKUs are letters and digits": all(map(GENERATED.fullmatch, self.skus)),
            "No SKU was issued twice": not twice,
            "Each department was created once": not doubled,
            "At most one push for nothing follows a product's import": self.echoes
            <= kinds["imported"],
            "Importing changed nothing in the store": self.writes_of_import == 0,
            "BigCommerce's SKUs are unchanged": not self.changed_online,
            "Held values are unchanged in the store": not self.lost_held,
            "Both sides agree": not self.verdict.mismatches and not self.verdict.missing_online,
            "Nothing was created twice": not self.verdict.duplicates,
            "BigCommerce throttled no call (429)": self.own_429 == 0,
            "Nothing was lost (dead letters)": self.dead_letters == 0,
        }
        return [words for words, kept in checks.items() if not kept]

    @property
    def kept(self) -> bool:
        """Whether every promise held."""
        return not self.broken

    def json(self) -> DemoImport:
        """Return the figures by name, for `--json`."""
        return {
            "seeded": self.seeded,
            "outcomes": dict(Counter(each.kind for each in self.run.outcomes)),
            "held": {each.name: list(each.held) for each in self.run.outcomes if each.held},
            "departments": self.departments,
            "skus": len(self.skus),
            "edited": self.edited,
            "echoes": self.echoes,
            "bigcommerce_reads_of_import": dict(self.reads),
            "bigcommerce_writes_of_import": self.writes_of_import,
            "bigcommerce_skus_changed": self.changed_online,
            "held_lost": self.lost_held,
            "mismatches": [each.words for each in self.verdict.mismatches],
            "own_429": self.own_429,
            "dead_letters": self.dead_letters,
            "seconds": self.seconds,
            "left_out": self.skipped,
            "promises_broken": self.broken,
        }
