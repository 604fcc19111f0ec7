"""A person asks for a comparison of both sides."""

from uuid import uuid4

from tillbridge.domain.errors import UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person
from tillbridge.usecases.console.deps import ConsoleDeps


def compare_sides(deps: ConsoleDeps, person: Person, store: StoreId, *, full: bool) -> str:
    """Ask for a comparison of what changed, or of all products, and return the request's id. Raise UnknownStore."""
    if deps.stores.find(store) is None:
        raise UnknownStore(store)
    request = uuid4().hex
    deps.requests.compare(store, request, person.name, full=full)
    return request
