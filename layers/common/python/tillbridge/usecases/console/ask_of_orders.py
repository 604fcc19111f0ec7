"""A person asks for something about a web order."""

from uuid import uuid4

from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.errors import CannotAsk, UnknownStore
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.people import Person
from tillbridge.domain.web_orders import asked_words as words
from tillbridge.domain.web_orders.asked_for import DoOrder
from tillbridge.domain.web_orders.entry import LaneState, OrderEntry
from tillbridge.usecases.console.deps import ConsoleDeps


def ask_of_order(
    deps: ConsoleDeps,
    person: Person,
    store: StoreId,
    do: DoOrder,
    order: WebOrderId,
    *,
    seen_ms: int = 0,
) -> str:
    """Ask for it, and return the request's id. `seen_ms`: when the order had changed last that a person booked by hand,
    as they saw it. Raise CannotAsk, in words, for what would do nothing, and UnknownStore, RetryLater."""
    connection = deps.stores.find(store)
    if connection is None:
        raise UnknownStore(store)
    mode = connection.settings.web_orders
    if mode is WebOrderMode.OFF:
        raise CannotAsk(words.SWITCHED_OFF)
    if do is DoOrder.RETRY and mode is not WebOrderMode.POS:
        raise CannotAsk(words.NOT_TOLD)
    if do is not DoOrder.TAKE:
        found = next(iter(deps.orders.find(store, [order])), None)
        if not isinstance(found, OrderEntry):
            raise CannotAsk(words.NOT_IN_THE_BOOK)
        if why := _why_not(do, found, seen_ms):
            raise CannotAsk(why)
    request = uuid4().hex
    deps.requests.orders(store, request, person.name, do, [order])
    return request


def _why_not(do: DoOrder, found: OrderEntry, seen_ms: int) -> str:
    if do is DoOrder.RETRY:
        return words.why_not_told(found)
    if found.order.modified_ms != seen_ms:
        return words.CHANGED_SINCE
    return why_not_ended(found)


def why_not_ended(entry: OrderEntry) -> str:
    """Return why nobody needs to say of an order that they booked it by hand; "" where somebody may have to."""
    return words.ENDED if entry.state is LaneState.BY_HAND else words.why_not_acknowledged(entry)
