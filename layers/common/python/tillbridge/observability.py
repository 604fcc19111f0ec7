"""The only Logger and Metrics: structured lines and figures, by Powertools.

Our code logs through the standard library; those lines get the logger's shape and level here."""

import logging

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.logging.utils import copy_config_to_registered_loggers

_OURS = "tillbridge"

logger = Logger()
metrics = Metrics()

logging.getLogger(_OURS)  # registered, so that it is found even before any module of ours logs
copy_config_to_registered_loggers(source_logger=logger, include={_OURS})
