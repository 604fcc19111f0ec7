"""A person asks for something about a web order."""

from uuid import uuid4

from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.errors import CannotAsk, UnknownStore
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.people import Person
from tillbridge.domain.web_orders import asked_words as words
from tillbridge.domain.web_orders.asked_for import DoOrder
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.usecases.console.deps import ConsoleDeps


def ask_of_order(
    deps: ConsoleDeps, person: Person, store: StoreId, do: DoOrder, order: WebOrderId
) -> str:
    """Ask for it, and return the request's id. Raise CannotAsk, in words, for what would do nothing, and
    UnknownStore, RetryLater."""
    connection = deps.stores.find(store)
    if connection is None:
        raise UnknownStore(store)
    mode = connection.settings.web_orders
    if mode is WebOrderMode.OFF:
        raise CannotAsk(words.SWITCHED_OFF)
    if do is DoOrder.RETRY:
        if mode is not WebOrderMode.POS:
            raise CannotAsk(words.NOT_TOLD)
        found = next(iter(deps.orders.find(store, [order])), None)
        if not isinstance(found, OrderEntry):
            raise CannotAsk(words.NOT_IN_THE_BOOK)
        if why := words.why_not_told(found):
            raise CannotAsk(why)
    request = uuid4().hex
    deps.requests.orders(store, request, person.name, do, [order])
    return request
