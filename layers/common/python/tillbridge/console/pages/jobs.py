"""The jobs, and how far each is."""

from tillbridge.console import words
from tillbridge.console.pages.answers import asked, missing
from tillbridge.console.pages.lists import as_json
from tillbridge.console.pages.notes import one_value
from tillbridge.console.render import address, commands_plain, page, span, whole
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.jobs import JobLine, JobState, Progress
from tillbridge.domain.people import Right
from tillbridge.domain.selection import Do
from tillbridge.domain.view_rows import POS, WEB
from tillbridge.usecases.console import follow_job
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.plan_request import is_own

A_PAGE = 20


def jobs(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show the newest jobs of a store."""
    found = follow_job.newest_jobs(deps, visit.store, after=asked(visit, "after"), limit=A_PAGE)
    return Answer(
        page(
            "jobs.html",
            visit,
            tab="jobs",
            connection=deps.stores.as_told(visit.store),
            jobs=found,
            more=found[-1].job.id if len(found) == A_PAGE else "",
            icons=words.ICONS,
            job_title=words.job_title,
            job_status=words.job_status,
        )
    )


def job(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show how far a job is, what failed of it first."""
    progress = _progress(visit, deps)
    if progress is None:
        return missing(
            visit,
            "No such job",
            "Jobs are kept for 30 days.",
            back=address(visit.store, "jobs"),
            back_words="All jobs",
        )
    failed = [line.product for line in progress.lines if line.outcome == "failed"]
    return Answer(
        page(
            "job.html",
            visit,
            tab="jobs",
            connection=deps.stores.as_told(visit.store),
            progress=progress,
            title=words.job_title(progress.job),
            total=_total(progress),
            side=WEB if progress.job.do is Do.IMPORT else POS,
            again=_again(progress.job.do),
            failed_ids=failed if _again(progress.job.do) else [],
            left_words=_left_words(progress),
            job_words=_words(progress),
            line_status=words.line_status,
            line_at=lambda line: _line_at(visit, progress, line),
            line_again=lambda line: _line_again(visit, progress, line),
            undo_until_ms=_undo_until(visit, progress),
            line_undo=lambda line: _line_undo(visit, progress, line),
        )
    )


def progress_now(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Return how far a job is, as JSON; 304 where that has not changed."""
    progress = _progress(visit, deps)
    if progress is None:
        return Answer('{"title": "No such job"}', 404, "application/json")
    return as_json(
        visit,
        {
            "state": progress.state.value,
            "total": _total(progress),
            "ready": progress.done + progress.failed,
            "done": progress.done,
            "failed": progress.failed,
            "left": whole(progress.left) + ("+" if progress.more_left else ""),
            "left_words": _left_words(progress),
            "words": _words(progress),
            "lines": [_line(visit, progress, each) for each in progress.lines],
        },
    )


def _progress(visit: Visit, deps: ConsoleDeps) -> Progress | None:
    return follow_job.follow_job(deps, visit.store, visit.path["job"], after=asked(visit, "after"))


def _again(do: Do) -> str:
    if do is Do.IMPORT:
        return Do.IMPORT.value
    return Do.RETRY.value if do in (Do.PUSH, Do.RETRY) else ""


def _total(progress: Progress) -> int:
    # An import of all names no total: what is through and what is left is what is known of it.
    return max(progress.job.total, progress.done + progress.failed + progress.left)


def _left_words(progress: Progress) -> str:
    if progress.state is JobState.ENDED:
        return "Ended"
    if progress.state is JobState.WAITS:
        return "Waits"
    return "" if progress.seconds is None else f"about {span(progress.seconds)} left"


def _words(progress: Progress) -> str:
    if progress.words:
        return progress.words
    if progress.state is JobState.ENDED:
        return ""
    return "You can close this page; it goes on."


def _line_again(visit: Visit, progress: Progress, line: JobLine) -> str:
    """Return what the button sends that asks for a line's product again; "" where there is none."""
    again = _again(progress.job.do)
    may = visit.person.may(Right.ACT, visit.store)
    return one_value(Do(again), line.product) if again and may and line.outcome == "failed" else ""


def _line_at(visit: Visit, progress: Progress, line: JobLine) -> str:
    """Return where a line's product is shown; "" of a line that is about several."""
    if progress.job.do is Do.IMPORT:
        by_number = line.product.isdecimal() and line.product != "0"
        return address(visit.store, "web", line.product) if by_number else ""
    return address(visit.store, "products", line.product)


def _undo_until(visit: Visit, progress: Progress) -> int:
    """Return until when this person may take the job back (epoch ms); 0 where they may not."""
    by = progress.job.by
    may = visit.person.may(Right.ACT, visit.store) and is_own(visit.person, visit.store, by)
    return progress.undo_until_ms if may else 0


def _line_undo(visit: Visit, progress: Progress, line: JobLine) -> str:
    """Return what the button sends that takes a line's product back; "" where there is none."""
    undoable = line.outcome == "done" and _undo_until(visit, progress)
    product = line.other if progress.job.do is Do.IMPORT else line.product
    return one_value(Do.UNDO, product) if undoable and product else ""


def _line(visit: Visit, progress: Progress, line: JobLine) -> dict[str, object]:
    status = words.line_status(line)
    return {
        "id": line.product,
        "name": line.name or line.product,
        "words": commands_plain(line.words),
        "href": _line_at(visit, progress, line),
        "again": _line_again(visit, progress, line),
        "word": status.word,
        "icon": status.icon,
        "look": status.look,
    }
