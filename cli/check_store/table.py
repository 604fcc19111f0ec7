"""The report of `tillbridge check-store`, as a table, a summary and JSON."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from cli.check_store.check import Verdict
from cli.check_store.run import Report
from cli.screen.console import counted

_COLOURS = {
    Verdict.FINE: "green",
    Verdict.KNOW: "yellow",
    Verdict.MEND: "red",
    Verdict.NOT_TOLD: "dim",
}


def report_table(report: Report) -> Table:
    """Return a table with one row per question."""
    table = Table(title=f"The store '{report.store}'", show_lines=False)
    table.add_column("Question")
    table.add_column("", no_wrap=True)
    table.add_column("What it says", overflow="fold")
    for finding in report.findings:
        said = finding.said
        words = f"{said.words} {said.remedy}".strip()
        style = _COLOURS[said.verdict]
        table.add_row(finding.check.question, Text(said.verdict, style=style), Text(words))
    return table


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


def as_json(report: Report) -> dict[str, object]:
    """Return the report for a program."""
    return {
        "store": report.store,
        "calls": report.calls,
        "checks": [
            {
                "check": finding.check.name,
                "verdict": finding.said.verdict,
                "words": finding.said.words,
                "remedy": finding.said.remedy,
            }
            for finding in report.findings
        ],
    }
