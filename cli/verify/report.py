"""A verdict as tables for shop staff."""

from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.table import Table

from cli.verify.model import Named, Verdict

MOST_ROWS = 40


def print_report(verdict: Verdict, console: Console) -> None:
    """Print what is wrong, then the summary."""
    for part in report(verdict):
        console.print(part)


def report(verdict: Verdict) -> list[RenderableType]:
    """Return the parts of the report in reading order, without empty tables."""
    tables = [
        _table(
            "Differences between POS and web store",
            ("POS product", "BigCommerce", "field", "in the POS", "online"),
            [
                (m.pos_id, str(m.bc_id), f"{m.variant}: {m.field}" if m.variant else m.field,
                 m.pos, m.store)
                for m in verdict.mismatches
            ],
        ),
        _sentences(
            "Belongs to BigCommerce, but was changed",
            [touch.words for touch in verdict.bigcommerce_owned_touched],
        ),
        _sentences("Duplicates", [found.words for found in verdict.duplicates]),
        _products("Linked, but not online", verdict.missing_online),
        _products("Refused by BigCommerce", verdict.failed),
        _products("Deleted in BigCommerce", verdict.broken),
    ]  # fmt: skip
    return [*(table for table in tables if table is not None), summary(verdict)]


def summary(verdict: Verdict) -> str:
    """Return what was compared, and whether both sides agree, in one paragraph."""
    compared = (
        f"Compared {verdict.compared_products} linked products with "
        f"{verdict.compared_variants} variants in {verdict.seconds:.1f} s. Not linked: "
        f"{len(verdict.not_linked)} in the POS, {len(verdict.unknown_online)} online."
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
    return _table(title, ("what is wrong",), [(sentence,) for sentence in words])


def _products(title: str, found: Sequence[Named]) -> Table | None:
    rows = [(named.pos_id or "", named.words) for named in found]
    return _table(title, ("POS product", "what is wrong"), rows)


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
