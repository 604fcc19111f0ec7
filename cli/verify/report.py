"""A verdict as tables that shop staff read."""

from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.table import Table

from cli.verify.model import Verdict

MOST_ROWS = 40


def print_report(verdict: Verdict, console: Console) -> None:
    """Prints what was compared, what is wrong, and the sentence that sums it up."""
    for part in report(verdict):
        console.print(part)


def report(verdict: Verdict) -> list[RenderableType]:
    """The parts of the report, in reading order; empty tables are left out."""
    tables = [
        _table(
            "Differences between POS and web store",
            ("POS product", "Web product", "Field", "In the POS", "Online"),
            [
                (m.pos_id, str(m.bc_id), f"{m.variant}: {m.field}" if m.variant else m.field,
                 m.pos, m.store)
                for m in verdict.mismatches
            ],
        ),
        _sentences(
            "Belongs to BigCommerce and was changed",
            [touch.words for touch in verdict.bigcommerce_owned_touched],
        ),
        _sentences("There twice", [found.words for found in verdict.duplicates]),
        _sentences("Linked but not online", [named.words for named in verdict.missing_online]),
        _sentences("Refused by BigCommerce", [named.words for named in verdict.failed]),
        _sentences("Deleted in BigCommerce", [named.words for named in verdict.broken]),
    ]  # fmt: skip
    return [*(table for table in tables if table is not None), summary(verdict)]


def summary(verdict: Verdict) -> str:
    """What was compared and whether both sides agree, in one paragraph."""
    compared = (
        f"Compared {verdict.compared_products} linked products with "
        f"{verdict.compared_variants} variants in {verdict.seconds:.1f} s; "
        f"{len(verdict.not_linked)} POS products are not linked, "
        f"{len(verdict.unknown_online)} are online only."
    )
    owned = " What belongs to BigCommerce was checked too." if verdict.owned_compared else ""
    if verdict.ok and not verdict.compared_products:
        return f"{compared}{owned} There was nothing to compare."
    if verdict.ok:
        return f"{compared}{owned} Both sides agree."
    wrong = (
        f"{len(verdict.mismatches)} differences, {len(verdict.missing_online)} missing online, "
        f"{len(verdict.duplicates)} duplicates, "
        f"{len(verdict.bigcommerce_owned_touched)} BigCommerce-owned values changed"
    )
    return f"{compared}{owned} The sides do not agree: {wrong}."


def _sentences(title: str, words: Sequence[str]) -> Table | None:
    return _table(title, ("What",), [(sentence,) for sentence in words])


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table | None:
    if not rows:
        return None
    table = Table(title=f"{title} ({len(rows)})", title_justify="left")
    for column in columns:
        table.add_column(column)
    for row in rows[:MOST_ROWS]:
        table.add_row(*map(escape, row))
    if len(rows) > MOST_ROWS:
        table.add_row(f"… and {len(rows) - MOST_ROWS} more", *[""] * (len(columns) - 1))
    return table
