"""Takes one message in: a request to be started, a delayed message to be lined up again, or a piece
of an import to be worked on."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tillbridge.domain.errors import UnknownStore, UnreadableEvent
from tillbridge.domain.ids import StoreId
from tillbridge.domain.import_messages import Delayed, ImportMessage
from tillbridge.domain.link_asks import LinkAsk
from tillbridge.ports.dead_letters import DeadLetters
from tillbridge.usecases.import_products.import_message import import_message
from tillbridge.usecases.import_products.session import ImportDeps

log = logging.getLogger(__name__)


type Request = ImportMessage | LinkAsk | Delayed
type Read = Callable[[str], Request]


@dataclass(frozen=True, slots=True)
class TakeInDeps:
    """What the function `import` works with. `read` turns a message into a request, or raises
    UnreadableEvent."""

    read: Read
    imports: ImportDeps
    dead_letters: DeadLetters


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of the products of a message, by kind (ports.imports.Outcome)."""

    store: StoreId
    kinds: Mapping[str, int]


def take_in(body: str, all_deps: TakeInDeps, *, in_line: bool) -> Worked | None:
    """`in_line`: the message comes from the store's own line and is worked on; else it is a request
    or was delayed, and goes to the end of that line. A repeat does no harm. What cannot be read goes
    to the dead letters with its reason."""
    deps = all_deps.imports
    try:
        request = all_deps.read(body)
        store = request.message.store if isinstance(request, Delayed) else request.store
        if deps.stores.find(store) is None:
            raise UnknownStore(
                f"No store named '{store}' is connected. Connect it with "
                f"`tillbridge store add {store}`, then send the event again."
            )
    except UnreadableEvent as problem:
        log.warning("event refused", extra={"reason": str(problem)})
        all_deps.dead_letters.put(body, str(problem))
        return None
    if isinstance(request, LinkAsk):
        # Links are changed by the store's one writer: the request waits for it as a row.
        deps.asks.put(request)
        deps.signals.signal(request.store)
    elif isinstance(request, Delayed):
        deps.queue.put(request.message)
    elif in_line:
        return Worked(request.store, import_message(request, deps))
    else:
        deps.queue.put(request)
    return None
