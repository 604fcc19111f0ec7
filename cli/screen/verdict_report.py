"""A verdict as tables for shop staff."""

from collections.abc import Sequence

from rich.table import Table

from cli.screen.console import at_most, console, counted, table
from cli.verify.model import Mismatch, Named, Verdict

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
                if not m.too
            ],
        ),
        _levels(verdict.wrong_levels),
        _sentences("Web orders", [found.words for found in verdict.orders_wrong]),
        _sentences(
            "Web orders that are under way, or need a person",
            [found.words for found in verdict.orders_waiting],
            "how far",
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
        f"Compared {counted(verdict.compared_products, 'linked product')} with "
        f"{counted(verdict.compared_variants, 'variant')} in {verdict.seconds:.1f} s. Not linked: "
        f"{len(verdict.not_linked):,} in the POS, {len(verdict.unknown_online):,} online."
    )
    compared = f"{compared} {_orders(verdict)}"
    owned = " What belongs to BigCommerce was checked too." if verdict.owned_compared else ""
    if verdict.ok and not verdict.compared_products:
        return f"{compared}{owned} There was nothing to compare."
    if verdict.ok:
        return f"{compared}{owned} Both sides agree."
    wrong = (
        f"{counted(len(verdict.mismatches), 'difference')}{_of_levels(verdict)}, "
        f"{len(verdict.missing_online):,} missing online, "
        f"{counted(len(verdict.duplicates), 'duplicate')}, "
        f"{counted(len(verdict.bigcommerce_owned_touched), 'BigCommerce-owned value')} changed"
    )
    if verdict.orders_wrong:
        wrong += f", {counted(len(verdict.orders_wrong), 'web order')} wrong"
    return f"{compared}{owned} The sides do not agree: {wrong}."


def _orders(verdict: Verdict) -> str:
    """Return what was seen of web orders, and what was not."""
    if verdict.web_orders == "off":
        return "Web orders are switched off: none was read, and levels take no account of what the web has sold."
    right = verdict.orders - len(verdict.orders_wrong) - len(verdict.orders_waiting)
    at_pos = " and the POS" if verdict.web_orders == "pos" else ""
    named = f"; {len(verdict.orders_waiting)} named above" if verdict.orders_waiting else ""
    old = (
        f" {verdict.orders_unasked} that BigCommerce's list does not show were judged by what was last seen."
        if verdict.orders_unasked
        else ""
    )
    return f"Web orders: {right} of {verdict.orders} are right in Tillbridge{at_pos}{named}.{old}"


def _of_levels(verdict: Verdict) -> str:
    high = sum(1 for each in verdict.wrong_levels if each.too == "high")
    low = len(verdict.wrong_levels) - high
    return f" ({counted(high, 'level')} too high, {low:,} too low)" if verdict.wrong_levels else ""


def _levels(wrong: Sequence[Mismatch]) -> Table | None:
    rows = [(each.pos_id, f"too {each.too}", each.words) for each in wrong]
    return _table("Stock online", ("POS product", "level", "what is wrong"), rows)


def _sentences(title: str, words: Sequence[str], column: str = "what is wrong") -> Table | None:
    return _table(title, (column,), [(sentence,) for sentence in words])


def _products(title: str, found: Sequence[Named]) -> Table | None:
    rows = [(named.pos_id or "", named.words) for named in found]
    return _table(title, ("POS product", "what is wrong"), rows)


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table | None:
    if not rows:
        return None
    most = at_most(MOST_ROWS)
    shown = list(rows[:most])
    if len(rows) > most:
        shown.append([f"… and {len(rows) - most:,} more", *[""] * (len(columns) - 1)])
    return table(f"{title} ({len(rows)})", columns, shown, whole=("POS product",))
