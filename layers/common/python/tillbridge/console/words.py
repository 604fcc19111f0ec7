"""What the pages call things: states, lanes, requests and jobs in words for shop staff, with icon and colour."""

from collections.abc import Mapping
from dataclasses import dataclass

from tillbridge.domain.jobs import Job, JobLine, JobState, Progress
from tillbridge.domain.lanes import ENTRY, PRODUCT_LANES, Lane
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Do
from tillbridge.domain.view_rows import WEB, RowState
from tillbridge.usecases.console.list_products import Shown


@dataclass(frozen=True, slots=True)
class Status:
    """A status as it is shown: icon, word, class of its colour and, softly, what is beside the word."""

    word: str
    icon: str
    look: str
    beside: str = ""


_STATES: Mapping[RowState, Status] = {
    RowState.NOT_LINKED: Status("Not linked", "ring", "soft"),
    RowState.LINKED: Status("Linked", "tick", "ok"),
    RowState.FAILED: Status("Failed", "triangle", "bad"),
    RowState.BROKEN: Status("Broken", "torn", "bad"),
    RowState.LEFT_OUT: Status("Not imported", "barred", "soft"),
}
_TROUBLED = (RowState.FAILED, RowState.BROKEN)

LANES: Mapping[Lane, str] = {lane: ENTRY[lane].shown.capitalize() for lane in PRODUCT_LANES}
"""The lanes in which products wait, as the view's sub-tabs name them."""

FILTERS: Mapping[str, Mapping[str, str]] = {
    "pos": {
        "all": "All",
        "not_linked": "Not linked",
        "linked": "Linked",
        "waiting": "Waiting",
        "failed": "Failed",
        "broken": "Broken",
    },
    "web": {
        "all": "All",
        "not_linked": "Not linked",
        "linked": "Linked",
        "left_out": "Not imported",
    },
}
SIDES = {"pos": "POS view", "web": "Web view"}

VERBS: Mapping[Do, str] = {
    Do.PUSH: "Push",
    Do.IMPORT: "Import",
    Do.LINK: "Link",
    Do.UNLINK: "Unlink",
    Do.LOOK: "Compare",
    Do.RETRY: "Refresh and push",
    Do.UNDO: "Undo",
}
ICONS: Mapping[Do, str] = {
    Do.PUSH: "push",
    Do.IMPORT: "import",
    Do.LINK: "link",
    Do.UNLINK: "torn",
    Do.LOOK: "eye",
    Do.RETRY: "refresh",
    Do.UNDO: "back",
}
FIGURES: Mapping[Do, tuple[str, str]] = {
    Do.PUSH: ("created online", "updated online"),
    Do.IMPORT: ("created in the POS", "linked to what the POS has"),
    Do.LINK: ("", "linked"),
    Do.UNLINK: ("", "unlinked; both products stay"),
    Do.LOOK: ("", "compared; what differs is reported"),
    Do.RETRY: ("created online", "updated online"),
    Do.UNDO: ("hidden online and unlinked", "put back as they were"),
}
"""What a plan's two figures count: those that are created and those that are not."""

SAID: Mapping[str, str] = {
    "nothing_ticked": "Nothing is ticked. Tick the products first, then choose what to do with them.",
    "one_to_link": "Tick one product to link. Links are made one at a time, because each needs its partner.",
    "comparing": "The changes of both sides are being compared. Rows change as they are read; you can go on working.",
    "comparing_all": "Everything on both sides is being compared. 100,000 products take about two minutes; you can go on working.",
    "list_changed": "The list has changed since, so it is shown from its beginning.",
    "tick_each": "“All” goes only when every box under “Look at these first” is ticked.",
    "all_marked": "Each product of this plan is marked. Tick what should go all the same.",
    "repairing": "The repair was asked for: what the POS says is sent again.",
    "may_stay": "It may stay: comparisons leave it alone.",
    "compared_again": "The next comparison looks at it again.",
    "which_may_stay": "Tick what may stay, and until when.",
    "choose_partner": "Choose the product to link to.",
    "connected": "The store is connected. Nothing was changed on either side, and nothing will be before you say so.",
    "connected_before": "This store was connected already; nothing was changed.",
    "no_pairs": "None of these pairs has the same SKU. Tick those that are one product, page by page.",
}
"""Messages after a request, by what the address says. The words are only ever ours."""

MAY_LOOK = (
    "You may look at this store. Pushing, importing and linking are for its staff and owners."
)

OUTCOMES: Mapping[str, Status] = {
    "failed": Status("Failed", "triangle", "bad"),
    "waiting": Status("Waiting", "clock", "warn"),
    "done": Status("Done", "tick", "ok"),
    "taken_over": Status("Taken over", "arrow", "soft"),
}


def status_of(shown: Shown) -> Status:
    """Return how a row stands. What waits keeps its old trouble in its word: nothing is well before it is."""
    row, waiting = shown.row, shown.waiting
    status = _STATES[row.state]
    beside = other_words(row.side, row.other) if row.other else ""
    if waiting is None:
        return Status(status.word, status.icon, status.look, beside)
    if row.state in _TROUBLED:
        return Status(f"{status.word}, trying again", status.icon, status.look, beside)
    word = "Being created" if row.state is RowState.NOT_LINKED else "Waiting"
    return Status(word, "clock", "warn", beside)


def other_words(side: str, other: str) -> str:
    """Return the id of the product on the other side as people know it: '#214' of BigCommerce's."""
    return other if side == WEB else f"#{other}"


def lane_words(lane: Lane) -> str:
    """Return a lane as the end of a sentence names it."""
    return ENTRY[lane].words


def figures(plan: RequestPlan) -> tuple[str, str]:
    """Return what the two figures of a plan count; a blank one is shown only where it counts something."""
    made, others = FIGURES[plan.do]
    return ("" if plan.do is Do.UNDO and not plan.creates else made, others)


def products(count: int) -> str:
    """Return a count with its noun."""
    return "1 product" if count == 1 else f"{count:,} products"


def job_title(job: Job) -> str:
    """Return what a job does and to how many."""
    verb = VERBS[job.do]
    return f"{verb} {products(job.total)}" if job.total else f"{verb} all that are not linked"


def job_status(progress: Progress) -> Status:
    """Return how a job stands."""
    if progress.state is JobState.WAITS:
        return Status("Waits", "pause", "warn")
    if progress.state is JobState.RUNNING:
        return Status("Running", "clock", "warn")
    if progress.failed:
        return Status(f"{progress.failed:,} failed", "triangle", "bad")
    return Status("All done", "tick", "ok")


def line_status(line: JobLine) -> Status:
    """Return how one product of a job stands."""
    return OUTCOMES.get(line.outcome, Status(line.outcome, "ring", "soft"))
