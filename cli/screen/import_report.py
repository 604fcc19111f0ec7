"""The reports of an import: what it would do, and what it did."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from cli.asking.imports import Progress
from cli.screen.bars import progress_bars
from cli.screen.console import console, counted, short, table
from cli.shapes.links import Imported, ImportOutcome, ImportPlan, PlannedImport
from cli.sides.import_plan import Planned
from tillbridge.ports.imports import Outcome


def say_import_plan(plan: Sequence[Planned], nothing: str) -> None:
    """Print what an import would do with each product, and the counts; without any, `nothing`."""
    if plan:
        rows = [(f"#{p.web}", short(p.name), p.sku, p.department, p.words) for p in plan]
        columns = ("BigCommerce", "product", "SKU", "department", "would be")
        console.print(table("What would happen", columns, rows, whole=("BigCommerce",)))
    console.print(_counted(each.kind for each in plan) or nothing)


@contextmanager
def import_bar() -> Iterator[Callable[[Progress], None]]:
    """Show a progress bar of an import. Yield a function to call with its progress."""
    with progress_bars() as bars:
        task = bars.add_task("looking for products", total=None)

        def show(now: Progress) -> None:
            more = "" if now.all_found else ", still looking"
            words = f"importing {counted(now.found, 'product')}{more}"
            bars.update(task, total=now.found or None, completed=now.done, description=words)

        yield show


def import_plan_json(plan: Sequence[Planned], note: str) -> ImportPlan:
    """Return a plan as JSON. `note`: why it looks odd, or ''."""
    planned: list[PlannedImport] = [
        {
            "bigcommerce_id": each.web,
            "name": each.name,
            "sku": each.sku,
            "department": each.department,
            "words": each.words,
        }
        for each in plan
    ]
    return {"planned": planned, "note": note}


def import_json(outcomes: Sequence[Outcome]) -> ImportOutcome:
    """Return the outcomes of an import as JSON."""
    return {"outcomes": list(map(_outcome_json, outcomes))}


def say_import(outcomes: Sequence[Outcome], nothing: str) -> None:
    """Print which products were not imported, which values are held, and the counts."""
    left_out = [
        (f"#{o.web}", short(o.name), o.words)
        for o in outcomes
        if o.kind not in ("imported", "linked")
    ]
    held = [(f"#{o.web}", short(o.name), " ".join(o.held)) for o in outcomes if o.held]
    for title, rows in (
        ("Not imported", left_out),
        ("Imported, with values left as BigCommerce has them", held),
    ):
        if rows:
            columns = ("BigCommerce", "product", "why")
            console.print(table(title, columns, rows, whole=("BigCommerce",)))
    console.print(_counted(each.kind.replace("_", " ") for each in outcomes) or nothing)


def _outcome_json(each: Outcome) -> Imported:
    return {
        "bigcommerce_id": int(each.web) or None,
        "outcome": each.kind,
        "product": each.product or None,
        "name": each.name,
        "words": each.words,
        "held": list(each.held),
    }


def _counted(kinds: Iterable[str]) -> str:
    words = [f"{number:,} {kind}" for kind, number in sorted(Counter(kinds).items())]
    return ", ".join(words) + "." if words else ""
