"""The report of `tillbridge check-pos`, as a table and a summary."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from cli.check_pos.run import Finding, Report

_COLOURS = {"there": "green", "missing": "red", "not known": "yellow", "not tried": "dim"}


def report_table(report: Report) -> Table:
    """Return a table with one row per check; only missing things show their cost."""
    table = Table(title=f"The POS at {report.url}", show_lines=False)
    table.add_column("The POS API")
    table.add_column("", no_wrap=True)
    table.add_column("What is wrong, and what that costs", overflow="fold")
    for finding in report.findings:
        colour = _COLOURS[finding.status]
        table.add_row(finding.sentence, Text(finding.status, style=colour), Text(_words(finding)))
    return table


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
        return (
            f"Push cannot work with this POS yet: {_things(needed)} it needs {_is(needed)} missing."
        )
    others = len(report.missing)
    if others:
        return (
            f"Push works with this POS. {_things(others)} {_is(others)} missing; the table says "
            "what that costs."
        )
    return "Nothing is missing."


def _not_tried(report: Report) -> str:
    untried = sum(finding.status == "not tried" for finding in report.findings)
    if not untried:
        return ""
    return (
        f" {untried} checks were not tried, because they create products in the POS. To try them "
        "on a test account, add --create."
    )


def _things(count: int) -> str:
    return "1 thing" if count == 1 else f"{count} things"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _words(finding: Finding) -> str:
    if finding.status == "missing":
        return f"{finding.detail}. Cost: {finding.cost}."
    return f"{finding.detail}." if finding.detail else ""
