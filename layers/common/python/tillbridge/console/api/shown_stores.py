"""From what the overview and the problems tell to what the API answers."""

from collections.abc import Iterable

from tillbridge.console.api.models import stores as store_models
from tillbridge.console.api.shown import when
from tillbridge.console.store_words import remedy_of, title_of
from tillbridge.domain.ended_run import EndedRun
from tillbridge.domain.health import Freshness, HourTold
from tillbridge.domain.lag_histogram import HOUR_MS
from tillbridge.domain.people import Role
from tillbridge.domain.view_rows import WEB
from tillbridge.usecases.console.overview import Card, Overview
from tillbridge.usecases.console.problems import Group, Problems


def card(it: Card, role: Role) -> store_models.Store:
    """Return a store among others."""
    connection = it.figures and it.figures.connection
    words = connection.attention_words if connection else ""
    return store_models.Store(
        id=it.store, role=role, health=it.health, fresh=_fresh(it.freshness), words=words
    )


def overview(it: Overview) -> store_models.Overview:
    """Return how a store is."""
    connection, entry = it.figures.connection, it.figures.entry
    parts = {"hours": it.hours, "quota": it.calls, "failed": it.failed, "oversold": it.oversold}
    return store_models.Overview(
        id=it.figures.store,
        health=it.health,
        code=connection.attention_code if connection else "",
        words=connection.attention_words if connection else "",
        fresh=_fresh(it.freshness),
        hours=None if it.hours is None else [_hour(each) for each in it.hours if each.count],
        waiting=_waiting(it),
        quota=None
        if it.quota is None
        else store_models.Quota(
            left=it.quota.left if it.quota.left >= 0 else None,
            at=when(it.quota.at_ms),
            spent=it.quota.spent,
        ),
        last_compared=_run(entry.last_run if entry else None),
        last_compared_whole=_run(entry.last_full if entry else None),
        failed=None
        if it.failed is None
        else [
            store_models.CauseCount(cause=each.cause.code, count=each.count, more=each.more)
            for each in it.failed
        ],
        oversold_last_week=None if it.oversold is None else len(it.oversold),
        unread=[name for name, read in parts.items() if read is None],
    )


def problems(it: Problems) -> store_models.Problems:
    """Return what is wrong in a store."""
    unread = [state.value for state in it.unread]
    unread += ["tried_again"] if it.tried is None else []
    unread += ["oversold"] if it.oversold is None else []
    tried = (
        None
        if it.tried is None
        else _lanes(
            it.swept_ms,
            (
                store_models.LaneWaits(
                    lane=each.lane,
                    count=each.count,
                    oldest_at=when(each.oldest_ms),
                    tries=each.tries,
                )
                for each in it.tried
            ),
        )
    )
    return store_models.Problems(
        groups=[_group(each) for each in it.groups],
        tried_again=tried,
        drift=[run for each in it.drift if (run := _run(each))],
        oversold_last_week=None if it.oversold is None else len(it.oversold),
        unread=unread,
        more_than_counted=list(it.cut),
    )


def _fresh(it: Freshness | None) -> store_models.Fresh | None:
    return None if it is None else _took(it)


def _took(it: Freshness | HourTold) -> store_models.Fresh:
    return store_models.Fresh(
        count=it.count,
        half_seconds=round(it.half_ms / 1_000, 3),
        most_seconds=round(it.most_ms / 1_000, 3),
        slowest_seconds=it.slowest_ms / 1_000,
    )


def _hour(it: HourTold) -> store_models.HourSent:
    return store_models.HourSent(start=when(it.hour * HOUR_MS), fresh=_took(it))


def _waiting(it: Overview) -> store_models.Waiting | None:
    entry = it.figures.entry
    if entry is None or entry.backlog is None or not it.swept_ms:
        return None
    return _lanes(
        it.swept_ms,
        (
            store_models.LaneWaits(
                lane=lane, count=of.count, oldest_at=when(of.oldest_ms), tries=of.tries
            )
            for lane, of in entry.backlog.items()
        ),
    )


def _lanes(as_of_ms: int, lanes: Iterable[store_models.LaneWaits]) -> store_models.Waiting:
    return store_models.Waiting(as_of=when(as_of_ms), lanes=list(lanes))


def _run(it: EndedRun | None) -> store_models.Compared | None:
    if it is None:
        return None
    return store_models.Compared(
        id=it.id,
        ended_at=when(it.ended_ms),
        full=it.full,
        compared=it.compared,
        drift=it.drift,
        repaired=it.repaired,
        waits_for_approval=it.waits,
    )


def _group(it: Group) -> store_models.ProblemGroup:
    cause = it.cause
    return store_models.ProblemGroup(
        cause=cause.code,
        status=cause.state,
        side="web" if cause.side == WEB else "pos",
        whose_turn=cause.whose,
        words=title_of(cause),
        remedy=remedy_of(cause),
        count=it.count,
        more=it.more,
        names=list(it.names),
    )
