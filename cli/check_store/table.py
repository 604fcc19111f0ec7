"""The report of `tillbridge check-store`, as a table, a summary and JSON."""

from __future__ import annotations

from rich.table import Table

from cli.check_store.check import Verdict
from cli.check_store.run import Report
from cli.screen.console import counted, table
from cli.shapes.stores import CheckedStore


def report_table(report: Report) -> Table:
    """Return a table with one row per question."""
    rows = [
        (
            finding.check.question,
            finding.said.verdict.value,
            f"{finding.said.words} {finding.said.remedy}".strip(),
        )
        for finding in report.findings
    ]
    columns = ("question", "verdict", "what it says")
    return table(
        f"The store '{report.store}'", columns, rows, whole=columns[1:2], states=columns[1:2]
    )


def summary(report: Report) -> str:
    """Return what the report comes to, and how many calls it took."""
    know = sum(finding.said.verdict is Verdict.KNOW for finding in report.findings)
    untold = sum(finding.said.verdict is Verdict.NOT_TOLD for finding in report.findings)
    parts = [
        f"{counted(report.to_mend, 'thing')} must be mended"
        if report.to_mend
        else "Nothing must be mended",
        f"{know} worth knowing",
        f"{untold} not told",
    ]
    return f"{', '.join(parts)}. {counted(report.calls, 'call')}, all of them reads."


def as_json(report: Report) -> CheckedStore:
    """Return the report for a program."""
    return {
        "store": report.store,
        "calls": report.calls,
        "checks": [
            {
                "check": finding.check.name,
                "verdict": finding.said.verdict.value,
                "words": finding.said.words,
                "remedy": finding.said.remedy,
            }
            for finding in report.findings
        ],
    }
