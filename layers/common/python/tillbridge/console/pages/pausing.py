"""Pausing a store, what waits meanwhile, and resuming it."""

from collections.abc import Mapping

from tillbridge.console.pages.answers import asked, filled, see_other
from tillbridge.console.render import address, page
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.lanes import ENTRY
from tillbridge.usecases import pausing
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.what_waits import what_waits

SAID: Mapping[str, str] = {
    "paused": "Paused. What is on its way ends within a minute; then nothing is sent.",
    "resumed": "Resumed. What waited is being sent.",
}
"""Messages after a request, by what the address says."""


def show(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show whether a store is paused, by whom and why, what waits, and what resuming would do."""
    return _page(visit, deps, said=SAID.get(asked(visit, "said")))


def pause(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Pause the store, for a reason."""
    try:
        pausing.pause(deps.stores, deps.clock, visit.store, visit.person.name, filled(visit, "why"))
    except CannotAsk as why:
        return _page(visit, deps, wrong=str(why), why=filled(visit, "why"), status=422)
    return see_other(address(visit.store, "pause", said="paused"))


def resume(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Resume the store: what waited is sent."""
    pausing.resume(deps.stores, deps.signals, visit.store)
    return see_other(address(visit.store, "pause", said="resumed"))


def _page(
    visit: Visit,
    deps: ConsoleDeps,
    *,
    said: str | None = None,
    wrong: str = "",
    why: str = "",
    status: int = 200,
) -> Answer:
    return Answer(
        page(
            "pause.html",
            visit,
            tab="settings",
            connection=deps.stores.as_told(visit.store),
            waits=what_waits(deps, visit.store),
            lane_words=lambda lane: ENTRY[lane].words,
            longest=pausing.LONGEST_WHY,
            said=said,
            wrong=wrong,
            why=why,
        ),
        status=status,
    )
