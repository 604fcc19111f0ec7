"""The only Logger and Metrics, by Powertools: structured log lines, and the metrics of alarms.

Metrics have the dimension `service`, and one the `lane` too, never `store`: CloudWatch bills each combination of name and
dimensions by the month, so a store's would cost more than all else it costs while idle. The store stands
in the log lines, and its figures in the rows of its slices and runs.

Our code logs through the standard library; its lines get the Powertools format and level here."""

import logging
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from aws_lambda_powertools import Logger, Metrics, single_metric
from aws_lambda_powertools.logging.utils import copy_config_to_registered_loggers
from aws_lambda_powertools.metrics import MetricUnit

from tillbridge.domain.ids import StoreId
from tillbridge.usecases.fence import Fault, listen

if TYPE_CHECKING:  # each function would load what the others log
    from tillbridge.domain.backlog import Swept
    from tillbridge.domain.lag_histogram import Lags
    from tillbridge.domain.run import Run
    from tillbridge.domain.slices import SliceRecord
    from tillbridge.usecases.booking.session import BookingRecord
    from tillbridge.usecases.poll_pos.accounts_due import Polling
    from tillbridge.usecases.poll_pos.session import PollRecord
    from tillbridge.usecases.take_hook import Outcome

_OURS = "tillbridge"

logger = Logger()
metrics = Metrics()

logging.getLogger(_OURS)  # registered, so that it exists before any module of ours logs
copy_config_to_registered_loggers(source_logger=logger, include={_OURS})


def count_fault(_: Fault) -> None:
    """Emit the metric of an alarm for a fault, which the fence has logged. The alarm covers all
    functions, so its service is the whole."""
    with single_metric(name="faults", unit=MetricUnit.Count, value=1) as metric:
        metric.add_dimension(name="service", value=_OURS)


listen(count_fault)


def observe_slice(store: StoreId, slice_: "SliceRecord") -> None:
    """Log one line, and emit the metrics that alarms use, for a slice that did something."""
    if not slice_.did_something:
        return
    metrics.add_metric("calls", MetricUnit.Count, slice_.calls.total())
    metrics.add_metric("throttled", MetricUnit.Count, slice_.throttled)
    metrics.add_metric("failed", MetricUnit.Count, slice_.failed)
    if slice_.hooks_rearmed:
        metrics.add_metric("hooks_rearmed", MetricUnit.Count, slice_.hooks_rearmed)
        again = slice_.hooks_rearmed_again
        metrics.add_metric("hooks_rearmed_again", MetricUnit.Count, again)
    if slice_.oversold:
        metrics.add_metric("oversold_units", MetricUnit.Count, slice_.oversold)
    if slice_.untold:
        metrics.add_metric("events_untold", MetricUnit.Count, slice_.untold)
    _add_lags(slice_.lags)
    metrics.flush_metrics()  # not by decorator, which would warn of every idle slice
    logger.info(
        "slice",
        extra={
            "store_id": store,
            "calls": dict(slice_.calls),
            "products": {
                "created": slice_.created,
                "updated": slice_.updated,
                "stock": slice_.stocked,
                "failed": slice_.failed,
            },
            "throttled": slice_.throttled,
            "ms": slice_.ended_ms - slice_.started_ms,
        },
    )


def _add_lags(lags: "Lags") -> None:
    """Add a metric a path. CloudWatch takes 100 values of a metric a line, and Powertools prints at the
    hundredth: of more lags, percentiles evenly apart, up to the longest, stand for all."""
    for path, histogram in lags.items():
        some = min(histogram.count, 99)
        for number in range(1, some + 1):
            value = round(histogram.at(number / some))
            metrics.add_metric(f"lag_{path}", MetricUnit.Milliseconds, value)


def observe_booking(store: StoreId, booking: "BookingRecord") -> None:
    """Log one line, and emit the metrics that alarms use, for a slice that told the POS of web orders or
    looked at those that it has not booked."""
    if not booking.did_something:
        return
    if booking.overdue is not None:
        metrics.add_metric("orders_overdue", MetricUnit.Count, booking.overdue)
    if booking.refused:
        metrics.add_metric("orders_refused", MetricUnit.Count, booking.refused)
    if booking.untold:
        metrics.add_metric("events_untold", MetricUnit.Count, booking.untold)
    _add_lags(booking.lags)
    metrics.flush_metrics()
    orders = asdict(booking)
    del orders["lags"]
    logger.info("booking", extra={"store_id": store, "orders": orders})


def observe_import(store: StoreId, kinds: Mapping[str, int]) -> None:
    """Log the outcomes of the products of one message, and emit one metric per kind (imported,
    offered, refused, failed and so on). A message that is delivered twice counts twice."""
    if not kinds:
        return
    for kind, count in kinds.items():
        metrics.add_metric(kind, MetricUnit.Count, count)
    metrics.flush_metrics()
    logger.info("import", extra={"store_id": store, "products": dict(kinds)})


def observe_run(run: "Run | None") -> None:
    """Log one line for a slice of a run, and emit at the run's end the metrics that alarms
    use."""
    if run is None:
        return
    logger.info(
        "run",
        extra={
            "run": run.id,
            "full": run.full,
            "stage": run.stage.value,
            "result": run.result.value,
            "found": dict(run.found),
            "repaired": run.repaired,
            "calls": dict(run.calls),
            "pages": {"web": run.web_pages, "pos": run.pos_pages},
            "note": run.note,
        },
    )
    if run.ended:
        metrics.add_metric("drift", MetricUnit.Count, run.drift)
        metrics.add_metric("repaired", MetricUnit.Count, run.repaired)
        metrics.add_metric("links_lost", MetricUnit.Count, run.lost)
        metrics.flush_metrics()


def observe_sweep(swept: "Swept", now_ms: int) -> None:
    """Log one line for a sweep, and emit its metrics, over all stores: the age of what waits with a
    dimension more, the lane."""
    for lane, since_ms in swept.oldest_ms.items():
        with single_metric(
            name="oldest_pending", unit=MetricUnit.Seconds, value=_age_s(since_ms or now_ms, now_ms)
        ) as metric:
            metric.add_dimension(name="service", value=metrics.service)
            metric.add_dimension(name="lane", value=lane)
    read_s, compared_s = (
        _age_s(now_ms if each is None else each, now_ms)
        for each in (swept.orders_read_ms, swept.compared_ms)
    )
    metrics.add_metric("orders_read_age", MetricUnit.Seconds, read_s)
    metrics.add_metric("run_age", MetricUnit.Seconds, compared_s)
    metrics.add_metric("needing_attention", MetricUnit.Count, swept.needing_attention)
    metrics.add_metric("paused_long", MetricUnit.Count, swept.paused_long)
    metrics.add_metric("canaries_late", MetricUnit.Count, swept.canaries_late)
    metrics.flush_metrics()
    logger.info("sweep", extra={"swept": asdict(swept)})


def _age_s(since_ms: int, now_ms: int) -> int:
    return max(0, now_ms - since_ms) // 1_000


def observe_poll(poll: "PollRecord") -> None:
    """Log one line, and emit the metric that an alarm uses, for a poll that did something."""
    if poll.spent:
        return
    if poll.dropped:
        metrics.add_metric("levels_dropped", MetricUnit.Count, poll.dropped)
        metrics.flush_metrics()
    logger.info("poll", extra={"account": poll.account, "poll": asdict(poll)})


def observe_polling(polling: "Polling", now_ms: int) -> None:
    """Emit the metrics of the polls of all accounts, as the sweep sees them."""
    age_s = _age_s(polling.good_ms or now_ms, now_ms)
    metrics.add_metric("poll_age", MetricUnit.Seconds, age_s)
    metrics.add_metric("pos_trouble", MetricUnit.Count, polling.in_trouble)
    metrics.flush_metrics()
    if polling.failed or polling.in_trouble:
        logger.warning("polling", extra={"polling": asdict(polling)})


def observe_hook(outcome: "Outcome | None") -> None:
    """Emit one metric for a webhook's call that is not as it should be, or on which we failed (None).
    Calls to addresses that nobody has are not counted: anybody can make them."""
    match outcome and outcome.value:
        case None:
            metrics.add_metric("hook_failed", MetricUnit.Count, 1)
        case "forged" | "too_large":
            metrics.add_metric("hook_forged", MetricUnit.Count, 1)
        case "unsigned":
            metrics.add_metric("hook_unsigned", MetricUnit.Count, 1)
        case "unknown":
            metrics.add_metric("hook_unknown", MetricUnit.Count, 1)
        case _:
            return
    metrics.flush_metrics()
