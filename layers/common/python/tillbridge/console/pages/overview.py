"""How a store is, at a glance."""

from tillbridge.console import charts, store_words
from tillbridge.console.pages.answers import asked
from tillbridge.console.render import page
from tillbridge.console.visit import Answer, Visit
from tillbridge.console.words import MAY_LOOK, SAID
from tillbridge.domain.connection import Connection, WebOrderMode
from tillbridge.domain.first_day import STEPS, FirstDay
from tillbridge.usecases.console import first_day
from tillbridge.usecases.console import overview as use_case
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.part import part


def overview(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show how a store is, and how far its first day: six requests."""
    seen = use_case.overview(deps, visit.store)
    hours, connection, entry = seen.hours, seen.figures.connection, seen.figures.entry
    any_went = bool(hours) and seen.freshness is not None
    orders = connection is not None and connection.settings.web_orders is not WebOrderMode.OFF
    return Answer(
        page(
            "overview.html",
            visit,
            tab="overview",
            connection=connection,
            seen=seen,
            entry=entry,
            told=store_words.told_of(seen, visit.now_ms, seen.swept_ms),
            delay=charts.line_of([hour.most_ms / 1_000 for hour in hours or ()]),
            sent=charts.bars_of([hour.count for hour in hours or ()]),
            findings=store_words.finding_of(hours, visit.now_ms) if hours and any_went else None,
            slowest=max((hour.most_ms for hour in hours or ()), default=0.0),
            busiest=max((hour.count for hour in hours or ()), default=0),
            charts=charts,
            lanes=store_words.lanes_told(entry.backlog if entry and entry.backlog else {}),
            lanes_unread=entry is not None and entry.backlog is None,
            sweep_stands=store_words.sweep_stands(seen.swept_ms, visit.now_ms),
            orders=orders,
            day=_first_day(deps, connection),
            of=STEPS,
            failed=sorted(seen.failed or (), key=lambda each: -each.count),
            title_of=store_words.title_of,
            said=SAID.get(asked(visit, "said")),
            may_look=MAY_LOOK,
        )
    )


def _first_day(deps: ConsoleDeps, connection: Connection | None) -> FirstDay | None:
    if connection is None or not use_case.leads(connection):
        return None
    return part(connection.store, "first day", lambda: first_day.under_way(deps, connection))
