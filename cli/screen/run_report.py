"""A reconcile run and its findings, printed for people and as JSON."""

from collections.abc import Iterable
from datetime import UTC, datetime

from cli.screen.console import at_most, console, counted, short, table
from cli.shapes import runs as shapes
from cli.shapes.moment import moment, moment_or_never
from tillbridge.domain.findings import Code, Finding
from tillbridge.domain.run import Run
from tillbridge.domain.versions import number_of

RESULTS = {
    "under_way": "under way",
    "clean": "both sides agree",
    "reported": "reported, nothing repaired",
    "waiting": "waits for approval",
    "approved": "approved, repaired by another run",
    "repaired": "repaired by pushing",
}


def show_run(run: Run, findings: Iterable[Finding], most: int = 30) -> None:
    """Print a run: its counts in words, and the first findings that are drift."""
    kind = ("full" if run.full else "incremental") + (", dry run" if run.dry_run else "")
    seconds = (run.ended_ms - run.started_ms) / 1_000 if run.ended_ms else 0.0
    console.print(
        f"Run {run.id} ({kind}): {RESULTS[run.result.value]}. {counted(run.compared, 'linked product')} "
        f"compared with {counted(run.calls.total(), 'call')} in {seconds:.0f} s; {run.repaired:,} repaired, "
        f"{run.left_alone:,} left alone (changing now), {run.accepted:,} accepted.",
    )
    counts = [(code, count, Code(code).words) for code, count in sorted(run.found.items())]
    if counts:
        console.print(table("What was found", ("code", "times", "meaning"), counts))
    show_findings([finding for finding in findings if finding.drift], most)
    if run.note:
        console.print(run.note)


def show_runs(runs: Iterable[Run]) -> None:
    """Print runs: when each one began, and what it did."""
    columns = ("run", "began (UTC)", "what it did")
    console.print(table("Runs", columns, map(_run_row, runs), whole=columns[:2]))


def under_way(run: Run) -> str:
    """Return the progress of a run in words."""
    return (
        f"{run.stage.value}: {counted(run.web_pages, 'page')} of the store, {run.pos_pages:,} of "
        f"the POS, {counted(run.drift, 'finding')}"
    )


def show_findings(findings: list[Finding], most: int = 30) -> None:
    """Print each finding with its meaning, then the differences field by field."""
    most = at_most(most)
    shown = findings[:most]
    if shown:
        columns = ("product", "name", "found", "meaning")
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
        console.print(
            f"… and {len(findings) - most:,} more. `tillbridge drift --all` shows all of them."
        )


def run_json(run: Run) -> shapes.Run:
    """Return a run as JSON, its versions as the POS counts them."""
    return {
        "id": run.id,
        "full": run.full,
        "dry_run": run.dry_run,
        "stage": run.stage.value,
        "result": run.result.value,
        "started_at": moment(run.started_ms),
        "ended_at": moment_or_never(run.ended_ms),
        "pos_from": number_of(run.pos_from),
        "pos_version": number_of(run.pos_version),
        "web_pages": run.web_pages,
        "pos_pages": run.pos_pages,
        "calls": dict(run.calls),
        "throttled": run.throttled,
        "compared": run.compared,
        "linked": run.linked,
        "left_alone": run.left_alone,
        "found": dict(run.found),
        "drift": run.drift,
        "accepted": run.accepted,
        "repaired": run.repaired,
        "repairs": run.repairs,
        "approved_by": run.approved_by,
        "note": run.note,
    }


def finding_json(finding: Finding) -> shapes.Finding:
    """Return a finding as JSON."""
    return {
        "code": finding.code.value,
        "words": finding.code.words,
        "letters": finding.letters,
        "product": finding.product or None,
        "bigcommerce_id": finding.number,
        "name": finding.name,
        "differences": [
            {
                "field": each.field,
                "variant": each.variant,
                "place": each.place,
                "pos": each.pos,
                "web": each.web,
                "moved": each.moved.value,
            }
            for each in finding.differences
        ],
        "repairable": finding.repairable,
        "other": finding.other,
    }


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
        f"{kind}{dry}: {RESULTS[run.result.value]}; {counted(run.web_pages + run.pos_pages, 'page')} with "
        f"{counted(run.calls.total(), 'call')} in {seconds:,.1f} s, {run.drift:,} drift, "
        f"{run.repaired:,} repaired"
    )
    return run.id, began, words
