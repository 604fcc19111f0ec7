"""The parts of a page: one that cannot be read hides no other."""

import logging
from collections.abc import Callable

from tillbridge.domain.ids import StoreId

log = logging.getLogger(__name__)


def part[T](store: StoreId, name: str, read: Callable[[], T]) -> T | None:
    """Return what is read for a part of a page; None, and a line in the log, when that fails: the page then says
    that the part is missing."""
    try:
        return read()
    except Exception:  # whatever is wrong with one part, the others are shown
        log.exception("a part of a page cannot be read", extra={"store_id": store, "part": name})
        return None
