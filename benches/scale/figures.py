"""The figures of what was played: lags, functions at once, money, and how much of each limit is used."""

from collections.abc import Sequence
from dataclasses import dataclass

from benches.helpers import prices as price
from benches.scale import assumed as a
from benches.scale.play import HOUR_S, Played
from tillbridge.domain.lanes import Lane


def at_share(ordered: Sequence[float], share: float) -> float:
    """Return the value below which that share of ordered values lies; 0 of none."""
    return ordered[int(share * (len(ordered) - 1))] if ordered else 0.0


def mean_drains(played: Played) -> float:
    """Return how many drains ran on average."""
    spent = played.world.meter.at_once
    return sum(drains * seconds for drains, seconds in spent.items()) / sum(spent.values())


def drains_at_once(played: Played, share: float) -> int:
    """Return the number of drains that was not exceeded for that share of the time."""
    spent = played.world.meter.at_once
    left = share * sum(spent.values())
    for drains in sorted(spent):
        left -= spent[drains]
        if left <= 0:
            return drains
    return max(spent)


def full(played: Played) -> float:
    """Return the share of the time in which as many drains ran as may."""
    spent = played.world.meter.at_once
    return spent[played.world.deployment.push_concurrency] / sum(spent.values())


def dollars_a_month(played: Played) -> tuple[float, float]:
    """Return what a store costs a month: for its work, and for being there."""
    world, meter = played.world, played.world.meter
    hours = a.BUSY_HOURS_A_MONTH * HOUR_S / played.seconds
    invocations = sum(meter.invocations.values())
    work = (
        sum(meter.gb_s.values()) * price.GB_S[world.deployment.architecture]
        + invocations * (price.INVOCATION + a.LOG_KB_A_CALL / 1e6 * price.LOG_GB)
        + meter.cost.writes * price.WRITE_UNIT
        + meter.cost.reads * price.READ_UNIT
        + meter.signals * a.REQUESTS_A_MESSAGE * price.FIFO_REQUEST
        + (meter.events + meter.parts) * a.REQUESTS_A_MESSAGE * price.QUEUE_REQUEST
        + meter.events * price.BUS_EVENT
    )
    polls = world.deployment.event_sources * a.POLLS_A_MONTH * price.QUEUE_REQUEST
    shared = polls + world.deployment.alarms * price.ALARM
    return work * hours / world.stores, world.deployment.idle_store + shared / world.stores


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of a limit is used, 1 being all of it."""

    name: str
    used: float


def limits(played: Played) -> list[Limit]:
    """Return how much of each limit is used, most first. Those of sweep and reconcile are computed."""
    world, meter, seconds = played.world, played.world.meter, played.seconds
    deployment, stores = world.deployment, world.stores
    runs = deployment.reconcile_concurrency
    waiting = meter.parts_busy + sum(
        len(part.products) * meter.parts_busy / max(1, meter.taken_parts)
        for part in world.parts_waiting()
    )
    intakes = meter.gb_s["intake"] * 1_024 / deployment.intake.memory_mb / seconds
    functions = mean_drains(played) + intakes
    found = [
        Limit("PushConcurrency", mean_drains(played) / deployment.push_concurrency),
        Limit("claim-parts functions", waiting / seconds / deployment.parts_concurrency),
        Limit("functions of the account", functions / a.ACCOUNT_CONCURRENCY),
        Limit("one part's intake ÷ timeout", meter.longest_part_s / deployment.intake.timeout_s),
        Limit("PutEvents", meter.events / seconds / a.PUT_EVENTS_A_S),
        Limit("signals on the FIFO queue", meter.signals / seconds / a.FIFO_MESSAGES_A_S),
        Limit("write units of a table", meter.cost.writes / seconds / a.TABLE_WRITES_A_S),
        Limit("the sweep's 180 s", stores * a.SWEEP_STORE_S / a.SWEEP_LONGEST_S),
        Limit("hourly reconcile ÷ hour", stores * a.RECONCILE_S / runs / HOUR_S),
        Limit("nightly reconcile ÷ night", stores * a.FULL_RECONCILE_S / runs / a.NIGHT_S),
    ]
    return sorted(found, key=lambda limit: -limit.used)


def reaches(played: Played) -> list[tuple[str, int]]:
    """Return for each limit that grows with the stores at how many it is reached, the first one first.
    From a run in which nothing is at its limit."""
    growing = [each for each in limits(played) if each.used and "one part" not in each.name]
    return sorted(
        ((e.name, round(played.world.stores / e.used)) for e in growing), key=lambda e: e[1]
    )


HEADER = (
    f"{'stores':>6} {'mix':8} {'push':>13} | {'stock p50, p95 s':>17} {'asked p95':>9} {'content p95':>11} "
    f"{'bulk p95':>8} | {'drains mean, p95, most':>22} {'full':>5} {'throttled':>9} {'WU/s':>6} "
    f"{'$/month':>12}"
)


def row(played: Played) -> str:
    """Return one line of the table."""
    world, meter = played.world, played.world.meter
    waits = {lane: played.lags(lane) for lane in (Lane.STOCK, Lane.ASKED, Lane.CONTENT, Lane.BULK)}
    p95 = {lane: at_share(ordered, 0.95) for lane, ordered in waits.items()}
    work, there = dollars_a_month(played)
    deployment = world.deployment
    push = f"{deployment.push_concurrency} x {deployment.push.memory_mb}MB"
    most = max(drains for drains, seconds in meter.at_once.items() if seconds)
    behind = "  falls behind" if played.left > FALLS_BEHIND else ""
    return (
        f"{world.stores:6} {played.mix.name:8} {push:>13} | {at_share(waits[Lane.STOCK], 0.5):8.1f} "
        f"{p95[Lane.STOCK]:8.1f} {p95[Lane.ASKED]:9.1f} {p95[Lane.CONTENT]:11.1f} {p95[Lane.BULK]:8.0f} | "
        f"{mean_drains(played):8.1f} {drains_at_once(played, 0.95):6} {most:6} {full(played):5.0%} "
        f"{meter.throttled:9.0f} {meter.cost.writes / played.seconds:6.0f} {work:5.2f} + {there:4.2f}{behind}"
    )


FALLS_BEHIND = 0.02
"""When more than this share of urgent marks waits for over a minute, the queue grows without an end."""
