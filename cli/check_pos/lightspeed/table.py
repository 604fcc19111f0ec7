"""The report of the probes, as a table, a summary and JSON."""

from rich.table import Table

from cli.check_pos.lightspeed.client import Made
from cli.check_pos.lightspeed.run import NOT_RUN, OTHERWISE, Found, Report
from cli.screen.console import counted, table
from cli.shapes.pos import ProbedPos

_KINDS = {
    "/products": "product",
    "/brands": "brand",
    "/suppliers": "supplier",
    "/webhooks": "webhook",
}


def report_table(report: Report) -> Table:
    """Return a table with a row for each probe; what Tillbridge does is told where a fact is otherwise."""
    rows = [
        (str(each.probe.number), each.probe.sentence, each.verdict, _words(each))
        for each in report.found
    ]
    columns = ("no.", "Lightspeed", "verdict", "what was seen")
    return table(
        f"The account at {report.address}",
        columns,
        rows,
        whole=("no.", "verdict"),
        states=("verdict",),
    )


def verdict(report: Report) -> str:
    """Return the summary of a report."""
    if report.shut_out:
        return (
            f"Lightspeed did not let us in: {report.shut_out}. Check --prefix, and the token in --token-file and its"
            " scopes. Nothing else was asked."
        )
    other = [each for each in report.found if each.verdict == OTHERWISE]
    untried = sum(each.verdict == NOT_RUN for each in report.found)
    passed = len(report.found) - len(other) - untried
    words = [f"{counted(passed, 'probe')} passed, {len(other):,} otherwise, {untried:,} not run."]
    if other:
        words.append("Where a fact is otherwise, the table says what Tillbridge does instead.")
    if report.stopped:
        words.insert(0, "Stopped.")
    if report.left:
        named = ", ".join(dict.fromkeys(map(_named, report.left)))
        words.append(f"Left in the account, to be deleted in Lightspeed by hand: {named}.")
    return " ".join(words)


def _named(made: Made) -> str:
    """Return what people find something by in Lightspeed, which shows them no ids."""
    perhaps = "" if made.id else "perhaps "
    return f"{perhaps}the {_KINDS[made.path]} “{made.name}”"


def _words(found: Found) -> str:
    words = found.words[:1].upper() + found.words[1:]
    if found.verdict == OTHERWISE:
        return f"{words}. So: {found.probe.otherwise}."
    return f"{words}."


def as_json(report: Report) -> ProbedPos:
    """Return the report for a program."""
    return {
        "url": report.address,
        "let_in": not report.shut_out,
        "why_not": report.shut_out,
        "left_in_the_account": [
            {"kind": _KINDS[each.path], "name": each.name, "id": each.id} for each in report.left
        ],
        "probes": [
            {
                "number": each.probe.number,
                "probe": each.probe.sentence,
                "creates": each.probe.creates,
                "verdict": each.verdict,
                "words": each.words,
                "otherwise": each.probe.otherwise,
            }
            for each in report.found
        ],
    }
