"""The first day of a store: five steps, each told by what exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.connection import Connection
from tillbridge.domain.findings import Code
from tillbridge.domain.jobs import Job
from tillbridge.domain.run import Run
from tillbridge.domain.selection import Do

STEPS = 5


class StepName(StrEnum):
    """The steps in their order."""

    CONNECT = "connect"
    COMPARE = "compare"
    LINK = "link"
    FIRST_PUSH = "first_push"
    THE_REST = "the_rest"


class StepState(StrEnum):
    """`now`: the first that is not done; `later`: those behind it."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class FirstDay:
    """How far a store is. `run`: the newest comparison of everything, ended or under way, None before the first;
    `compared`: the newest that ended. `linking`: the newest job that linked since then, `pushing` likewise of
    pushes and imports."""

    steps: tuple[tuple[StepName, StepState], ...]
    run: Run | None
    compared: Run | None
    candidates: int
    only_in_pos: int
    only_online: int
    linking: Job | None
    pushing: Job | None

    @property
    def step(self) -> int:
        """Return the number of the step that is next; STEPS + 1 when all are done."""
        done = [state is StepState.DONE for _, state in self.steps]
        return done.index(False) + 1 if False in done else STEPS + 1


def first_day_of(runs: Sequence[Run], jobs: Sequence[Job]) -> FirstDay:
    """Return how far a connected store is, by its newest runs and jobs (newest first). What was linked is not
    counted: a job that links, asked for since the comparison, is the step."""
    full = [run for run in runs if run.full]
    compared = next((run for run in full if run.ended), None)
    found = compared.found if compared else {}
    since = compared.started_ms if compared else 0
    linking = _since(jobs, since, Do.LINK)
    pushing = _since(jobs, since, Do.PUSH, Do.RETRY, Do.IMPORT)
    candidates = found.get(Code.CANDIDATE.value, 0)
    # Of a pair each product is also found to be on one side alone.
    in_pos = max(0, found.get(Code.ONLY_IN_POS.value, 0) - candidates)
    online = max(0, found.get(Code.ONLY_ONLINE.value, 0) - candidates)
    done = (
        True,
        compared is not None,
        compared is not None and (not candidates or linking is not None),
        compared is not None and (not candidates or (linking is not None and linking.ended_ms > 0)),
        compared is not None and (pushing is not None or not (in_pos or online)),
    )
    return FirstDay(
        _steps(done), next(iter(full), None), compared, candidates, in_pos, online, linking, pushing
    )


def has_first_day(connection: Connection) -> bool:
    """Return whether a store is still to be led through its first day: one that an older release connected never
    was, and one that somebody called done is not."""
    return connection.connected_ms > 0 and not connection.first_day_over


def _steps(done: Sequence[bool]) -> tuple[tuple[StepName, StepState], ...]:
    steps: list[tuple[StepName, StepState]] = []
    behind = False
    for name, is_done in zip(StepName, done, strict=True):
        state = StepState.DONE if is_done else StepState.LATER if behind else StepState.NOW
        behind = behind or not is_done
        steps.append((name, state))
    return tuple(steps)


def _since(jobs: Sequence[Job], since_ms: int, *kinds: Do) -> Job | None:
    return next((job for job in jobs if job.do in kinds and job.asked_ms >= since_ms), None)
