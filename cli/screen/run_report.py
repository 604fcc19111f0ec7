"""A run and what it found, as people and as programs read it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from cli.screen.console import console, short, table
from tillbridge.domain.findings import Code, Finding
from tillbridge.domain.run import Run

RESULTS = {
    "under_way": "under way",
    "clean": "both sides agree",
    "reported": "reported, nothing repaired",
    "waiting": "waits for a person",
    "approved": "approved, repaired by another run",
    "repaired": "repaired by pushing",
}


def show_run(run: Run, findings: Iterable[Finding], most: int = 30) -> None:
    """Print a run: counts with words, and the first findings that are drift."""
    kind = ("full" if run.full else "incremental") + (", dry run" if run.dry_run else "")
    seconds = (run.ended_ms - run.started_ms) / 1_000 if run.ended_ms else 0.0
    console.print(
        f"Run {run.id} ({kind}): {RESULTS[run.result.value]}. {run.compared:,} linked products "
        f"compared with {run.calls.total():,} calls in {seconds:.0f} s; {run.repaired} repaired, "
        f"{run.left_alone} left alone because they change just now, {run.accepted} accepted.",
        highlight=False,
    )
    counts = [(code, count, Code(code).words) for code, count in sorted(run.found.items())]
    if counts:
        console.print(table("Found", ("code", "times", "which means"), counts))
    show_findings([finding for finding in findings if finding.drift], most)
    if run.note:
        console.print(run.note, highlight=False)


def show_runs(runs: Iterable[Run]) -> None:
    """Print runs: when each began, and what it did."""
    columns = ("run", "began (UTC)", "what it did")
    console.print(table("Runs", columns, map(_run_row, runs), whole=columns[:2]))


def under_way(run: Run) -> str:
    """Say how far a run is."""
    return (
        f"{run.stage.value}: {run.web_pages} pages of the store, {run.pos_pages} of "
        f"the POS, {run.drift} findings"
    )


def show_findings(findings: list[Finding], most: int = 30) -> None:
    """Print findings: each with its words, then field by field what differs."""
    shown = findings[:most]
    if shown:
        columns = ("product", "name", "found", "which means")
        rows = [_row(each) for each in shown]
        console.print(table(f"Found ({len(findings)})", columns, rows, whole=("product",)))
    fields = [
        (each.product, d.place, short(d.pos), short(d.web), d.moved.value)
        for each in shown
        for d in each.differences
    ]
    if fields:
        heads = ("product", "field", "POS", "online", "changed in")
        whole = ("product", "field", "changed in")
        console.print()
        console.print(table("Field by field", heads, fields, whole=whole))
    if len(findings) > most:
        console.print(f"… and {len(findings) - most} more: tillbridge drift --all")


def run_json(run: Run) -> dict[str, Any]:
    """Return a run as JSON; the names are relied on elsewhere."""
    return {**asdict(run), "calls": dict(run.calls), "found": dict(run.found), "drift": run.drift}


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON, with AmberPOS's letters beside our code."""
    return {**asdict(finding), "letters": finding.letters}


def _row(finding: Finding) -> tuple[str, ...]:
    product = finding.product or f"#{finding.number}"
    code = f"{finding.code.value} {finding.letters}".strip()
    return product, short(finding.name), code, finding.code.words


def _run_row(run: Run) -> tuple[str, str, str]:
    began = datetime.fromtimestamp(run.started_ms / 1_000, UTC).strftime("%Y-%m-%d %H:%M:%S")
    kind = "repair" if run.repairs else "full" if run.full else "incremental"
    seconds = max(0, run.ended_ms - run.started_ms) / 1_000
    dry = " (dry)" if run.dry_run else ""
    words = (
        f"{kind}{dry}: {RESULTS[run.result.value]}; {run.web_pages + run.pos_pages:,} pages with "
        f"{run.calls.total():,} calls in {seconds:,.1f} s, {run.drift:,} drift, "
        f"{run.repaired:,} repaired"
    )
    return run.id, began, words
