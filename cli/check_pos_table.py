"""The report of `tillbridge check-pos` as a person reads it."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from cli.check_pos import Finding, Report

_COLOURS = {"there": "green", "missing": "red", "not tried": "dim"}


def report_table(report: Report) -> Table:
    """One row a check; what it costs is said only where something is missing."""
    table = Table(title=f"The POS at {report.url}", show_lines=False)
    table.add_column("The POS API")
    table.add_column("")
    table.add_column("What is wrong, and what that costs", overflow="fold")
    for finding in report.findings:
        colour = _COLOURS[finding.status]
        table.add_row(finding.sentence, Text(finding.status, style=colour), Text(_words(finding)))
    return table


def verdict(report: Report) -> str:
    """The report in one sentence."""
    if report.missing and not report.ok:
        count = sum(finding.needed for finding in report.missing)
        return f"Push cannot work with this POS yet: {count} things it needs are missing."
    if report.missing:
        return (
            f"Push works with this POS; {len(report.missing)} things are missing and cost a little."
        )
    untried = sum(finding.status == "not tried" for finding in report.findings)
    return "Nothing is missing." + (f" {untried} checks were not tried." if untried else "")


def _words(finding: Finding) -> str:
    if finding.status == "there":
        return ""
    if finding.status == "not tried":
        return finding.detail
    return f"{finding.detail}. Cost: {finding.cost}."
