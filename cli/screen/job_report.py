"""Jobs, printed for people and as JSON."""

from collections.abc import Sequence
from datetime import UTC, datetime

from cli.screen.console import console, short, table
from cli.shapes import runs as shapes
from cli.shapes.moment import moment
from tillbridge.domain.jobs import JobState, Progress
from tillbridge.domain.selection import Do

DONE = {
    Do.PUSH: "push",
    Do.IMPORT: "import",
    Do.LINK: "link",
    Do.UNLINK: "unlink",
    Do.UNDO: "undo",
    Do.RETRY: "push again",
    Do.LOOK: "look",
}


def show_jobs(jobs: Sequence[Progress]) -> None:
    """Print jobs: when each was asked for, by whom, and how far it is."""
    if not jobs:
        console.print("Nobody has asked for anything yet. `tillbridge push` pushes products.")
        return
    columns = ("job", "asked (UTC)", "what", "by", "how far")
    rows = [_row(each) for each in jobs]
    console.print(table("Jobs", columns, rows, whole=columns[:2]))


def show_job(progress: Progress) -> None:
    """Print a job with the first of its products, those that failed first."""
    job = progress.job
    console.print(f"{DONE[job.do].capitalize()} {job.id}: {how_far(progress)}")
    if progress.words:
        console.print(progress.words)
    if progress.lines:
        rows = [
            (line.product, short(line.name), line.outcome, line.words) for line in progress.lines
        ]
        columns = ("product", "name", "outcome", "")
        console.print(table("Products", columns, rows, whole=("product",), states=("outcome",)))
    if progress.after:
        console.print("There are more products; the console shows all of them.")


def how_far(progress: Progress) -> str:
    """Return how far a job is, in words."""
    told = f"{progress.done:,} done, {progress.failed:,} failed"
    if progress.state is JobState.ENDED:
        return f"{told}."
    more = "more than " if progress.more_left else ""
    about = f", about {progress.seconds} s" if progress.seconds is not None else ""
    waits = "; it waits" if progress.state is JobState.WAITS else ""
    return f"{told}, {more}{progress.left:,} left{about}{waits}."


def job_json(progress: Progress) -> shapes.Job:
    """Return a job as JSON."""
    job = progress.job
    return {
        "job": job.id,
        "what": job.do.value,
        "by": job.by,
        "asked_at": moment(job.asked_ms),
        "state": progress.state.value,
        "total": job.total,
        "done": progress.done,
        "failed": progress.failed,
        "left": progress.left,
        "more_left": progress.more_left,
        "seconds": progress.seconds,
        "words": progress.words,
        "products": [
            {
                "product": line.product,
                "name": line.name,
                "other": line.other,
                "outcome": line.outcome,
                "words": line.words,
            }
            for line in progress.lines
        ],
    }


def _row(progress: Progress) -> tuple[str, str, str, str, str]:
    job = progress.job
    asked = datetime.fromtimestamp(job.asked_ms / 1_000, UTC).strftime("%Y-%m-%d %H:%M:%S")
    return job.id, asked, DONE[job.do], job.by, how_far(progress)
