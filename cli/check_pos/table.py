"""The report of `tillbridge check-pos`, as a table, a summary and JSON."""

from __future__ import annotations

from rich.table import Table

from cli.check_pos.run import Finding, Report
from cli.screen.console import counted, table
from cli.shapes.stores import CheckedPos


def report_table(report: Report) -> Table:
    """Return a table with one row per check; only missing things show their cost."""
    rows = [(each.sentence, each.status, _words(each)) for each in report.findings]
    columns = ("the POS API", "verdict", "what is wrong, and what that costs")
    return table(f"The POS at {report.url}", columns, rows, whole=columns[1:2], states=columns[1:2])


def as_json(report: Report) -> CheckedPos:
    """Return the report for a program."""
    return {
        "url": report.url,
        "ok": report.ok,
        "let_in": not report.shut_out,
        "checks": [
            {
                "check": each.sentence,
                "status": each.status,
                "needed": each.needed,
                "detail": each.detail,
                "cost": each.cost,
            }
            for each in report.findings
        ],
    }


def verdict(report: Report) -> str:
    """Return the summary of a report, one sentence or two."""
    if report.shut_out:
        return (
            f"The POS did not let us in: {report.findings[0].detail}. Check the address, and the "
            "token in --token-file. Nothing else was tried."
        )
    return f"{_found(report)}{_not_tried(report)}"


def _found(report: Report) -> str:
    needed = sum(finding.needed for finding in report.missing)
    if needed:
        return f"Push cannot work with this POS yet: {counted(needed, 'thing')} it needs {_is(needed)} missing."
    others = len(report.missing)
    if others:
        return (
            f"Push works with this POS. {counted(others, 'thing')} {_is(others)} missing; the table says "
            "what that costs."
        )
    return "Nothing is missing."


def _not_tried(report: Report) -> str:
    untried = sum(finding.status == "not tried" for finding in report.findings)
    if not untried:
        return ""
    return (
        f" Not tried: {counted(untried, 'check')} that would create products in the POS. To include them, "
        "on a test account, add --create."
    )


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _words(finding: Finding) -> str:
    if finding.status == "missing":
        return f"{finding.detail}. Cost: {finding.cost}."
    return f"{finding.detail}." if finding.detail else ""
