"""A verdict as tables for shop staff."""

from collections.abc import Sequence

from rich.table import Table

from cli.screen.console import console, table
from cli.verify.model import Named, Verdict

MOST_ROWS = 40


def print_report(verdict: Verdict) -> None:
    """Print what is wrong, without empty tables, then the summary."""
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
    for part in filter(None, tables):
        console.print(part)
    console.print(summary(verdict))


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
    shown = list(rows[:MOST_ROWS])
    if len(rows) > MOST_ROWS:
        shown.append([f"… and {len(rows) - MOST_ROWS} more", *[""] * (len(columns) - 1)])
    return table(f"{title} ({len(rows)})", columns, shown, whole=("POS product",))
