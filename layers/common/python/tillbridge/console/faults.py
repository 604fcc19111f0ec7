"""Faults of our own in the log."""

import logging
import traceback

from tillbridge.console.call import Call

log = logging.getLogger(__name__)


def log_fault(fault: Exception, call: Call, request_id: str) -> None:
    """Log where a call failed, and no more of it: what people typed stays out."""
    # No message: an error's words may quote what somebody typed.
    log.error(
        "page failed",
        extra={
            "request": request_id,
            "method": call.method,
            "path": call.path,
            "error": type(fault).__name__,
            "where": "".join(traceback.format_tb(fault.__traceback__)[-6:]),
        },
    )
