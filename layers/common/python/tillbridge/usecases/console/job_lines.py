"""The products of a job as its page shows them: failed ones first, then those that wait, then the others."""

from collections.abc import Sequence
from dataclasses import replace

from tillbridge.domain.errors import BadCursor
from tillbridge.domain.history.product_line import FAILURES, Did
from tillbridge.domain.ids import StoreId
from tillbridge.domain.jobs import Job, JobLine, JobState, Progress
from tillbridge.domain.view_rows import POS
from tillbridge.ports.imports import Outcome
from tillbridge.ports.jobs import Imported, Left, Outcomes
from tillbridge.usecases.console.deps import FollowDeps

A_PAGE = 50
FAILED, WAITING, DONE, TAKEN_OVER = "failed", "waiting", "done", "taken_over"
_ORDER = (FAILED, WAITING, DONE, TAKEN_OVER)

_CAME_IN = frozenset({"imported", "linked", "already_linked"})
"""Kinds of an import's outcome with which nobody has anything to do."""

_DONE_WORDS = {
    Did.CREATED: "Created in BigCommerce.",
    Did.UPDATED: "Sent to BigCommerce.",
    Did.HIDDEN: "Hidden in BigCommerce, because it was deleted in the POS.",
    Did.LINKED: "Linked.",
    Did.UNLINKED: "Unlinked.",
    Did.UNDONE: "BigCommerce has what it had before that push.",
    Did.UNCHANGED: "Nothing was left to do.",
}


def lines_of(told: Outcomes, left: Left, others: Sequence[str], *, ended: bool) -> list[JobLine]:
    """Return a line for each product that is known, without its name. `others`: what the job's plan names; those of
    them without an outcome wait or, once the job has ended, were taken over."""
    lines = [
        JobLine(
            product,
            product,
            FAILED if did in FAILURES else DONE,
            words=_DONE_WORDS.get(did, ""),
            at_ms=told.at_ms.get(product, 0),
        )
        for product, did in told.did.items()
    ]
    known = set(told.did)
    lines += [JobLine(each, each, WAITING) for each in left.products if each not in known]
    known |= set(left.products)
    as_is = TAKEN_OVER if ended else WAITING
    return lines + [JobLine(each, each, as_is) for each in others if each not in known]


def of_import(imported: Imported) -> list[JobLine]:
    """Return a line for each product of an import that has an outcome."""
    return [
        JobLine(
            product=str(each.web),
            name=each.name or (f"#{each.web}" if each.web else "The other products"),
            outcome=DONE if came_in(each) else FAILED,
            words=each.words,
            other=each.product,
        )
        for each in imported.outcomes
    ]


def came_in(outcome: Outcome) -> bool:
    """Return whether a product is in the POS, or will be without anybody's help."""
    return outcome.kind in _CAME_IN


def page_of(lines: Sequence[JobLine], after: str) -> tuple[list[JobLine], str]:
    """Return a page of lines from behind a cursor on, and the cursor of the next one; '' at the end. Raise
    BadCursor."""
    if after and after[:1] not in "0123":
        raise BadCursor(after[:80])
    there = sorted((f"{_ORDER.index(line.outcome)}{line.product}", line) for line in lines)
    behind = [(place, line) for place, line in there if place > after]
    page = behind[:A_PAGE]
    return [line for _, line in page], page[-1][0] if len(behind) > A_PAGE else ""


def shown(
    deps: FollowDeps,
    store: StoreId,
    page: Sequence[JobLine],
    told: Outcomes,
    *,
    told_more: bool = False,
) -> tuple[JobLine, ...]:
    """Return lines of POS products with what people read: names from the view and, of failures, words from there
    or else from the history. `told_more`: the history has words about what was done, too, as of an undo."""
    rows = deps.views.get(store, POS, [line.product for line in page]) if page else {}
    failed = [line.product for line in page if line.outcome == FAILED]
    silent = [each for each in failed if each not in rows or not rows[each].words]
    if told_more:
        silent += [line.product for line in page if line.outcome == DONE]
    words = dict(deps.jobs.words(store, told, silent)) if silent else {}
    words = {each: said for each, said in words.items() if said}
    words |= {each: rows[each].words for each in failed if each not in silent}
    return tuple(
        replace(
            line,
            name=rows[line.product].name if line.product in rows else line.product,
            other=rows[line.product].other if line.product in rows else "",
            words=words.get(line.product, line.words),
        )
        for line in page
    )


def import_progress(job: Job, imported: Imported) -> Progress:
    """Return how far an import is. It has no rows: it ends when each product that it names, or that it found, has
    an outcome."""
    failed = sum(not came_in(each) for each in imported.outcomes)
    told = len(imported.outcomes)
    # Of what is named each has an outcome, also what BigCommerce does not have.
    total = job.total or imported.found
    ended = told >= total and (job.total > 0 or imported.all_found)
    state = JobState.ENDED if ended else JobState.RUNNING
    more = not ended and not job.total and not imported.all_found
    return Progress(job, state, told - failed, failed, max(0, total - told), more)
