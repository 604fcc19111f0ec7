"""The report of `tillbridge demo --import`."""

from collections import Counter

from cli.demo.importing_outcome import ImportOutcome
from cli.demo.promises import say_promises
from cli.screen.console import console, table
from cli.screen.verdict_report import print_report


def show_import(result: ImportOutcome) -> None:
    """Print what happened, and whether every promise held."""
    kinds = Counter(each.kind for each in result.run.outcomes)
    rows: list[tuple[str, object]] = [
        ("products that were only in the store", result.seeded),
        *[(f"  {kind.replace('_', ' ')}", count) for kind, count in sorted(kinds.items())],
        (
            "  with values left as the store has them",
            sum(bool(e.held) for e in result.run.outcomes),
        ),
        ("departments created", len(result.departments)),
        ("SKUs in the POS, all different", len(set(result.skus))),
        ("reads of BigCommerce by the import", sum(result.reads.values())),
        ("writes to BigCommerce by the import", result.writes_of_import),
        ("pushes for nothing after the import", result.echoes),
        ("products edited in the POS", result.edited),
        ("fields that differ after pushing all", len(result.verdict.mismatches)),
        ("seconds in all", f"{result.seconds:.0f}"),
    ]
    console.print(table("What happened", ("", ""), rows))
    held = [(e.name, " ".join(e.held)) for e in result.run.outcomes if e.held]
    if held:
        console.print(table("Values left as the store has them", ("product", "why"), held))
    left_out = [(e.name, e.kind, e.words) for e in result.run.outcomes if e.kind != "imported"]
    if left_out:
        console.print(table("Not imported", ("product", "", "why"), left_out))
    if not result.verdict.ok:
        print_report(result.verdict)
    say_promises(result.broken)
