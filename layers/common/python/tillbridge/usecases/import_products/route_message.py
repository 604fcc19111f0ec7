"""Route one message of an import: to the end of its store's line or, from that line, to processing."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tillbridge.domain.errors import UnknownStore, UnreadableEvent
from tillbridge.domain.ids import StoreId
from tillbridge.domain.import_messages import Delayed, ImportMessage, PageMessage
from tillbridge.domain.jobs import Job
from tillbridge.domain.selection import Do
from tillbridge.ports.dead_letters import DeadLetters
from tillbridge.ports.jobs import Jobs
from tillbridge.usecases.import_products.import_message import import_message
from tillbridge.usecases.import_products.session import ImportDeps

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RouteDeps:
    """What the function `import` needs. `read` returns the message in a body, or raises
    UnreadableEvent. `jobs` keep what people asked for."""

    read: Callable[[str], ImportMessage | Delayed]
    imports: ImportDeps
    dead_letters: DeadLetters
    jobs: Jobs


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """The number of a message's products by the kind of their outcome (ports.imports.Outcome)."""

    store: StoreId
    kinds: Mapping[str, int]


def route_message(body: str, deps: RouteDeps, *, in_line: bool) -> ImportCounts | None:
    """Process a message that comes from its store's own line (`in_line`) and return its counts. Put
    any other, a request or one whose delay is over, at the end of that line. A repeat does no harm.
    What cannot be read goes to the dead letters with the reason."""
    try:
        read = deps.read(body)
        message = read.message if isinstance(read, Delayed) else read
        if deps.imports.stores.find(message.store) is None:
            raise UnknownStore(message.store)
    except UnreadableEvent as problem:
        log.warning("event refused", extra={"reason": str(problem)})
        deps.dead_letters.put(body, str(problem))
        return None
    if in_line and not isinstance(read, Delayed):
        return ImportCounts(message.store, import_message(message, deps.imports))
    deps.imports.queue.put(message)
    if isinstance(message, PageMessage) and not isinstance(read, Delayed):
        deps.jobs.begin(_job(message, deps.imports.clock.now_ms()))
    return None


def _job(message: PageMessage, now_ms: int) -> Job:
    total = len(set(message.ask.ids))
    return Job(message.request, message.store, Do.IMPORT, message.by, now_ms, total)
