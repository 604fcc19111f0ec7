"""What was sold twice, printed for people and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from cli.screen.console import console, counted, table
from tillbridge.domain.autopsy.verdict import Verdict
from tillbridge.domain.autopsy.words import (
    cause_words,
    not_prevented_by,
    prevented_by,
    rows,
    told,
)
from tillbridge.domain.oversold import Oversold

NO_HISTORY = "No history of that time is left, so nobody can say why."
NOT_SURE = "Which came first within one second is not known. If it was the other way round:"


def print_debts(found: Sequence[Oversold]) -> None:
    """Print debts, newest first."""
    columns = ("noticed (UTC)", "product", "SKU", "units", "web orders")
    lines = [
        (_at(each), each.name, each.sku, str(each.debt), ", ".join(map(str, each.orders)))
        for each in found
    ]
    console.print(table(f"Sold twice ({len(found)})", columns, lines, whole=columns[:1]))
    console.print("`tillbridge oversell ORDER` or `tillbridge oversell SKU` says why.")


def show_debt(debt: Oversold, said: Sequence[Verdict]) -> None:
    """Print one debt with its timeline and verdicts."""
    units = counted(debt.debt, "unit")
    console.print(f"Oversold: {debt.name or debt.holder.product} by {units}, noticed {_at(debt)}.")
    if not said:
        console.print(NO_HISTORY)
    for number, verdict in enumerate(said):
        if number:
            console.print(NOT_SURE)
        for line in told(verdict):
            console.print(line)


def debt_json(debt: Oversold) -> dict[str, Any]:
    """Return a debt as JSON."""
    return {
        "noticed": datetime.fromtimestamp(debt.at_ms / 1_000, UTC).isoformat(),
        "product": debt.holder.product,
        "variant": debt.holder.variant,
        "name": debt.name,
        "sku": debt.sku,
        "units": debt.debt,
        "orders": list(debt.orders),
    }


def verdict_json(said: Sequence[Verdict]) -> dict[str, Any]:
    """Return verdicts as JSON."""
    return {
        "verdicts": [
            {
                "cause": each.cause,
                "words": cause_words(each),
                "explains_it": each.reproduces,
                "timeline": [asdict(row) for row in rows(each)],
                "would_have_prevented": list(prevented_by(each)),
                "would_not": list(not_prevented_by(each)),
            }
            for each in said
        ]
    }


def _at(debt: Oversold) -> str:
    return datetime.fromtimestamp(debt.at_ms / 1_000, UTC).strftime("%Y-%m-%d %H:%M:%S")
