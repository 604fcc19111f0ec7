"""What was sold twice, printed for people and as JSON."""

from collections.abc import Sequence
from datetime import UTC, datetime

from cli.screen.console import console, counted, table
from cli.shapes import orders as shapes
from cli.shapes.moment import moment
from cli.shapes.orders import Debt
from tillbridge.domain.autopsy.verdict import Verdict
from tillbridge.domain.autopsy.words import (
    Row,
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


def debt_json(debt: Oversold) -> Debt:
    """Return a debt as JSON."""
    return {
        "noticed_at": moment(debt.at_ms),
        "product": debt.holder.product,
        "variant": debt.holder.variant,
        "name": debt.name,
        "sku": debt.sku,
        "units": debt.debt,
        "orders": list(debt.orders),
    }


def told_json(debt: Oversold, said: Sequence[Verdict]) -> Debt:
    """Return a debt with its verdicts as JSON."""
    return {**debt_json(debt), "verdicts": list(map(_verdict_json, said))}


def _verdict_json(said: Verdict) -> shapes.Verdict:
    return {
        "cause": said.cause,
        "words": cause_words(said),
        "explains_it": said.reproduces,
        "timeline": [_row_json(row) for row in rows(said)],
        "would_have_prevented": list(prevented_by(said)),
        "would_not": list(not_prevented_by(said)),
    }


def _row_json(row: Row) -> shapes.Moved:
    return {
        "at": moment(row.at_ms),
        "who": row.who,
        "what": row.what,
        "pos": row.pos,
        "online": row.online,
        "owed": row.owed,
        "debt": row.debt,
        "whole_second": row.whole_second,
    }


def _at(debt: Oversold) -> str:
    return datetime.fromtimestamp(debt.at_ms / 1_000, UTC).strftime("%Y-%m-%d %H:%M:%S")
