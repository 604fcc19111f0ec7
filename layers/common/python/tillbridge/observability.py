"""The only Logger and Metrics: structured lines and figures, by Powertools.

Our code logs through the standard library; those lines get the logger's shape and level here."""

import logging

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.logging.utils import copy_config_to_registered_loggers
from aws_lambda_powertools.metrics import MetricUnit

from tillbridge.domain.ids import StoreId
from tillbridge.domain.slices import SliceRecord

_OURS = "tillbridge"

logger = Logger()
metrics = Metrics()

logging.getLogger(_OURS)  # registered, so that it is found even before any module of ours logs
copy_config_to_registered_loggers(source_logger=logger, include={_OURS})


def observe_slice(store: StoreId, slice_: SliceRecord) -> None:
    """One line and the figures alarms are set on, for a slice that did something."""
    if not slice_.did_something:
        return
    metrics.add_dimension("store", store)
    metrics.add_metric("calls", MetricUnit.Count, slice_.calls.total())
    metrics.add_metric("throttled", MetricUnit.Count, slice_.throttled)
    metrics.add_metric("failed", MetricUnit.Count, slice_.failed)
    for lag in slice_.lags_ms[:100]:  # CloudWatch takes 100 values of a metric a line
        metrics.add_metric("lag", MetricUnit.Milliseconds, lag)
    logger.info(
        "slice",
        extra={
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
