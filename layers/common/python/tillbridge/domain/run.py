"""A run of reconcile: what it was asked to do, how far it has come, and what it found so far."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tillbridge.domain.breaker import Tally
from tillbridge.domain.ended_run import EndedRun
from tillbridge.domain.findings import INFORMS, Code

FEWEST_LOST = 5


class Stage(StrEnum):
    """What a run does next, in this order. Each stage has a cursor of its own (`Run.after`)."""

    WEB = "web"
    POS = "pos"
    DUPLICATES = "duplicates"
    JUDGE = "judge"
    REPAIR = "repair"
    ENDED = "ended"


class Result(StrEnum):
    """How a run ended. `waiting`: a person must approve it before anything is repaired;
    `approved`: a person did, and another run repairs what this one found."""

    UNDER_WAY = "under_way"
    CLEAN = "clean"
    REPORTED = "reported"
    WAITING = "waiting"
    APPROVED = "approved"
    REPAIRED = "repaired"


@dataclass(frozen=True, slots=True)
class Cursors:
    """Where the next incremental run of a store begins. `pos_version`: all changes up to it were
    seen, with an overlap; `web_ms`: the store's own clock when the last run began, 0 before the
    first. `linked`: products linked at the last full run."""

    pos_version: int = 0
    web_ms: int = 0
    linked: int = 0


@dataclass(slots=True)
class Run:
    """One run of one store. Times are epoch milliseconds; `web_ms` is the store's clock when it
    began and `pos_from` the version after which the POS is read. `after` is the stage's cursor:
    a BigCommerce id, a POS version, or the number of a page of findings. `found` counts findings
    by code; `lost`: links that the last full run had, and that are gone (see `lost_links`); `pages` of findings are kept beside the run. `repairs`: the run whose findings this one
    repairs, '' for its own. `note` says what it waits for; `asked` are requests of people that wait
    for its end, as plain values."""

    id: str
    started_ms: int
    full: bool = False
    dry_run: bool = False
    stage: Stage = Stage.WEB
    after: int = 0
    result: Result = Result.UNDER_WAY
    ended_ms: int = 0
    web_ms: int = 0
    web_from_ms: int = 0
    pos_from: int = 0
    pos_version: int = 0
    slices: int = 0
    web_pages: int = 0
    pos_pages: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    throttled: int = 0
    compared: int = 0
    linked: int = 0
    lost: int = 0
    left_alone: int = 0
    found: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    pages: int = 0
    tally: Tally = field(default_factory=Tally)
    repaired: int = 0
    repairs: str = ""
    approved_by: str = ""
    note: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Return whether the run has ended."""
        return self.stage is Stage.ENDED

    @property
    def drift(self) -> int:
        """Return the number of findings that are drift."""
        return sum(count for code, count in self.found.items() if Code(code) not in INFORMS)


def lost_links(before: int, now: int) -> int:
    """Return how many links are gone since the last full run, where that is five or more and over half of all, else 0:
    people unlink products, but a shop in which nothing goes to the web any more has lost its table."""
    gone = before - now
    return gone if gone >= FEWEST_LOST and gone * 2 > before else 0


def ended_run(run: Run) -> EndedRun:
    """Return what is told of a run that ended."""
    waits = run.result is Result.WAITING
    return EndedRun(run.id, run.ended_ms, run.full, waits, run.compared, run.drift, run.repaired)


@dataclass(frozen=True, slots=True)
class Request:
    """What starts a run: the schedule or a person. `approve`: the id of the run whose repairs a
    person allows, '' for a new run. `adopt`: the POS was restored, and its account begins a new epoch
    before the runs of all its stores begin. `goes_on`: a run under way is to go on, and no new one begins. `plan`: no run, but the
    exact plan of this request."""

    full: bool = False
    dry_run: bool = False
    approve: str = ""
    goes_on: bool = False
    by: str = ""
    adopt: bool = False
    plan: str = ""


GOES_ON = Request(goes_on=True)
"""What a run sends to itself, and what says that a POS was read whole for which it waits."""
