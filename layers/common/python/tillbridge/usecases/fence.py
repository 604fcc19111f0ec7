"""The fence: what nobody foresaw costs one product, one store or one message, never its neighbours.

A fault is an exception that is no error of the domain. It is noted here, in one place: the log has it
with its traceback, and whoever listens is told. A function listens to count it for an alarm; the
tests listen to raise it, so that no fence hides a bug from them
(docs/adr/0015-a-fault-is-its-products-own.md)."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tillbridge.domain.errors import ChangeOfCourse, RetryLater, SavedByNewer, TillbridgeError
from tillbridge.domain.ids import StoreId

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """An exception that nobody foresaw. `doing`: what the work was, in a word or two; `product` is
    the POS's or BigCommerce's id, '' when the fault is the whole store's; `events` are the ids of
    the events that the work came from, as far as they are known."""

    error: Exception
    doing: str
    store: StoreId
    product: str = ""
    events: tuple[str, ...] = ()


_listeners: list[Callable[[Fault], None]] = []


def listen(listener: Callable[[Fault], None]) -> None:
    """Have `listener` told of every fault from now on. What it raises goes through the fence."""
    _listeners.append(listener)


def stop_listening(listener: Callable[[Fault], None]) -> None:
    """Tell `listener` of no further fault."""
    _listeners.remove(listener)


def is_fault(error: BaseException) -> bool:
    """Return whether an exception is a bug, or a row that an older release than its writer's cannot read: it
    concerns one product as a bug does. Other errors of the domain are none, nor is the end of the process, which
    is no `Exception`."""
    if isinstance(error, SavedByNewer):
        return True
    return isinstance(error, Exception) and not isinstance(error, TillbridgeError | ChangeOfCourse)


def note(fault: Fault) -> None:
    """Log a fault, with its traceback or with the words of a newer release's row, and tell the listeners."""
    newer = isinstance(fault.error, SavedByNewer)
    log.error(
        str(fault.error) if newer else "fault",
        exc_info=None if newer else fault.error,
        extra={
            **({"row": fault.error.where} if isinstance(fault.error, SavedByNewer) else {}),
            "store_id": fault.store,
            "product_id": fault.product,
            "event_ids": list(fault.events),
            "doing": fault.doing,
        },
    )
    for listener in _listeners:
        listener(fault)


@contextmanager
def best_effort(doing: str, store: StoreId, about: str = "") -> Iterator[None]:
    """Go on when what is done inside fails, because nothing depends on it: the ledger, the views, a
    wake that the sweep makes up for. A fault is noted, with the product that it is `about`."""
    try:
        yield
    except RetryLater as trouble:
        log.warning("not done", extra={"store_id": store, "doing": doing, "why": str(trouble)})
    except Exception as error:  # nothing may depend on it
        if not is_fault(error):
            raise
        note(Fault(error, doing, store, about))
