"""What an import would do, and what it did."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from cli.asking.imports import Progress
from cli.screen.bars import progress_bars
from cli.screen.console import console, short, table
from cli.sides.import_plan import Planned
from tillbridge.ports.imports import Outcome


def say_import_plan(plan: Sequence[Planned], nothing: str) -> None:
    """Print what would become of each product, and the counts; `nothing` if there is none."""
    if plan:
        rows = [(f"#{p.web}", short(p.name), p.sku, p.department, p.words) for p in plan]
        columns = ("BigCommerce", "product", "SKU", "department", "what")
        console.print(table("Would happen", columns, rows, whole=("BigCommerce",)))
    console.print(_counted(each.kind for each in plan) or nothing)


@contextmanager
def import_bar() -> Iterator[Callable[[Progress], None]]:
    """Show how far an import is. Yield a function to call with its progress."""
    with progress_bars() as bars:
        task = bars.add_task("looking for products", total=None)

        def show(now: Progress) -> None:
            more = "" if now.all_found else ", still looking"
            words = f"importing {now.found} products{more}"
            bars.update(task, total=now.found or None, completed=now.done, description=words)

        yield show


def say_import(outcomes: Sequence[Outcome], nothing: str) -> bool:
    """Print what was not imported or is held, and the counts. Return whether nothing failed."""
    told = [
        (f"#{o.web}", short(o.name), o.words)
        for o in outcomes
        if o.kind not in ("imported", "linked")
    ]
    held = [(f"#{o.web}", short(o.name), " ".join(o.held)) for o in outcomes if o.held]
    for title, rows in (("Not imported", told), ("Held as BigCommerce has them", held)):
        if rows:
            columns = ("BigCommerce", "product", "why")
            console.print(table(title, columns, rows, whole=("BigCommerce",)))
    console.print(_counted(each.kind.replace("_", " ") for each in outcomes) or nothing)
    return not any(each.kind in ("failed", "refused") for each in outcomes)


def _counted(kinds: Iterable[str]) -> str:
    words = [f"{number} {kind}" for kind, number in sorted(Counter(kinds).items())]
    return ", ".join(words) + "." if words else ""
