"""Store findings and progress at each checkpoint: a kill repeats one block, and loses nothing."""

from collections.abc import Sequence

from tillbridge.domain.findings import Code, Finding
from tillbridge.usecases.reconcile.session import Session

EXAMPLES = 50
"""Of findings that only inform, this many of each kind are kept; all are counted."""

CANDIDATES = 5_000
"""Of products that may be linked more are kept: the first day of a store goes through them."""


def keep(session: Session, findings: Sequence[Finding], after: int) -> None:
    """Count and store the findings of a block, and note that the run has come as far as `after`."""
    run = session.run
    worth_keeping: list[Finding] = []
    for finding in findings:
        run.found[finding.code.value] += 1
        if finding.acted_on:
            run.tally.add(finding)
        most = CANDIDATES if finding.code is Code.CANDIDATE else EXAMPLES
        if finding.drift or run.found[finding.code.value] <= most:
            worth_keeping.append(finding)
    if worth_keeping:
        session.deps.runs.add_page(session.store, run.id, run.pages, worth_keeping)
        run.pages += 1
    run.after = after
    checkpoint(session)


def checkpoint(session: Session) -> None:
    """Store the run as it stands."""
    session.deps.runs.save(session.store, session.run)
